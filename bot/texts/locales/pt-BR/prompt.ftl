### What is wrong with a prompt as typed. Each names the option and shows what works.

prompt-unknown-flag = Opção desconhecida: <code>{ $flag }</code>. Opções: { $known }
prompt-unknown-flag-suggestion = Opção desconhecida: <code>{ $flag }</code>. Você quis dizer <code>{ $suggestion }</code>?
prompt-flag-twice = <code>{ $flag }</code> aparece duas vezes.
prompt-missing-value = <code>{ $flag }</code> precisa de um valor: { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> não é válido. Use { $expected }.
prompt-too-long = Este prompt é longo demais: { $length } caracteres, e o limite é { $limit }. Encurte-o, por favor.
# $end: the last words that would be drawn
prompt-shorter = Posso cortá-lo para caber; terminaria com: “… { $end }”

## What a flag expects; $expected is a list or a range

expected-model = o id de um modelo: { $expected }
expected-ar = uma proporção: { $expected }
expected-size = uma largura e uma altura em pixels: { $expected }
expected-no = o que não deve aparecer
expected-seed = um número, { $expected }
expected-steps = um número, { $expected }
expected-cfg = um número, { $expected }
expected-n = um número, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = Com tudo o que veio antes, fica longo demais: { $length } caracteres, { $limit } no máximo. Comece de novo com /imagine e um único prompt que diga tudo.

expected-strength = o quanto mudar a imagem de origem, { $expected }
expected-new = nenhum valor
expected-mask = nenhum valor
expected-zoom = quanto a mais mostrar, { $expected }
expected-pan = o lado a estender: { $expected }

mask-missing = Envie a máscara como imagem: coloque <code>--mask</code> na legenda e responda com ela à imagem a mudar. O branco muda, o preto fica.
mask-alone = Esta máscara não tem imagem para mudar. Responda com ela a uma imagem; se for uma grade, toque antes em um número e responda à que você receber.
mask-words = Diga também na legenda o que deve haver ali: <code>--mask um chapéu vermelho</code>
extend-mask = Use <code>--mask</code> ou então <code>--zoom</code> e <code>--pan</code>, não os dois.
extend-alone = Responda com isto à imagem a estender; se for uma grade, toque antes em um número e responda à que você receber.
extend-words = Diga também o que há em volta da imagem: <code>{ $flags } uma floresta com neve</code>

expected-enhance = { $expected }
