### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/contracts.py

failure-provider-error = У моделі { $model } щось пішло не так. Повторіть або виберіть іншу модель.
failure-refused = { $model } відхилила цей промпт. Змініть його або виберіть іншу модель.
failure-refused-detail = { $model } відмовила: «{ $detail }» Змініть промпт або виберіть іншу модель.
failure-quota = { $model }: безкоштовний ліміт вичерпано. Повторіть пізніше або виберіть іншу модель.
failure-quota-minutes = { $minutes ->
    [one] { $model }: безкоштовний ліміт вичерпано. Повторіть через { $minutes } хвилину або виберіть іншу модель.
    [few] { $model }: безкоштовний ліміт вичерпано. Повторіть через { $minutes } хвилини або виберіть іншу модель.
   *[many] { $model }: безкоштовний ліміт вичерпано. Повторіть через { $minutes } хвилин або виберіть іншу модель.
}
failure-quota-hours = { $hours ->
    [one] { $model }: безкоштовний ліміт вичерпано. Повторіть через { $hours } годину або виберіть іншу модель.
    [few] { $model }: безкоштовний ліміт вичерпано. Повторіть через { $hours } години або виберіть іншу модель.
   *[many] { $model }: безкоштовний ліміт вичерпано. Повторіть через { $hours } годин або виберіть іншу модель.
}
failure-payment = У { $model } закінчилися гроші на рахунку: власник бота має його поповнити. Поки що виберіть іншу модель.
failure-content = { $model } цього не намалює: це порушує правила моделі. Перефразуйте промпт.
failure-content-detail = { $model } цього не намалює: «{ $detail }» Перефразуйте промпт.
failure-length = Для { $model } цей промпт задовгий. Скоротіть його або виберіть іншу модель.
failure-parameter = { $model } не підтримує такі налаштування. Змініть їх у /settings або виберіть іншу модель.
failure-parameter-detail = { $model } не підтримує такі налаштування: { $detail }. Змініть їх або виберіть іншу модель.
failure-model-not-found = На сервері більше немає моделі { $model }: власник бота має перевірити її назву. Поки що виберіть іншу модель.
failure-unauthorized = { $model } не приймає API-ключ: власник бота має його перевірити. Поки що виберіть іншу модель.
failure-cancelled = { $model } скасувала цю картинку. Повторіть або виберіть іншу модель.
failure-unavailable = { $model } зараз недоступна. Повторіть за кілька хвилин або виберіть іншу модель.
failure-bad-answer = { $model } повернула зіпсовану картинку. Повторіть або виберіть іншу модель.
failure-no-picture = { $model } завершила без картинки. Повторіть або виберіть іншу модель.
failure-other-server = Сервер { $model } відповідає неправильно: власник бота має перевірити адресу. Поки що виберіть іншу модель.
failure-queue-deadline = { $model } надто зайнята: черга так і не дійшла до вас. Спробуйте пізніше або виберіть іншу модель.
failure-deadline = { $model } малює надто довго. Повторіть або виберіть іншу модель.
failure-daily-cost = На цьому зупиняюся: ще одна спроба коштує більше, ніж у вас лишилося на сьогодні. Безкоштовні моделі й далі працюють.
failure-daily-cost-all = На цьому зупиняюся: ще одна спроба коштує більше, ніж лишилося на сьогодні на всіх. Безкоштовні моделі й далі працюють.
failure-model-gone = Моделі { $model } тут більше немає. Виберіть іншу.
failure-input-picture = Не вдалося відкрити вихідне зображення. Надішліть його ще раз як фото.
failure-delivery = Картинка готова, але Telegram її не прийняв. Повторіть або попросіть менший розмір.
failure-no-rights = Мені не можна туди писати. Попросіть адміністратора дозволити мені повідомлення й фото та повторіть.
failure-internal = У мене щось зламалося. Спробуйте, будь ласка, ще раз.

## One draw of several failed: the same, short, for the caption

reason-provider-error = у моделі щось пішло не так
reason-refused = модель відмовила
reason-quota = безкоштовний ліміт вичерпано
reason-payment = закінчилися гроші на рахунку
reason-content = заборонено правилами моделі
reason-parameter = модель не підтримує ці налаштування
reason-model-not-found = на сервері немає цієї моделі
reason-unauthorized = API-ключ не прийнято
reason-cancelled = скасовано моделлю
reason-unavailable = модель недоступна
reason-bad-answer = неправильна відповідь
reason-no-picture = у відповіді немає картинки
reason-other-server = за її адресою не той сервер
reason-queue-deadline = задовга черга
reason-deadline = надто довго
reason-daily-cost = на сьогодні ліміт вичерпано
reason-daily-cost-all = на сьогодні спільний ліміт вичерпано
reason-model-gone = моделі більше немає
reason-input-picture = вихідне зображення не відкрилося
reason-delivery = Telegram її не прийняв
reason-no-rights = туди не можна надсилати
reason-internal = у мене щось зламалося

