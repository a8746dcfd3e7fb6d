### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/cards.py

failure-provider-error = Something went wrong at { $model }. Try again, or pick another model.
failure-refused = { $model } refused to draw this. Change the words a little, or pick another model.
failure-refused-detail = { $model } refused: “{ $detail }” Change the words a little, or pick another model.
failure-quota = { $model } has no free drawings left for now. Try again later, or pick another model.
failure-quota-minutes = { $minutes ->
    [one] { $model } has no free drawings left for now. Try again in a minute, or pick another model.
   *[other] { $model } has no free drawings left for now. Try again in { $minutes } minutes, or pick another model.
}
failure-quota-hours = { $hours ->
    [one] { $model } has no free drawings left for now. Try again in an hour, or pick another model.
   *[other] { $model } has no free drawings left for now. Try again in { $hours } hours, or pick another model.
}
failure-payment = { $model } has no credit left; whoever runs this bot has to top it up. Pick another model meanwhile.
failure-content = { $model } does not draw this: it goes against its content rules. Please describe it differently.
failure-content-detail = { $model } does not draw this: “{ $detail }” Please describe it differently.
failure-length = These words are too long for { $model }. Shorten them, or pick another model.
failure-parameter = { $model } cannot draw with these settings. Change them in /settings, or pick another model.
failure-parameter-detail = { $model } cannot draw with these settings: { $detail }. Change them, or pick another model.
failure-model-not-found = { $model } is not offered by its server any more; whoever runs this bot has to look at its name. Pick another model meanwhile.
failure-unauthorized = { $model } does not let me in; whoever runs this bot has to look at its key. Pick another model meanwhile.
failure-cancelled = { $model } stopped this drawing. Try again, or pick another model.
failure-unavailable = { $model } cannot be reached right now. Try again in a few minutes, or pick another model.
failure-bad-answer = { $model } answered with something that is no picture. Try again, or pick another model.
failure-no-picture = { $model } says that it is done, but sent no picture. Try again, or pick another model.
failure-other-server = Something else answers where { $model } should be; whoever runs this bot has to look at its address. Pick another model meanwhile.
failure-queue-deadline = { $model } is too busy: it was not your turn for too long. Try again later, or pick another model.
failure-deadline = { $model } took too long. Try again, or pick another model.
failure-model-gone = { $model } is no longer offered here. Pick another model.
failure-input-picture = I could not open the picture to start from. Send it again as a photo.
failure-delivery = The picture is drawn, but Telegram would not take it. Try again, or ask for a smaller size.
failure-no-rights = I may not send this in that chat. Ask an admin there to let me send messages and photos, then try again.
failure-internal = Something went wrong on my side. Please try again.

## One draw of several failed: the same, short, for the caption

reason-provider-error = something went wrong
reason-refused = the model refused
reason-quota = no free drawings left for now
reason-payment = no credit left
reason-content = against the model's content rules
reason-parameter = the model cannot take these settings
reason-model-not-found = its server does not offer the model any more
reason-unauthorized = the model does not let me in
reason-cancelled = the model stopped
reason-unavailable = the model cannot be reached
reason-bad-answer = the answer makes no sense
reason-no-picture = no picture in the answer
reason-other-server = something else answers at its address
reason-queue-deadline = too many are waiting there
reason-deadline = it took too long
reason-model-gone = the model is no longer offered
reason-input-picture = the picture to start from could not be opened
reason-delivery = Telegram would not take it
reason-no-rights = it may not be sent there
reason-internal = something went wrong on my side

## Not accepted

refused-too-old = Sorry, I was away when you asked for this. Shall I draw it now?
refused-prompt-empty = What shall I draw? Put the words after the command: <code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = I have no model “{ $model }”. These I have: { $valid }
refused-model-unavailable = { $model } is not available right now. Pick another one with /model.
refused-no-input-picture = { $model } does not start from a picture. Pick another model with /model, or ask without the picture.
refused-parameter = That does not work with this model: { $detail }.
refused-queue-full = { $limit ->
    [one] You already have { $limit } picture waiting. Give me a moment, or /cancel it.
   *[other] You already have { $limit } pictures waiting. Give me a moment, or /cancel one.
}
refused-daily-limit = { $limit ->
    [one] I draw { $limit } picture a day for everybody, and you had yours. Please come back later.
   *[other] I draw { $limit } pictures a day for everybody, and you had yours. Please come back later.
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = Drawing this with { $model } costs { $cost }, and you have { $left } left for today. Models that cost nothing go on.
refused-daily-cost-all = Drawing this with { $model } costs { $cost }, and that is more than is left for today for all of us. Models that cost nothing go on.
refused-blocked-words = I'd rather not draw this one: it has words in it that I don't draw here. Please put it differently.
refused-model-not-allowed = { $model } is not used in this group. Here you can choose from: { $allowed }
refused-admins-only = In this group only admins ask me to draw. In a private chat with me, you can.
refused-cooldown = { $seconds ->
    [one] Everybody gets a turn here: your next one is in { $seconds } second.
   *[other] Everybody gets a turn here: your next one is in { $seconds } seconds.
}
refused-cooldown-long = { $minutes ->
    [one] Everybody gets a turn here: your next one is in { $minutes } minute.
   *[other] Everybody gets a turn here: your next one is in { $minutes } minutes.
}
refused-request-gone = I no longer know that picture. Please ask for it again with /imagine.

## Everything else

error-internal = Something went wrong on my side. Please try again.
error-storage = I cannot reach my database right now. I will do this as soon as possible.
error-not-allowed = This bot is private. Ask whoever runs it to let you in: your id is <code>{ $id }</code>.
error-input-size = That picture is too big for me to fetch (20 MB at most). Send it as a photo.
error-not-a-picture = I can start from a photo, but not from this.

# A message that asks for a picture, while the database is away
error-storage-picture = I cannot reach my database right now. Your picture will be drawn as soon as possible.
