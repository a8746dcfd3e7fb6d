### A person's own pictures, page by page, and deleting their data.

history-title =
    <b>Your pictures</b>, newest first. Tap a number for options.
    Search: <code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = <b>Your pictures</b> with <code>{ $words }</code>, newest first. Tap a number for options.
history-example = fox
history-empty = No pictures yet. Send me a prompt to start.
history-nothing-found = No pictures match “{ $words }”. See all: /history
history-in-private = Your pictures are just for you. Please send /history in our private chat.
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = That picture is no longer in your history.
button-newer = ‹ Newer
button-older = Older ›
button-full = 🖼 Full size

forget-question =
    <b>Delete all your data?</b>
    I'll cancel your running pictures and delete your settings, your prompts and your history. Pictures in chats stay there, but their buttons stop working. This can't be undone.
forget-in-private = Please send /forget in our private chat.
forget-done = Your data has been deleted. To start again, just send me a prompt.
forget-kept = Nothing was deleted.
button-forget = 🗑 Delete everything
button-keep = Cancel
