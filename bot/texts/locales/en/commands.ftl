### The command menu, and what /start and /help say.

command-imagine = Draw a picture from your words
command-history = Your pictures
command-forget = Erase all that I know of you
command-model = Choose who draws
command-settings = Shape, steps, seed, language ...
command-group = What admins choose for this group
command-cancel = Stop a picture
command-help = What I can do

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    I draw. Send me a few words, like “a red fox asleep in fresh snow”, and watch the picture appear.

    Add me to a group, and everybody there can draw with /imagine.
# On the bot's page, at most 120 characters.
bot-short-description = Send a few words, get a picture. Works in groups, too: /imagine

start =
    Hello, { $name }! I draw pictures from words.

    Just write me what you would like to see, for example:

    <code>{ $example }</code>

    Or press the button, and I draw this one for you. /help tells the rest.
start-group =
    Hello! I draw pictures from words. Anybody here can ask:

    <code>/imagine { $example }</code>
button-example = 🎨 Draw it

help =
    <b>Drawing</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] Here the words alone are enough.
       *[no] In groups the command is needed.
    } Reply to one of my pictures with new words to change it. Reply <code>/imagine</code> to any message to draw what it says. Send a photo with <code>/imagine</code> in its caption to start from it, where the model can.

    <b>Fine tuning</b>, anywhere in the words
    <code>--ar 16:9</code> shape
    <code>--size 1024x768</code> size in pixels
    <code>--n 4</code> number of pictures, 1 to 4
    <code>--no text, people</code> what to leave out
    <code>--seed 7</code> the same seed draws the same picture
    <code>--steps 20</code> more steps, more detail, more time
    <code>--cfg 4.5</code> how closely to follow the words
    <code>--model { $model }</code> who draws, for this picture

    <b>Commands</b>
    /model: choose who draws
    /settings: your own defaults, and the language
    /history: your pictures, and <code>/history fox</code> those with a fox
    /cancel: stop your picture
    /forget: erase all that I know of you

    You are drawing with { $label }.

cancel-done = Stopped.
cancel-nothing = There is nothing to stop here.
cancel-ended = That one has already ended.
cancel-not-yours = Only the one who asked for it, or a chat admin, can stop it.
cancel-unknown = I don't know that picture. To stop one, reply /cancel to its message.

press-not-yours = These are somebody else's buttons. Send /imagine and get your own.
press-menu-not-yours = This menu is somebody else's. Send { $command } for your own.
press-outdated = This button is too old. Please send the command again.
press-accepted = On it!
press-once = One press is enough, I'm on it.
press-sending = Coming!
press-picture-gone = I no longer have that picture in full. Press Again to draw it anew.
press-stopping = Stopping …
press-not-allowed = This bot is private.
command-unknown = I don't know that command. /help tells what I can do.
# The message has other buttons by now
press-button-gone = That button is gone. Please use the ones that are there now.
# To the operators. $old and $new: ids
operator-chat-moved = A group in ALLOWED_CHATS became a supergroup, and its id changed from <code>{ $old }</code> to <code>{ $new }</code>. It keeps working; please put the new id into ALLOWED_CHATS.
