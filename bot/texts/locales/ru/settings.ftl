### Личные настройки.

settings-menu =
    <b>Ваши настройки</b>
    Они действуют на все ваши картинки во всех чатах. То, что написано после /imagine, важнее.
settings-line = { $name }: <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = Осталось на сегодня для платных моделей: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } этим не пользуется.

setting-model = Модель
setting-aspect-ratio = Форма
setting-steps = Шаги
setting-guidance = Строгость
setting-negative = Без чего
setting-seed = Зерно
setting-count = Картинок
setting-document = Файлом
setting-spoiler = Под шторкой
setting-language = Язык
setting-width = Ширина
setting-height = Высота
setting-image = Исходная картинка
setting-strength = Сила изменения

hint-aspect-ratio = Ширина к высоте.
hint-steps = Больше шагов: подробнее, но дольше.
hint-guidance = Насколько строго следовать словам. Меньше — свободнее, больше — точнее.
hint-negative = Чего на картинках быть не должно, словами.
hint-seed = То же зерно и те же слова дают ту же картинку. Случайное веселее.
hint-count = Сколько картинок за раз.
hint-document = Файл сохраняет каждый пиксель. Фото видно сразу.
hint-spoiler = Ваши картинки размыты, пока на них не нажмут. Файлы так не умеют, поэтому придут фото.
hint-language = На каком языке с вами говорить.

value-auto = авто
value-random = случайное
value-nothing = ничего
value-yes = да
value-no = нет
value-language-en = English
value-language-ru = Русский
value-language-auto = как в Telegram

button-back = ‹ Назад
button-close = Закрыть
button-reset = Сбросить всё
button-type = ✏️ Написать
button-clear = Очистить
button-random = 🎲 Случайное

settings-saved = Сохранено.
settings-reset = Всё снова по умолчанию.
settings-closed = Настройки закрыты.
settings-bad-value = Такое значение сюда не подходит.
# За ссылкой прячется метка, по которой узнаётся ответ.
settings-ask-negative = Чего на картинках быть не должно? <a href="{ $link }">Ответьте на это сообщение</a> словами, а дефис уберёт всё.
settings-ask-seed = Какое зерно? <a href="{ $link }">Ответьте на это сообщение</a> числом от 0 до { $limit }, а дефис вернёт случайное.
settings-negative-saved = На картинках не будет: { $value }
settings-negative-cleared = Больше ничего не исключаю.
settings-negative-too-long = { $limit ->
    [one] Слишком длинно: не больше { $limit } знака. Ответьте ещё раз, короче.
   *[other] Слишком длинно: не больше { $limit } знаков. Ответьте ещё раз, короче.
}
settings-seed-saved = Теперь ваше зерно: { $value }.
settings-seed-cleared = Зерно снова случайное.
settings-seed-bad = Это не зерно. Ответьте ещё раз числом от 0 до { $limit }.
settings-no-person = Настройки бывают у людей, а вы пишете здесь от имени чата. Напишите от себя или добавьте нужное к команде, например <code>--ar 16:9</code>.
settings-text-needed = Мне нужен текст. Ответьте ещё раз.
