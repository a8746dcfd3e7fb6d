### What is said about one picture: while it is drawn, when it is ready, when it was cancelled.

## Buttons

button-cancel = Cancel
button-again = 🔁 Again
button-vary = 🎲 Vary
button-model = 🧠 Model
button-copy = 📋 Copy prompt
button-retry = 🔁 Retry
button-draw-now = 🎨 Draw it now
button-more = ⋯ More
button-same-seed = 🌱 Same seed, another model
# $size: in pixels, like 2048×2048
button-bigger = 🔍 2× size: { $size }
button-shorten = ✂️ Shorten it

## The placeholder

# $place: the position in the queue; 1 is next
progress-queued = In queue: #{ $place }
progress-queued-next = Next in queue
progress-queued-unknown = In queue
progress-starting = Starting…
progress-drawing = Drawing
# $place: the position in the queue of the model's server
progress-drawing-queued = In the model's queue: #{ $place }
# $attempt: number of the attempt, from 2
progress-retrying = Retrying (attempt { $attempt })
progress-sending = Sending the picture
progress-sending-video = Sending the video
# $done of $total pictures are drawn
progress-done = { $done } of { $total } done
# $time: minutes and seconds, like 1:30
progress-eta = about { $time } left

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = Waiting for the model
status-loading = Loading the model
status-drawing = Drawing
status-finishing = Finishing
# Like the steps of a diffusion run
status-step = Step { $step } of { $steps }
# $names: parameters, as in "seed, steps"
status-dropped = Ignored by this model: { $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = seed { $seed }
# $model: the one that was asked for; $reason: as in "model can't be reached"
instead = Fallback for { $model }: { $reason }
caption-failed = { $count ->
    [one] { $count } picture failed: { $reason }
   *[other] { $count } pictures failed: { $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = Ignored by this model: { $names }
# $number: of the picture in the grid
caption-full = Picture { $number }

## The end without a picture

cancelled = Cancelled.
ended-delivered = This one is finished; its picture is in this chat.
ended-failed = This one failed.
ended-cancelled = This one was cancelled.
ended-undeliverable = This one failed: the picture couldn't be sent.

## When there is nothing to draw yet

imagine-usage =
    What shall I draw? Put the prompt after the command:

    <code>/imagine { $example }</code>

    Or reply <code>/imagine</code> to a message to draw its text.
imagine-caption-usage =
    Nice photo! Reply to it with a prompt:

    <code>/imagine { $example }</code>
example-prompt = a red fox asleep in fresh snow, soft morning light
# $words: of the prompt, in quotation marks
status-unknown-words = This model can't draw { $words }

## Buttons: one more picture, or the same one

button-same = 🌱 Same seed

## Edit

button-edit = ✏️ Edit
# $link: marks the question, so that the answer is known
edit-ask = What shall I <a href="{ $link }">change</a>? Reply to this message with the instruction.
edit-words-needed = Tell me in words what to change.

## Prompt help: translated, enhanced and described

button-prompts = 📋 Prompt
button-enhance = ✨ Enhance the prompt
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = Drawn from your own prompt: it couldn't be translated.
caption-unhelped-enhance = Drawn from your own prompt: it couldn't be enhanced.
prompts-own = Your prompt:
prompts-drawn = Drawn from:
prompts-negative = Negative prompt:
button-describe = 📝 Describe
button-upscale = 🔍 Upscale
button-cutout = ✂️ Cut out
button-video = 🎬 Animate
button-draw-described = 🎨 Draw it
described =
    A prompt for this picture:

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = Which one? There are { $total } to choose from.
upscale-usage = Reply to a photo with <code>/upscale</code>, and I'll make it larger.
cutout-usage = Reply to a photo with <code>/cutout</code>, and I'll remove its background.
task-off = I can't do that here: the bot's owner hasn't set up a model for it.
describe-usage = Reply to a photo with <code>/describe</code>, and I'll write a prompt that would draw it.
describe-off = I can't describe pictures here: the bot's owner hasn't set up a model for that.
# $example: how it moves
animate-usage =
    Reply to one picture with <code>/animate</code>, and it will move. Say how after the command:

    <code>/animate { $example }</code>
animate-example = slow zoom, drifting clouds
animate-off = I can't animate pictures here: the bot's owner hasn't set up a model for that.
describe-looking = Looking at it…
describe-picture = I couldn't open this picture. Send it again as a photo.
describe-blocked = I can't describe this picture here: the description contains blocked words.
describe-failed = I couldn't describe this picture right now. Try again in a few minutes.
describe-too-many = I've described many pictures for you. Try again in an hour.
describe-budget = You have nothing left for this today. Try again later.

## Words without a reply

button-new-instead = 🆕 New picture instead
progress-changes = Changing the last picture
# $words: of the picture that is changed
progress-changes-words = Changing the last picture: “{ $words }”

## A photo without words

photo-menu = { $count ->
    [one] Nice photo! What shall I do with it? Tap a button, or reply to it with a prompt.
   *[other] Nice photos! What shall I do with them? Tap a button, or reply to one with a prompt.
}

## Strength

# $share: how much the source image was changed, as in 65%
caption-strength = strength { $share }

## Masks

caption-mask-stretched = The mask had a different shape and was stretched to the picture.

## Back to the picture before

button-parent = ↩️ Back
# The line of facts of a picture that is shown once more
caption-again = shown again
parent-grid = The grid before this one. Tap a number to continue from that picture, or reply to the grid.
press-parent-gone = I no longer have the picture before this one.

## A picture file that says how it was made

button-draw-again = 🔁 Draw this again
recipe-found = This file says how it was made. Its prompt:
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name }: { $value }

## Voice messages

voice-understood = 🎤 I understood: <i>{ $words }</i>
voice-off = I can't listen to voice messages here: the bot's owner hasn't set up a server for that. Please type your prompt.
voice-too-long = This voice message is too long for me ({ $minutes } minutes at most). Say it in a few sentences.
voice-too-large = This voice message is too big for me (20 MB at most).
voice-gone = I couldn't get this voice message from Telegram. Please send it again.
voice-nothing = I heard no words in this voice message. Try again closer to the microphone, or type your prompt.
voice-failed = I couldn't understand this voice message right now. Try again in a few minutes, or type your prompt.
voice-too-many = You've sent many voice messages. Try again in an hour, or type your prompt.
