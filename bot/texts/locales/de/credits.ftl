### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>Dein Guthaben:</b> { $left }
credits-free = Heute kostenlos: { $left } von { $daily }. Das wird zuerst verbraucht und kommt jeden Tag (UTC) neu.
credits-held = Reserviert für Bilder in Arbeit: { $held }
credits-owed = Offen nach einer Erstattung: { $owed }. Dein nächster Kauf gleicht das aus.
credits-subscribed = Dein Abo ist bis { $until } bezahlt.
credits-price = Ein Bild von { $model } kostet { $cost }. Was fehlschlägt oder abgebrochen wird, kostet nichts.
credits-not-needed = Deine Bilder kosten kein Guthaben: Für dich gelten hier keine Limits.
# Once the operator has switched credits off.
credits-closed = Bilder kosten zurzeit kein Guthaben, und es wird keins verkauft. Was du gekauft hast, bleibt dir.
credits-closed-subscription = Dein Abo läuft weiter, bis du es in den Einstellungen von Telegram unter „Sterne“ kündigst.

## Buying

credits-shop = 💎 Mit <b>Guthaben</b> bezahlst du Bilder kostenpflichtiger Modelle. Du kaufst es mit Telegram-Sternen ⭐. Reichen deine Sterne nicht, lade sie zuerst in den Einstellungen von Telegram auf. /terms
credits-in-private = Guthaben kaufst du in unserem privaten Chat.
credits-subscription = 💎 { $credits } Guthaben alle 30 Tage, für jeweils { $stars } ⭐. Kündigen kannst du jederzeit in den Einstellungen von Telegram unter „Sterne“.
button-buy = 💎 Guthaben kaufen
button-pack = 💎 { $credits } für { $stars } ⭐
button-subscription = 🔁 { $credits } alle 30 Tage: { $stars } ⭐
button-subscribe = Für { $stars } ⭐ abonnieren
# An invoice: at most 32 and 255 characters.
credits-invoice-title = Guthaben: { $credits }
credits-invoice = { $credits } Guthaben für Bilder kostenpflichtiger Modelle dieses Bots. Es verfällt nicht.
credits-invoice-subscription = { $credits } Guthaben alle 30 Tage für Bilder kostenpflichtiger Modelle dieses Bots. Es verfällt nicht.
# Telegram shows these when a payment is refused.
checkout-gone = Dieses Angebot gibt es nicht mehr. Mit /buy siehst du die aktuellen.
checkout-not-yours = Diese Rechnung ist für jemand anderen. Mit /buy bekommst du deine eigene.
checkout-banned = Du kannst diesen Bot nicht benutzen, also nimmt er deine Sterne nicht an.
checkout-subscribed = Du hast dieses Abo schon.
checkout-later = Ich kann gerade keine Zahlung annehmen. Versuch es in ein paar Minuten noch einmal.

## Payments

credits-paid = ✅ Danke! Gutgeschrieben: { $credits }. Du hast jetzt { $left }.
credits-renewed = ✅ Dein Abo wurde verlängert: { $credits } Guthaben sind dazugekommen. Du hast jetzt { $left }.
credits-unclear = Deine { $stars } ⭐ sind da, aber ich weiß nicht wofür. Die Betreiber des Bots wissen Bescheid. Schreib ihnen mit /paysupport
credits-refunded = ↩️ Du hast { $stars } ⭐ zurückbekommen. Das Guthaben dieser Zahlung ({ $credits }) ist damit weg.
credits-payment = · { $at }: { $stars } ⭐, Guthaben { $credits }, { $state }, <code>{ $charge }</code>
payment-credited = bezahlt
payment-refunding = wird erstattet
payment-refunded = erstattet
paysupport = Stimmt etwas mit einer Zahlung nicht? Schreib es hinter den Befehl, etwa <code>/paysupport ich habe doppelt bezahlt</code>. Ich gebe es an die Betreiber dieses Bots weiter. Der Support von Telegram hilft bei Käufen in Bots nicht.
paysupport-payments = <b>Deine Zahlungen:</b>
paysupport-sent = Weitergegeben. Die Antwort kommt hier.
paysupport-failed = Ich habe niemanden erreicht. Versuch es bitte später noch einmal.
paysupport-in-private = Schick das bitte in unserem privaten Chat.
terms =
    <b>Bedingungen</b>
    Mit Guthaben bezahlst du Bilder kostenpflichtiger Modelle dieses Bots, sonst nichts. Es verfällt nicht und kann nicht übertragen oder ausgezahlt werden. Was ein Bild kostet, steht im Menü der Modelle; was fehlschlägt oder abgebrochen wird, kostet nichts. Die Bilder macht eine KI, sie können anders ausfallen als erwartet. Erstattungen und Fragen: /paysupport
terms-link = Die Verkaufsbedingungen: { $url }
