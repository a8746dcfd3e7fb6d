### Что администраторы выбирают для группы: /group

group-menu =
    <b>Настройки группы</b>
    Эти настройки действуют для всех в этой группе.
channel-menu =
    <b>Настройки канала</b>
    Эти настройки действуют для постов в этом канале.
group-privacy =
    Включён режим приватности: здесь я вижу только команды и ответы мне, но не <code>@{ $username } лиса</code>. Сделайте меня администратором, чтобы работало и это.
group-only-groups = Это для групп: добавьте меня в группу и отправьте /group там.
group-admins-only = Менять это могут только администраторы группы.

group-who = Кто рисует
group-models = Модели
group-default = Модель по умолчанию
group-cooldown = Медленный режим
group-spoiler = Спойлер
group-language = Язык
group-posts = Рисовать по постам

group-hint-who = Кто может просить у меня картинки в этой группе.
group-hint-models = Отмеченные модели разрешены в этой группе. Нажмите, чтобы включить или выключить.
group-hint-default = Модель для участников, которые не выбрали её сами.
group-hint-cooldown = Сколько каждый участник ждёт между двумя картинками. Администраторам ждать не нужно.
group-hint-language = Язык того, что видят все. Меню остаются на языке каждого участника.

group-who-everyone = все
group-who-admins = только администраторы
group-who-people = люди, но не каналы
group-models-all = все
group-default-operator = как у бота
group-language-each = у каждого свой
group-button-all = Разрешить все
group-button-operator = Как у бота

value-none = нет
value-seconds = { $count ->
    [one] { $count } секунда
    [few] { $count } секунды
   *[many] { $count } секунд
}
value-minutes = { $count ->
    [one] { $count } минута
    [few] { $count } минуты
   *[many] { $count } минут
}
