### What the admins of a group choose for it, with /group.

group-menu =
    <b>Налаштування групи</b>
    Ці налаштування діють для всіх у цій групі.
channel-menu =
    <b>Налаштування каналу</b>
    Ці налаштування діють для дописів у цьому каналі.
group-privacy =
    Увімкнено режим приватності: тут я бачу лише команди й відповіді мені, але не <code>@{ $username } лисиця</code>. Зробіть мене адміністратором, щоб працювало й це.
group-only-groups = Це для груп: додайте мене до групи й надішліть /group там.
group-admins-only = Змінювати це можуть лише адміністратори групи.

group-who = Хто малює
group-models = Моделі
group-default = Типова модель
group-cooldown = Повільний режим
group-spoiler = Спойлер
group-language = Мова
group-posts = Малювати за дописами

group-hint-who = Хто може просити в мене картинки в цій групі.
group-hint-models = Позначені моделі дозволені в цій групі. Натисніть, щоб увімкнути або вимкнути.
group-hint-default = Модель для учасників, які не вибрали її самі.
group-hint-cooldown = Скільки кожен учасник чекає між двома картинками. Адміністраторам чекати не потрібно.
group-hint-language = Мова того, що бачать усі. Меню лишаються мовою кожного учасника.

group-who-everyone = усі
group-who-admins = лише адміністратори
group-who-people = люди, але не канали
group-models-all = усі
group-default-operator = як у бота
group-language-each = у кожного своя
group-button-all = Дозволити всі
group-button-operator = Як у бота

value-none = немає
value-seconds = { $count ->
    [one] { $count } секунда
    [few] { $count } секунди
   *[many] { $count } секунд
}
value-minutes = { $count ->
    [one] { $count } хвилина
    [few] { $count } хвилини
   *[many] { $count } хвилин
}
