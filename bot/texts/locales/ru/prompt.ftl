### Что не так с набранным промптом. Каждая фраза называет параметр и показывает, как надо.

prompt-unknown-flag = Не знаю параметра <code>{ $flag }</code>. Знаю такие: { $known }
prompt-unknown-flag-suggestion = Не знаю параметра <code>{ $flag }</code>. Может быть, <code>{ $suggestion }</code>?
prompt-flag-twice = <code>{ $flag }</code> встречается дважды.
prompt-missing-value = У <code>{ $flag }</code> нет значения. Нужно так: { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> не подходит. Нужно так: { $expected }.
prompt-too-long = { $limit ->
    [one] Промпт слишком длинный: { $length } при пределе в { $limit } знак. Сократите, пожалуйста.
    [few] Промпт слишком длинный: { $length } при пределе в { $limit } знака. Сократите, пожалуйста.
   *[many] Промпт слишком длинный: { $length } при пределе в { $limit } знаков. Сократите, пожалуйста.
}
# $end: последние слова, которые будут нарисованы
prompt-shorter = Могу сократить, чтобы поместилось; последними будут слова: «… { $end }»

## Чего ждёт каждый параметр; $expected — перечень или промежуток

expected-model = id модели: { $expected }
expected-ar = соотношение сторон: { $expected }
expected-size = ширина и высота в пикселях: { $expected }
expected-no = чего быть не должно
expected-seed = число, { $expected }
expected-steps = число, { $expected }
expected-cfg = число, { $expected }
expected-n = число, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = Вместе со всем, что было до этого, получается слишком длинно: { $length } символов, а можно не больше { $limit }. Пожалуйста, начните заново: /imagine и один промпт, в котором всё есть.

expected-strength = насколько изменить исходное изображение, { $expected }

expected-enhance = { $expected }

expected-new = без значения
expected-mask = без значения
expected-zoom = во сколько раз больше показать, { $expected }
expected-pan = в какую сторону дорисовать: { $expected }

mask-missing = Пришлите маску картинкой: добавьте <code>--mask</code> в подпись и ответьте ею на картинку, которую надо изменить. Белое изменится, чёрное останется.
mask-alone = У этой маски нет картинки. Ответьте ею на картинку; если это сетка, сначала нажмите номер и ответьте на ту, что придёт.
mask-words = Напишите в подписи и то, что там должно быть: <code>--mask красная шляпа</code>
extend-mask = Используйте либо <code>--mask</code>, либо <code>--zoom</code> и <code>--pan</code>, но не вместе.
extend-alone = Ответьте этим на картинку, которую надо дорисовать; если это сетка, сначала нажмите номер и ответьте на ту, что придёт.
extend-words = Напишите и то, что вокруг картинки: <code>{ $flags } заснеженный лес</code>
