### Favourites, and everything of one's own to take away.

button-star = ☆
button-starred = ★
favourite-added = ★ Zu deinen Favoriten hinzugefügt. Du findest sie in /history.
favourite-removed = Aus deinen Favoriten entfernt.
button-favourites = ★ Favoriten
button-all-pictures = Alle Bilder
# $words stands in <code>: it is read from there when the page is turned.
history-favourites = <b>Deine Favoriten</b> <code>{ $words }</code>, neueste zuerst. Tippe auf eine Nummer für weitere Optionen.
history-no-favourites = Noch keine Favoriten. Tippe unter einem Bild auf ☆.

command-export = Meine Daten exportieren
export-in-private = Schick /export bitte in unserem privaten Chat.
export-wait = Du hast gerade erst einen Export bekommen. Versuch es in einer Minute noch einmal.
export-empty = Es gibt noch nichts zu exportieren. Schick mir einen Prompt, und es geht los.
export-file = { $count ->
    [one] Deine Prompts und Optionen: { $count } Bild.
   *[other] Deine Prompts und Optionen: { $count } Bilder.
}
export-more = Teil { $part }, mit weiteren deiner Bilder.
export-pictures = { $count ->
    [one] { $count } deiner Bilder ist noch bei Telegram.
   *[other] { $count } deiner Bilder sind noch bei Telegram.
} Einzelne Bilder eines Rasters zählen, sobald du sie geöffnet hast.
button-export-pictures = { $count ->
    [one] 🖼 { $count } Bild senden
   *[other] 🖼 { $count } Bilder senden
}
export-sent = { $count ->
    [one] { $count } Bild gesendet.
   *[other] { $count } Bilder gesendet.
}
export-lost = { $count ->
    [one] { $count } Bild ist nicht mehr bei Telegram.
   *[other] { $count } Bilder sind nicht mehr bei Telegram.
}
export-left = { $count ->
    [one] { $count } weiteres fehlt noch.
   *[other] { $count } weitere fehlen noch.
}
