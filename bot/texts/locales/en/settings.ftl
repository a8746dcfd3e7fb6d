### A person's own settings.

settings-menu =
    <b>Your settings</b>
    They apply to all your pictures in every chat. Options you type override them.
button-setting = { $name }: { $value }
settings-line = { $name }: <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = Left today for paid models: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } ignores this.

setting-model = Model
setting-aspect-ratio = Aspect ratio
setting-steps = Steps
setting-guidance = Guidance (CFG)
setting-negative = Negative prompt
setting-seed = Seed
setting-count = Images per request
setting-document = Send as file
setting-spoiler = Spoiler
setting-language = Language
setting-width = Width
setting-height = Height
setting-image = Source image
setting-strength = Strength

hint-aspect-ratio = Width to height.
hint-steps = More steps: more detail, more time.
hint-guidance = How closely to follow the prompt. Low is freer, high is stricter.
hint-negative = What should not appear in your pictures.
hint-seed = The same seed and prompt give the same picture.
hint-count = How many pictures at once.
hint-document = A file keeps every pixel. A photo shows at once.
hint-spoiler = Your pictures are blurred until someone taps them. They're sent as photos, because files can't be blurred.
hint-language = The language I speak to you.

value-auto = auto
value-random = random
value-nothing = none
value-yes = yes
value-no = no
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = as in Telegram

button-back = ‹ Back
button-close = Close
button-reset = Reset all
button-type = ✏️ Enter
button-clear = Clear
button-random = 🎲 Random

settings-saved = Saved.
settings-reset = Settings reset.
settings-closed = Settings closed.
settings-bad-value = That value isn't valid here.
# The link is hidden in the text; the answer is recognised by it.
settings-ask-negative = What should not appear in your pictures? <a href="{ $link }">Reply to this message</a> with your negative prompt.
settings-ask-seed = Which seed? <a href="{ $link }">Reply to this message</a> with a number from 0 to { $limit }.
settings-negative-saved = Negative prompt: { $value }
settings-negative-cleared = Negative prompt cleared.
settings-negative-too-long = { $limit ->
    [one] That's too long: the limit is { $limit } character. Please reply again, shorter.
   *[other] That's too long: the limit is { $limit } characters. Please reply again, shorter.
}
settings-seed-saved = Seed set to { $value }.
settings-seed-cleared = The seed is random again.
settings-seed-bad = That isn't a seed. Please reply again with a number from 0 to { $limit }.
settings-no-person = Only personal accounts have settings, and you're posting as a channel or anonymous admin. Write as yourself, or add options to the command, like <code>--ar 16:9</code>.
settings-text-needed = Please reply again with text.

## Prompt help

setting-translate = Translate prompts
setting-enhance = Enhance prompts
hint-translate = Prompts in languages that a model doesn't read are translated for it.
hint-enhance = A chat model adds detail to your prompts before they are drawn.

## Follow-up words, and strength

setting-follow-up = Follow-up words
hint-follow-up = What your next message does in a private chat when it isn't a reply. Automatic: a model that edits changes your last picture if it is younger than 15 minutes; otherwise a new picture is drawn. --new always starts a new one.
value-follow-up-auto = automatic
value-follow-up-change = change the last picture
value-follow-up-new = start a new picture
hint-strength = How much a source image is changed: low keeps it, high ignores it.
setting-mask = Mask
setting-expand = Extending
