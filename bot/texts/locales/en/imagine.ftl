### What is said about one picture: while it is drawn, when it is there, when it was cancelled.

## Buttons

button-cancel = Cancel
button-again = 🔁 Again
button-model = 🧠 Model
button-copy = 📋 Prompt
button-retry = 🔁 Retry
button-draw-now = 🎨 Draw it now
button-more = ⋯ More
button-same-seed = 🌱 Same seed, another model
# $size: in pixels, like 2048×2048
button-bigger = 🔍 Twice the size: { $size }
button-shorten = ✂️ Shorten it

## The placeholder

# $place: the position in line; 1 is next
progress-queued = In line, place { $place }
progress-queued-next = Next in line
progress-queued-unknown = In line
progress-starting = Getting ready
progress-drawing = Drawing
# $place: the position in the line of the model's server
progress-drawing-queued = Waiting for the model, place { $place }
# $attempt: number of the try, from 2
progress-retrying = That did not work; try { $attempt }
progress-sending = Sending the picture
# $done of $total pictures are drawn
progress-done = { $done } of { $total } drawn
# $time: minutes and seconds, like 1:30
progress-eta = about { $time } left

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = Waiting for the model
status-loading = The model is waking up
status-drawing = Drawing
status-finishing = Finishing touches
# Like the steps of a diffusion run
status-step = Step { $step } of { $steps }
# $names: parameters, as in "seed, steps"
status-dropped = This model does not use: { $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = seed { $seed }
# $model: the one that was asked for; $reason: as in "the model cannot be reached"
instead = In place of { $model }: { $reason }
caption-failed = { $count ->
    [one] One picture could not be drawn: { $reason }
   *[other] { $count } pictures could not be drawn: { $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = Not used by this model: { $names }
# $number: of the picture on the sheet
caption-full = Picture { $number }

## The end without a picture

cancelled = Cancelled.
ended-delivered = This one is finished; its picture is in this chat.
ended-failed = This one is over: it could not be drawn.
ended-cancelled = This one was cancelled.
ended-undeliverable = This one is over: the picture could not be sent.

## When there is nothing to draw yet

imagine-usage =
    What shall I draw? Put it after the command:

    <code>/imagine { $example }</code>

    Or reply <code>/imagine</code> to a message with the words in it.
imagine-caption-usage =
    Good picture to start from. Now tell me what to make of it: reply to it with

    <code>/imagine { $example }</code>
example-prompt = a red fox asleep in fresh snow, soft morning light

## Buttons: one more picture, or the same one

button-same = 🌱 Same seed
