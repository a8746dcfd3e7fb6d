### Что администраторы выбирают для группы: /group

group-menu =
    <b>Эта группа</b>
    То, что администраторы выберут здесь, действует для всех её участников.
group-privacy =
    Включён режим приватности: здесь я вижу команды и ответы мне, но не вижу <code>@{ $username } лиса</code>. Сделайте меня администратором, и буду видеть и это.
group-only-groups = Это для групп: добавьте меня в группу и отправьте /group там.
group-admins-only = Менять это могут только администраторы группы.

group-who = Кто рисует
group-models = Модели
group-default = Обычная модель
group-cooldown = Пауза
group-spoiler = Под шторкой
group-language = Язык

group-hint-who = Кто может просить у меня картинки в этой группе.
group-hint-models = Отмеченными здесь можно рисовать. Нажатие добавляет или убирает.
group-hint-default = Кто рисует для участников, которые не выбрали модель сами.
group-hint-cooldown = Сколько каждый участник ждёт между двумя картинками. Администраторам ждать не нужно.
group-hint-language = Язык того, что видят все. Меню остаются на языке каждого участника.

group-who-everyone = все
group-who-admins = только администраторы
group-models-all = все
group-default-operator = как везде
group-language-each = у каждого свой
group-button-all = Разрешить все
group-button-operator = Как везде

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
