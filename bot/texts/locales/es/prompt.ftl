### What is wrong with a prompt as typed. Each names the option and shows what works.

prompt-unknown-flag = Opción desconocida: <code>{ $flag }</code>. Opciones: { $known }
prompt-unknown-flag-suggestion = Opción desconocida: <code>{ $flag }</code>. ¿Querías decir <code>{ $suggestion }</code>?
prompt-flag-twice = <code>{ $flag }</code> aparece dos veces.
prompt-missing-value = <code>{ $flag }</code> necesita un valor: { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> no es válido. Usa { $expected }.
prompt-too-long = Este prompt es demasiado largo: { $length } caracteres, y el límite es { $limit }. Acórtalo, por favor.
# $end: the last words that would be drawn
prompt-shorter = Puedo recortarlo para que quepa; terminaría así: «… { $end }»

## What a flag expects; $expected is a list or a range

expected-model = el id de un modelo: { $expected }
expected-ar = una relación de aspecto: { $expected }
expected-size = un ancho y un alto en píxeles: { $expected }
expected-no = lo que no debe aparecer
expected-seed = un número, { $expected }
expected-steps = un número, { $expected }
expected-cfg = un número, { $expected }
expected-n = un número, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = Con todo lo anterior es demasiado largo: { $length } caracteres, { $limit } como máximo. Empieza de nuevo con /imagine y un solo prompt que lo diga todo.

expected-strength = cuánto cambiar la imagen de partida, { $expected }
expected-new = ningún valor
expected-mask = ningún valor
expected-zoom = cuánto más mostrar, { $expected }
expected-pan = el lado que se extiende: { $expected }

mask-missing = Envía la máscara como imagen: pon <code>--mask</code> en su descripción y responde con ella a la imagen que hay que cambiar. Lo blanco se cambia, lo negro se conserva.
mask-alone = Esta máscara no tiene imagen que cambiar. Responde con ella a una imagen; si es una cuadrícula, toca antes un número y responde a la que recibas.
mask-words = Di también en la descripción qué debe haber ahí: <code>--mask un sombrero rojo</code>
extend-mask = Usa <code>--mask</code> o bien <code>--zoom</code> y <code>--pan</code>, pero no ambas cosas.
extend-alone = Responde con esto a la imagen que quieres extender; si es una cuadrícula, toca antes un número y responde a la que recibas.
extend-words = Di también qué hay alrededor de la imagen: <code>{ $flags } un bosque nevado</code>

expected-enhance = { $expected }
