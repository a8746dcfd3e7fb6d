### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/contracts.py

failure-provider-error = { $model } had a problem. Try again, or pick another model.
failure-refused = { $model } refused this prompt. Try rewording it, or pick another model.
failure-refused-detail = { $model } refused: “{ $detail }” Try rewording the prompt, or pick another model.
failure-quota = { $model } has reached its free limit. Try again later, or pick another model.
failure-quota-minutes = { $minutes ->
    [one] { $model } has reached its free limit. Try again in a minute, or pick another model.
   *[other] { $model } has reached its free limit. Try again in { $minutes } minutes, or pick another model.
}
failure-quota-hours = { $hours ->
    [one] { $model } has reached its free limit. Try again in an hour, or pick another model.
   *[other] { $model } has reached its free limit. Try again in { $hours } hours, or pick another model.
}
failure-payment = { $model } is out of credit; the bot's owner needs to top it up. Pick another model for now.
failure-content = { $model } won't draw this: it breaks the model's content policy. Try rewording it.
failure-content-detail = { $model } won't draw this: “{ $detail }” Try rewording the prompt.
failure-length = This prompt is too long for { $model }. Shorten it, or pick another model.
failure-parameter = { $model } doesn't support these settings. Change them in /settings, or pick another model.
failure-parameter-detail = { $model } doesn't support these settings: { $detail }. Change them, or pick another model.
failure-model-not-found = { $model } isn't available on its server any more; the bot's owner needs to check its name. Pick another model for now.
failure-unauthorized = { $model } rejected the API key; the bot's owner needs to check it. Pick another model for now.
failure-cancelled = { $model } cancelled this picture. Try again, or pick another model.
failure-unavailable = { $model } can't be reached right now. Try again in a few minutes, or pick another model.
failure-bad-answer = { $model } returned an invalid picture. Try again, or pick another model.
failure-no-picture = { $model } finished without a picture. Try again, or pick another model.
failure-other-server = The server for { $model } isn't answering correctly; the bot's owner needs to check its address. Pick another model for now.
failure-queue-deadline = { $model } is too busy: you waited in line too long. Try again later, or pick another model.
failure-deadline = { $model } took too long. Try again, or pick another model.
failure-daily-cost = I stopped here: another try costs more than you have left for today. Free models still work.
failure-daily-cost-all = I stopped here: another try costs more than what is left of today's budget for everyone. Free models still work.
failure-model-gone = { $model } is no longer offered here. Pick another model.
failure-input-picture = I couldn't open your source image. Send it again as a photo.
failure-delivery = The picture is ready, but Telegram rejected it. Try again, or ask for a smaller size.
failure-no-rights = I'm not allowed to post there. Ask an admin to let me send messages and photos, then try again.
failure-cache-chat = I can't put pictures here: the bot's owner needs to check the cache chat.
failure-internal = Something went wrong on my side. Please try again.

## One draw of several failed: the same, short, for the caption

reason-provider-error = the model had a problem
reason-refused = the model refused
reason-quota = free limit reached
reason-payment = out of credit
reason-content = against the model's content policy
reason-parameter = settings not supported by the model
reason-model-not-found = model not available on its server
reason-unauthorized = API key rejected
reason-cancelled = cancelled by the model
reason-unavailable = model can't be reached
reason-bad-answer = invalid answer
reason-no-picture = no picture in the answer
reason-other-server = wrong server at its address
reason-queue-deadline = queue too long
reason-deadline = took too long
reason-daily-cost = nothing left for today
reason-daily-cost-all = nothing left of today's budget for everyone
reason-model-gone = model no longer offered
reason-input-picture = source image couldn't be opened
reason-delivery = Telegram rejected it
reason-no-rights = not allowed to post there
reason-cache-chat = cache chat unavailable
reason-internal = something went wrong on my side

## Not accepted

