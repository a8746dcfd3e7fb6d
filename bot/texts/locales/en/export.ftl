### Favourites, and everything of one's own to take away.

button-star = ☆
button-starred = ★
favourite-added = ★ Added to your favourites. See them in /history.
favourite-removed = Removed from your favourites.
button-favourites = ★ Favourites
button-all-pictures = All pictures
# $words stands in <code>: it is read from there when the page is turned.
history-favourites = <b>Your favourites</b> <code>{ $words }</code>, newest first. Tap a number for options.
history-no-favourites = No favourites yet. Tap ☆ under a picture.

export-in-private = Please send /export in our private chat.
export-wait = You exported your data a moment ago. Please try again in a minute.
export-empty = There is nothing to export yet. Send me a prompt to start.
export-file = { $count ->
    [one] Your prompts and options: { $count } picture.
   *[other] Your prompts and options: { $count } pictures.
}
export-more = Part { $part }, with more of your pictures.
export-pictures = { $count ->
    [one] { $count } of your pictures is still at Telegram.
   *[other] { $count } of your pictures are still at Telegram.
} Single pictures of a grid count once you have opened them.
button-export-pictures = { $count ->
    [one] 🖼 Send { $count } picture
   *[other] 🖼 Send { $count } pictures
}
export-sent = { $count ->
    [one] { $count } picture sent.
   *[other] { $count } pictures sent.
}
export-lost = { $count ->
    [one] { $count } picture is no longer at Telegram.
   *[other] { $count } pictures are no longer at Telegram.
}
export-left = { $count ->
    [one] { $count } more is left.
   *[other] { $count } more are left.
}
