### Что не так с набранным запросом. Каждая фраза называет виновника и показывает, как надо.

prompt-unknown-flag = Не знаю, что такое <code>{ $flag }</code>. Знаю такие: { $known }
prompt-unknown-flag-suggestion = Не знаю, что такое <code>{ $flag }</code>. Может быть, <code>{ $suggestion }</code>?
prompt-flag-twice = <code>{ $flag }</code> встречается дважды. Хватит и одного раза.
prompt-missing-value = У <code>{ $flag }</code> нет значения. Нужно так: { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> не подходит. Нужно так: { $expected }.
prompt-too-long = { $limit ->
    [one] Слишком длинно: знаков { $length }, а я беру не больше { $limit } знака. Сократите, пожалуйста.
   *[other] Слишком длинно: знаков { $length }, а я беру не больше { $limit } знаков. Сократите, пожалуйста.
}
# $end: последние слова, которые будут нарисованы
prompt-shorter = Могу нарисовать столько, сколько помещается. Последними будут слова: «… { $end }»

## Чего ждёт каждый флаг; $expected — перечень или промежуток

expected-model = имя модели: { $expected }
expected-ar = форма: { $expected }
expected-size = ширина и высота в пикселях: { $expected }
expected-no = слова, без которых рисовать
expected-seed = число, { $expected }
expected-steps = число, { $expected }
expected-cfg = число, { $expected }
expected-n = число, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = Вместе со всем, что было до этого, получается слишком длинно: { $length } символов, а можно не больше { $limit }. Пожалуйста, начните заново: /imagine и один промпт, в котором всё есть.