refused-too-old = Sorry, I was offline when you sent this. Shall I draw it now?
refused-prompt-empty = What shall I draw? Put the prompt after the command: <code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = There's no model “{ $model }”. Available: { $valid }
refused-model-unavailable = { $model } isn't available right now. Pick another one with /model.
refused-no-input-picture = { $model } doesn't support image-to-image. Pick another model with /model, or ask without the image.
refused-parameter = That doesn't work with this model: { $detail }.
refused-queue-full = { $limit ->
    [one] You already have { $limit } picture waiting. Give me a moment, or /cancel it.
   *[other] You already have { $limit } pictures waiting. Give me a moment, or /cancel one.
}
refused-daily-limit = { $limit ->
    [one] You've reached the limit of { $limit } picture a day. Try again later.
   *[other] You've reached the limit of { $limit } pictures a day. Try again later.
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = This costs { $cost } with { $model }, and you have { $left } left for today. Free models still work.
refused-daily-cost-all = This costs { $cost } with { $model }, more than is left of today's budget for everyone. Free models still work.
refused-credits = This costs { $cost } with { $model }, and you have { $left } credits left. Buy more or pick a free model.
refused-blocked-words = I can't draw this here: the prompt contains blocked words. Please rephrase.
refused-model-not-allowed = { $model } isn't allowed in this group. Allowed: { $allowed }
refused-admins-only = Only admins can draw in this group. You can still use me in a private chat.
refused-no-channels = In this group those who write as a channel can't draw. Write as yourself.
refused-cooldown = { $seconds ->
    [one] Cooldown: you can draw again in { $seconds } second.
   *[other] Cooldown: you can draw again in { $seconds } seconds.
}
refused-cooldown-long = { $minutes ->
    [one] Cooldown: you can draw again in { $minutes } minute.
   *[other] Cooldown: you can draw again in { $minutes } minutes.
}
refused-request-gone = I no longer have that picture. Please ask for it again with /imagine.

## Everything else

error-internal = Something went wrong on my side. Please try again.
error-storage = My database is unavailable right now. I'll do this as soon as possible.
error-not-allowed = This bot is private. Ask its owner for access: your id is <code>{ $id }</code>.
error-input-size = This image is too big for me (20 MB at most). Send it as a photo.
error-not-a-picture = I can use a photo as the source image, but not this.

failure-out-of-memory = { $model } is out of memory. Ask for a smaller size or fewer steps, or pick another model.
failure-too-large = Upscaled, this picture would be too large. Send a smaller one.
failure-bad-video = { $model } returned an invalid video. Try again, or pick another model.
failure-video-too-long = The video from { $model } is too long to send.
failure-video-too-large = The video from { $model } is too large for Telegram.
failure-no-video = { $model } returned a picture instead of a video. It can't animate pictures.
failure-request-failed = { $model } can't handle this request. Change the size, the steps or the prompt, or pick another model.
failure-no-workers = No worker of { $model } can draw this right now. Try again later, ask for a smaller size, or pick another model.
reason-out-of-memory = out of memory
reason-too-large = the upscaled picture would be too large
reason-bad-video = invalid video
reason-video-too-long = the video was too long
reason-video-too-large = the video was too large
reason-no-video = a picture instead of a video
reason-request-failed = model can't handle this request
reason-no-workers = no worker available

error-storage-picture = My database is unavailable right now. Your picture will be drawn as soon as possible.

# Below a failure: what the operator finds in the log
failure-number = Request { $number }

refused-too-many-pictures = { $limit ->
    [one] You gave { $count } pictures, and { $model } takes one. Use fewer, or pick another model.
   *[other] You gave { $count } pictures, and { $model } takes at most { $limit }. Use fewer, or pick another model.
}
refused-pictures-limit = You gave { $count } pictures; at most { $limit } are possible.
press-pictures-gone = I no longer have these pictures. Please send them again.
error-album-mixed = I can use photos as source images, but this album has something else in it. Please send the photos alone.

failure-blocked-words = I can't draw this here: the translated prompt contains blocked words. Please rephrase.
reason-blocked-words = blocked words in the prompt

refused-no-mask = { $model } doesn't take masks. Pick another model, or say in words what to change.
refused-no-fill = { $model } can't extend pictures. Pick another model.
refused-too-large = Upscaled, this picture would have { $megapixels } megapixels, and { $limit } is the most. Try a smaller one.
error-album-hidden = In this group Telegram shows me only the photo with the command, not the whole album. Send the album in reply to one of my messages, or ask an admin to make me an admin here.
