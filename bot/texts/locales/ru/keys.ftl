### /key: ключи, которые люди приносят для моделей.

# $model: the id of a model; $valid: ids of models
key-help =
    Рисуйте со своим API-ключом: <code>/key { $model } ВАШ_КЛЮЧ</code>
    Удалить: <code>/key { $model } off</code>

    Ключ хранится зашифрованным, отправляется только своему сервису и нигде не показывается. Картинки с ним оплачиваются с вашего счёта там.

    Ключ принимают модели: { $valid }
key-usage = Ключ пишется после модели: <code>/key { $model } ВАШ_КЛЮЧ</code>. Удалить свой: <code>/key { $model } off</code>
key-unknown = «{ $wanted }» не принимает ключ. Принимают: { $valid }
# $host: the server to which the key goes
key-malformed = Это не похоже на ключ для { $host }. Скопируйте его ещё раз, без пробелов.
key-other-service = Похоже, это ключ от { $service }. Здесь он попал бы на { $host }, поэтому я его не сохранил.
key-kept =
    🔑 Ваш ключ для { $host } сохранён в зашифрованном виде. Он нужен только там, чтобы рисовать с: { $models }

    Эти картинки оплачиваются с вашего счёта. Удалить ключ: <code>/key { $model } off</code>
key-removed = Ваш ключ для { $host } удалён.
key-none-there = У вас нет ключа для { $host }.
# $end: the last characters of the key
key-line = { $state ->
    [refused] 🔑 { $models } ({ $host }), …{ $end }: там его отклонили. Пришлите другой или удалите этот.
    [unreadable] 🔑 { $models } ({ $host }): больше не читается. Пришлите его снова или удалите.
   *[works] 🔑 { $models } ({ $host }), …{ $end }
}
key-nothing-takes-one = Здесь ни одна модель не принимает свой ключ.
key-off = Этот бот не принимает свои API-ключи.
key-in-private = Ключам место в личном чате. Если в сообщении был ключ, выпустите новый: его могли увидеть.
key-unreadable = Эту команду уже не прочитать. Отправьте её, пожалуйста, снова.
key-not-deleted = ⚠️ Не получилось удалить ваше сообщение. Удалите его сами: в нём ключ.

failure-own-key-refused = { $model } не принимает ваш ключ, или у ключа нет доступа к этой модели. Пришлите другой через /key или выберите другую модель.
failure-own-key-quota = На вашем счёте для { $model } закончились деньги или лимит. Пополните его или выберите другую модель.
failure-own-key-gone = Вашего ключа для { $model } больше нет. Пришлите его снова через /key или выберите другую модель.
# In groups, where nobody is to read about somebody's key
failure-own-key = { $model } не смогла нарисовать это для вас. Попросите ещё раз в личном чате, там будет видна причина.
reason-own-key-refused = ваш ключ отклонён
reason-own-key-quota = на вашем счёте закончились деньги
reason-own-key-gone = вашего ключа больше нет
reason-own-key = подробности в личном чате
