### Личные настройки.

settings-menu =
    <b>Ваши настройки</b>
    Действуют на все ваши картинки во всех чатах. Параметры в промпте важнее.
button-setting = { $name }: { $value }
settings-line = { $name }: <b>{ $value }</b>
# $left: сумма в единицах владельца бота
settings-allowance = Осталось на сегодня для платных моделей: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } это не поддерживает.

setting-model = Модель
setting-aspect-ratio = Формат
setting-steps = Шаги
setting-guidance = Точность (CFG)
setting-negative = Негативный промпт
setting-seed = Сид
setting-count = Количество
setting-document = Отправлять файлом
setting-spoiler = Спойлер
setting-language = Язык
setting-width = Ширина
setting-height = Высота
setting-image = Исходное изображение
setting-strength = Сила изменения

hint-aspect-ratio = Соотношение сторон: ширина к высоте.
hint-steps = Больше шагов: подробнее, но дольше.
hint-guidance = Насколько строго следовать промпту. Меньше — свободнее, больше — точнее.
hint-negative = Чего на картинках быть не должно.
hint-seed = Тот же сид и промпт дают ту же картинку.
hint-count = Сколько картинок за раз.
hint-document = Файл сохраняет каждый пиксель. Фото видно сразу.
hint-spoiler = Ваши картинки размыты, пока на них не нажмут. Они приходят как фото: файлы размыть нельзя.
hint-language = На каком языке с вами говорить.

value-auto = авто
value-random = случайный
value-nothing = нет
value-yes = да
value-no = нет
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = как в Telegram

button-back = ‹ Назад
button-close = Закрыть
button-reset = Сбросить всё
button-type = ✏️ Ввести
button-clear = Очистить
button-random = 🎲 Случайный

settings-saved = Сохранено.
settings-reset = Настройки сброшены.
settings-closed = Настройки закрыты.
settings-bad-value = Такое значение сюда не подходит.
# Ответ узнаётся по ссылке, спрятанной в тексте.
settings-ask-negative = Чего на картинках быть не должно? <a href="{ $link }">Ответьте на это сообщение</a> негативным промптом.
settings-ask-seed = Какой сид? <a href="{ $link }">Ответьте на это сообщение</a> числом от 0 до { $limit }.
settings-negative-saved = Негативный промпт: { $value }
settings-negative-cleared = Негативный промпт очищен.
settings-negative-too-long = { $limit ->
    [one] Слишком длинно: не больше { $limit } знака. Ответьте ещё раз, короче.
   *[other] Слишком длинно: не больше { $limit } знаков. Ответьте ещё раз, короче.
}
settings-seed-saved = Теперь ваш сид: { $value }.
settings-seed-cleared = Сид снова случайный.
settings-seed-bad = Это не сид. Ответьте ещё раз числом от 0 до { $limit }.
settings-no-person = Настройки есть только у личных аккаунтов, а вы пишете от имени канала или как анонимный администратор. Напишите от себя или добавьте параметры к команде, например <code>--ar 16:9</code>.
settings-text-needed = Ответьте ещё раз текстом.

## Prompt help

setting-translate = Переводить промпты
setting-enhance = Улучшать промпты
hint-translate = Если модель не понимает язык промпта, он переводится.
hint-enhance = Чат-модель добавляет в промпт детали перед рисованием.

## Следующие слова и сила изменения

setting-follow-up = Следующие слова
hint-follow-up = Что значат ваши следующие слова в личном чате, если это не ответ. Автоматически: модель, которая умеет изменять, меняет картинку не старше 15 минут, остальные рисуют новую. С --new всегда рисуется новая.
value-follow-up-auto = автоматически
value-follow-up-change = менять последнюю картинку
value-follow-up-new = рисовать новую
hint-strength = Насколько изменить исходное изображение: чем меньше, тем ближе к нему.
setting-mask = Маска
setting-expand = Расширение
