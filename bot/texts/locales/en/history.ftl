### One's own pictures, page by page, and their end.

history-title =
    <b>Your pictures</b>, the newest first. Press a number to do something with one.
    To look for some: <code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = <b>Your pictures</b> with <code>{ $words }</code>, the newest first. Press a number to do something with one.
history-example = fox
history-empty = You have no pictures yet. Send me a few words, and you will.
history-nothing-found = None of your pictures has “{ $words }” in its words. All of them: /history
history-in-private = Your pictures are only for you: send me /history in our private chat.
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = That picture is no longer in your history.
button-newer = ‹ Newer
button-older = Older ›
button-full = 🖼 In full

forget-question =
    <b>Shall I forget you?</b>
    I would stop what I am drawing for you and erase your settings, your prompts, and all I know of your pictures. The pictures in the chats stay there, but their buttons will do nothing any more. This cannot be undone.
forget-in-private = Only in private: send me /forget in our private chat.
forget-done = Forgotten. If you ever want a picture again, just send me a few words.
forget-kept = Nothing was erased.
button-forget = 🗑 Erase everything
button-keep = Keep it
