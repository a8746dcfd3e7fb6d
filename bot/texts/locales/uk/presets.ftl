### Presets: styles in which pictures are drawn.

## Their names

preset-photograph = Фотографія
preset-oil = Олія
preset-watercolour = Акварель
preset-anime = Аніме
preset-pixel-art = Піксель-арт
preset-isometric = Ізометрія
preset-sticker = Стікер
preset-logo = Логотип
preset-comic = Комікс
preset-render3d = 3D-рендер
preset-line-art = Контур
preset-figurine = Фігурка

## Buttons

button-style = 🖌 Стиль
button-keep-preset = 📌 Зберегти пресет
button-own-presets = 📌 Мої пресети
button-remove-preset = 🗑 Видалити

## In the settings

setting-styles = Стиль
# $limit: how many can be chosen
styles-menu =
    <b>Стиль</b>
    Діє для всіх ваших картинок, можна поєднувати до { $limit }. Для однієї картинки додайте <code>--style</code> і назву або <code>--style none</code>.
styles-too-many = { $limit ->
    [one] Можна поєднувати не більше ніж { $limit } стиль.
    [few] Можна поєднувати не більше ніж { $limit } стилі.
   *[many] Можна поєднувати не більше ніж { $limit } стилів.
}
presets-own =
    <b>Мої пресети</b>
    Натисніть пресет, щоб переглянути або видалити його.
# $words: its prompt, with {prompt} in the place of your words
preset-shown =
    <b>{ $name }</b>
    <blockquote>{ $words }</blockquote>
preset-model = Модель: { $label }
preset-use = Використати: <code>--style { $name }</code>
preset-removed = Пресет видалено.
preset-gone = Цього пресету більше немає.

## Under a picture

caption-styles = { $count ->
    [one] Стиль: { $names }
    [few] Стилі: { $names }
   *[many] Стилі: { $names }
}
# $link: marks the question, so that the answer is known
preset-ask-name =
    Як назвати цей <a href="{ $link }">пресет</a>? Дайте відповідь на це повідомлення назвою.
    У другому рядку можна написати слова самостійно, з <code>{ "{" }prompt{ "}" }</code> на місці вашого промпту.
preset-kept = Пресет «{ $name }» збережено. Використовуйте його так: <code>--style { $typed }</code>, або виберіть у /settings.
preset-too-many = { $limit ->
    [one] У вас уже { $limit } пресет, більше не можна. Спершу видаліть якийсь у /settings.
    [few] У вас уже { $limit } пресети, більше не можна. Спершу видаліть якийсь у /settings.
   *[many] У вас уже { $limit } пресетів, більше не можна. Спершу видаліть якийсь у /settings.
}
preset-bad-name = Така назва не підходить: до 32 знаків, без ком і лапок, і не назва вбудованого стилю. Дайте відповідь ще раз.
preset-bad-words = Такі слова не підходять: <code>{ "{" }prompt{ "}" }</code> має стояти в них один раз, і вони мають бути коротші за 600 знаків. Дайте відповідь ще раз.

## When it cannot be drawn

# $known: names that exist
prompt-unknown-style = Стилю <code>{ $style }</code> немає. Спробуйте: { $known }
expected-style = назви стилів, до трьох: { $expected }
refused-style-needs-picture = Для стилю «{ $style }» потрібна картинка. Надішліть із ним фото або дайте відповідь на фото.
refused-style-one-picture = Для цього стилю потрібна одна картинка. Спершу відкрийте її в повному розмірі й дайте на неї відповідь.
