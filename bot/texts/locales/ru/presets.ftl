### Пресеты: стили, в которых рисуются картинки.

## Названия

preset-photograph = Фотография
preset-oil = Масло
preset-watercolour = Акварель
preset-anime = Аниме
preset-pixel-art = Пиксель-арт
preset-isometric = Изометрия
preset-sticker = Стикер
preset-logo = Логотип
preset-comic = Комикс
preset-render3d = 3D-рендер
preset-line-art = Контур
preset-figurine = Фигурка

## Кнопки

button-style = 🖌 Стиль
button-keep-preset = 📌 Сохранить пресет
button-own-presets = 📌 Мои пресеты
button-remove-preset = 🗑 Удалить

## В настройках

setting-styles = Стиль
styles-menu =
    <b>Стиль</b>
    Действует на все ваши картинки, можно сочетать до { $limit }. Для одной картинки добавьте <code>--style</code> и название или <code>--style none</code>.
styles-too-many = { $limit ->
    [one] Можно сочетать не больше { $limit } стиля.
    [few] Можно сочетать не больше { $limit } стилей.
   *[many] Можно сочетать не больше { $limit } стилей.
}
presets-own =
    <b>Мои пресеты</b>
    Нажмите на пресет, чтобы посмотреть или удалить его.
preset-shown =
    <b>{ $name }</b>:
    <blockquote>{ $words }</blockquote>
preset-model = Модель: { $label }
preset-use = Использовать: <code>--style { $name }</code>
preset-removed = Пресет удалён.
preset-gone = Этого пресета больше нет.

## Под картинкой

caption-styles = { $count ->
    [one] Стиль: { $names }
    [few] Стили: { $names }
   *[many] Стили: { $names }
}
preset-ask-name =
    Как назвать этот <a href="{ $link }">пресет</a>? Ответьте на это сообщение названием.
    На второй строке можно написать слова самому, с <code>{ "{" }prompt{ "}" }</code> на месте вашего промпта.
preset-kept = Пресет «{ $name }» сохранён. Используйте его так: <code>--style { $typed }</code>, или выберите в /settings.
preset-too-many = { $limit ->
    [one] У вас уже { $limit } пресет, больше нельзя. Сначала удалите какой-нибудь в /settings.
    [few] У вас уже { $limit } пресета, больше нельзя. Сначала удалите какой-нибудь в /settings.
   *[many] У вас уже { $limit } пресетов, больше нельзя. Сначала удалите какой-нибудь в /settings.
}
preset-bad-name = Такое название не подходит: до 32 символов, без запятых и кавычек, и не название встроенного стиля. Ответьте ещё раз.
preset-bad-words = Такие слова не подходят: в них должно один раз стоять <code>{ "{" }prompt{ "}" }</code>, и они должны быть короче 600 символов. Ответьте ещё раз.

## Когда нарисовать нельзя

prompt-unknown-style = Стиля <code>{ $style }</code> нет. Попробуйте: { $known }
expected-style = названия стилей, до трёх: { $expected }
refused-style-needs-picture = Для стиля «{ $style }» нужна картинка. Пришлите фото с этим промптом или ответьте на фото.
refused-style-one-picture = Для этого стиля нужна одна картинка. Откройте её в полном размере и ответьте на неё.
