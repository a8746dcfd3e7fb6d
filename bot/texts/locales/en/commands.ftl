### The command menu, and what /start and /help say.

command-imagine = Create a picture from text
command-history = Your pictures
command-forget = Delete my data
command-model = Choose a model
command-settings = Aspect ratio, steps, seed, language…
command-group = Group settings (admins)
command-cancel = Cancel a picture
command-help = Help
command-balance = Your credits
command-buy = Buy credits
command-paysupport = Help with payments
command-terms = Terms of sale

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    I draw pictures from text. Send me a prompt, like “a red fox asleep in fresh snow”, and watch the picture appear.

    Add me to a group and everyone can draw with /imagine.
# On the bot's page, at most 120 characters.
bot-short-description = Send a prompt, get a picture. Works in groups too: /imagine

start =
    Hello, { $name }! I draw pictures from text.

    Just tell me what you'd like to see, for example:

    <code>{ $example }</code>

    Or tap the button and I'll draw this one. See /help for more.
start-group =
    Hello! I draw pictures from text. Anyone here can use:

    <code>/imagine { $example }</code>
button-example = 🎨 Draw it

help =
    <b>Drawing</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] In this chat you can skip the command.
       *[no] In groups the command is needed.
    } Reply to one of my pictures with a new prompt to change it. Reply <code>/imagine</code> to any message to draw its text. Send a photo with <code>/imagine</code> in its caption to use it as the source image (if the model supports it).

    <b>Options</b>, anywhere in the prompt
    <code>--ar 16:9</code> aspect ratio
    <code>--size 1024x768</code> size in pixels
    <code>--n 4</code> number of pictures, 1 to 9
    <code>--no text, people</code> negative prompt: what should not appear
    <code>--seed 7</code> same seed and prompt, same picture
    <code>--steps 20</code> more steps: more detail, more time
    <code>--cfg 4.5</code> guidance: how closely to follow the prompt
    <code>--model { $model }</code> model for this picture
    <code>--style oil</code> style; see Style in /settings
    <code>{ "{" }red, blue{ "}" } fox</code> a picture for each choice

    <b>Commands</b>
    /model: choose a model
    /settings: your defaults and the language
    /history: your pictures; <code>/history fox</code> to search
    /cancel: cancel your picture
    /export: get your prompts and pictures
    /forget: delete your data

    Current model: { $label }.

cancel-done = Cancelled.
cancel-nothing = There's nothing to cancel here.
cancel-ended = This one has already finished.
cancel-not-yours = Only the person who asked, or an admin, can cancel this.
cancel-unknown = I don't know that picture. To cancel one, reply to it with /cancel.

press-not-yours = This isn't your picture. Send /imagine to make your own.
press-menu-not-yours = This menu belongs to someone else. Send { $command } for yours.
press-outdated = This button is too old. Please send the command again.
press-accepted = On it!
press-once = Already on it.
press-sending = Sending it!
press-picture-gone = The full picture has expired. Tap Again to draw a new one.
press-stopping = Cancelling…
press-not-allowed = This bot is private.
command-unknown = I don't know that command. See /help.
# The message has other buttons by now
press-button-gone = That button is gone. Please use the ones that are there now.
# To the operators. $old and $new: ids
operator-chat-moved = A group in ALLOWED_CHATS became a supergroup, and its id changed from <code>{ $old }</code> to <code>{ $new }</code>. It keeps working; please put the new id into ALLOWED_CHATS.
command-describe = Write a prompt for a photo
command-upscale = Upscale a photo
command-cutout = Remove a photo's background
command-animate = Make a picture move (reply to it)
command-export = Export my data
command-admin = Statistics, people, models (operators)
command-report = Report a picture (reply to it)
command-broadcast = Send a message to everyone (operators; reply to it)
command-key = Draw with your own API key
