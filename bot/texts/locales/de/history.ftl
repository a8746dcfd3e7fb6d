### A person's own pictures, page by page, and deleting their data.

history-title =
    <b>Deine Bilder</b>, neueste zuerst. Tippe auf eine Nummer für weitere Optionen.
    Suche: <code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = <b>Deine Bilder</b> mit <code>{ $words }</code>, neueste zuerst. Tippe auf eine Nummer für weitere Optionen.
history-example = Fuchs
history-empty = Noch keine Bilder. Schick mir einen Prompt, und es geht los.
history-nothing-found = Keine Bilder zu „{ $words }“. Alle ansehen: /history
history-in-private = Deine Bilder sind nur für dich. Schick /history bitte in unserem privaten Chat.
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = Dieses Bild ist nicht mehr in deinem Verlauf.
button-newer = ‹ Neuere
button-older = Ältere ›
button-full = 🖼 Volle Größe

forget-question =
    <b>Alle deine Daten löschen?</b>
    Ich breche deine laufenden Bilder ab und lösche deine Einstellungen, deine Prompts und deinen Verlauf. Bilder in Chats bleiben dort, aber ihre Buttons funktionieren nicht mehr. Das lässt sich nicht rückgängig machen.
forget-in-private = Schick /forget bitte in unserem privaten Chat.
forget-done = Deine Daten sind gelöscht. Um neu anzufangen, schick mir einfach einen Prompt.
forget-kept = Es wurde nichts gelöscht.
button-forget = 🗑 Alles löschen
button-keep = Abbrechen