## Not accepted

refused-too-old = Вибачте, коли ви це надіслали, я був не в мережі. Намалювати зараз?
refused-prompt-empty = Що намалювати? Напишіть промпт після команди: <code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = Моделі «{ $model }» немає. Доступні: { $valid }
refused-model-unavailable = { $model } зараз недоступна. Виберіть іншу: /model
refused-no-input-picture = { $model } не вміє малювати за зображенням. Виберіть іншу модель (/model) або попросіть без зображення.
refused-parameter = З цією моделлю так не вийде: { $detail }.
refused-queue-full = { $limit ->
    [one] У вас уже чекає { $limit } картинка. Зачекайте трохи або скасуйте її: /cancel
    [few] У вас уже чекають { $limit } картинки. Зачекайте трохи або скасуйте одну: /cancel
   *[many] У вас уже чекають { $limit } картинок. Зачекайте трохи або скасуйте одну: /cancel
}
refused-daily-limit = { $limit ->
    [one] Денний ліміт вичерпано: { $limit } картинка на день. Спробуйте пізніше.
    [few] Денний ліміт вичерпано: { $limit } картинки на день. Спробуйте пізніше.
   *[many] Денний ліміт вичерпано: { $limit } картинок на день. Спробуйте пізніше.
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = { $model } малює це за { $cost }, а у вас на сьогодні лишилося { $left }. Безкоштовні моделі й далі працюють.
refused-daily-cost-all = { $model } малює це за { $cost }, а на сьогодні на всіх лишилося менше. Безкоштовні моделі й далі працюють.
refused-blocked-words = Тут я цього не намалюю: у промпті є заборонені слова. Перефразуйте, будь ласка.
refused-model-not-allowed = Модель { $model } у цій групі не дозволена. Дозволені: { $allowed }
refused-admins-only = У цій групі малювати можуть лише адміністратори. В особистому чаті зі мною можна й вам.
refused-cooldown = { $seconds ->
    [one] Повільний режим: наступна картинка — через { $seconds } секунду.
    [few] Повільний режим: наступна картинка — через { $seconds } секунди.
   *[many] Повільний режим: наступна картинка — через { $seconds } секунд.
}
refused-cooldown-long = { $minutes ->
    [one] Повільний режим: наступна картинка — через { $minutes } хвилину.
    [few] Повільний режим: наступна картинка — через { $minutes } хвилини.
   *[many] Повільний режим: наступна картинка — через { $minutes } хвилин.
}
refused-request-gone = Цієї картинки в мене більше немає. Попросіть її ще раз: /imagine

## Everything else

error-internal = У мене щось зламалося. Спробуйте, будь ласка, ще раз.
error-storage = База даних тимчасово недоступна. Зроблю це, щойно зможу.
error-not-allowed = Це закритий бот. Попросіть власника відкрити вам доступ: ваш id — <code>{ $id }</code>.
error-input-size = Це зображення завелике (не більше 20 МБ). Надішліть його як фото.
error-not-a-picture = Вихідним зображенням може бути фото, але не це.

failure-out-of-memory = Моделі { $model } бракує пам'яті. Попросіть менший розмір чи менше кроків або виберіть іншу модель.
failure-request-failed = { $model } не справляється з цим запитом. Змініть розмір, кількість кроків чи промпт або виберіть іншу модель.
failure-no-workers = Зараз у { $model } немає вільного виконавця для цього. Спробуйте пізніше, попросіть менший розмір або виберіть іншу модель.
reason-out-of-memory = бракує пам'яті
reason-request-failed = модель не справляється з цим запитом
reason-no-workers = немає вільного виконавця

error-storage-picture = База даних тимчасово недоступна. Картинку буде намальовано, щойно це стане можливо.

# Below a failure: what the operator finds in the log
failure-number = Запит { $number }

refused-too-many-pictures = Вихідних зображень: { $count }, а { $model } приймає не більше { $limit }. Приберіть зайві або виберіть іншу модель.
refused-pictures-limit = Вихідних зображень: { $count }, а можна не більше { $limit }.
press-pictures-gone = Цих зображень у мене вже немає. Надішліть їх, будь ласка, ще раз.
error-album-mixed = Вихідними зображеннями можуть бути фото, але в цьому альбомі є й інше. Надішліть, будь ласка, лише фото.
