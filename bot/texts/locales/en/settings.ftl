### A person's own settings.

settings-menu =
    <b>Your settings</b>
    They hold for all your pictures, in every chat. What you type behind /imagine wins over them.
settings-line = { $name }: <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = Left for today, for models that cost something: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } does not use this.

setting-model = Model
setting-aspect-ratio = Shape
setting-steps = Steps
setting-guidance = Guidance
setting-negative = Leave out
setting-seed = Seed
setting-count = Pictures
setting-document = As a file
setting-spoiler = Covered
setting-language = Language
setting-width = Width
setting-height = Height
setting-image = Picture to start from
setting-strength = Strength

hint-aspect-ratio = Width to height.
hint-steps = More steps: more detail, more time.
hint-guidance = How closely to follow the words. Low is freer, high is stricter.
hint-negative = What should not be in your pictures, in words.
hint-seed = The same seed and words draw the same picture. Random is more fun.
hint-count = How many pictures at once.
hint-document = As a file, a picture keeps every pixel. As a photo it is shown at once.
hint-spoiler = Your pictures are blurred until somebody taps them. Files cannot be: they come as photos then.
hint-language = The language I speak with you.

value-auto = auto
value-random = random
value-nothing = nothing
value-yes = yes
value-no = no
value-language-en = English
value-language-ru = Русский
value-language-auto = as in Telegram

button-back = ‹ Back
button-close = Close
button-reset = Reset all
button-type = ✏️ Type it
button-clear = Clear
button-random = 🎲 Random

settings-saved = Saved.
settings-reset = All back to the defaults.
settings-closed = Settings closed.
settings-bad-value = That value does not work here.
# The bold word carries a hidden link by which the answer is recognised.
settings-ask-negative = What should not be in your pictures? <a href="{ $link }">Reply to this</a> with the words, or with a hyphen for nothing.
settings-ask-seed = Which seed? <a href="{ $link }">Reply to this</a> with a number from 0 to { $limit }, or with a hyphen for random.
settings-negative-saved = I will leave out: { $value }
settings-negative-cleared = Nothing is left out any more.
settings-negative-too-long = { $limit ->
    [one] That is too long; I take at most { $limit } character. Please reply again, shorter.
   *[other] That is too long; I take at most { $limit } characters. Please reply again, shorter.
}
settings-seed-saved = Your seed is { $value } from now on.
settings-seed-cleared = The seed is random again.
settings-seed-bad = That is no seed. Please reply again, with a number from 0 to { $limit }.
settings-no-person = Settings belong to people, and you speak in the name of a chat here. Write as yourself, or add what you want to the command, like <code>--ar 16:9</code>.
settings-text-needed = I need it as text. Please reply again.
