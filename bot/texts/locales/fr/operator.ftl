### What operators (ADMIN_IDS) read in their private chats, and what members read of their decisions.

## To members

banned = Vous ne pouvez plus utiliser ce bot.{ $reason }
banned-until = Vous ne pouvez pas utiliser ce bot jusqu’au { $until } UTC.{ $reason }
refused-banned = Vous ne pouvez pas utiliser ce bot pour le moment.
refused-maintenance = Je suis en maintenance. { $sentence }
refused-model-off = { $model } est désactivé. { $sentence }
failure-switched-off = { $model } est désactivé. Choisissez un autre modèle.
reason-switched-off = désactivé par l’opérateur
operator-message =
    <b>Un message de l’opérateur du bot :</b>
    { $words }

## Buttons

button-period-today = Aujourd’hui
button-period-week = 7 jours
button-period-month = 30 jours
button-chart = 📈 Graphique
button-models = Modèles
button-audit = Journal
button-pause = ⏸ Suspendre le bot
button-resume = ▶️ Reprendre
button-ban = 🚫 Bannir
button-ban-days = { $days ->
    [one] 🚫 { $days } jour
   *[other] 🚫 { $days } jours
}
button-unban = Débannir
button-exempt = Sans limites
button-limits-default = Limites par défaut

## Statistics

admin-usage = <b>Depuis { $since } UTC</b>
admin-paused = ⏸ <b>Le bot est suspendu :</b> { $sentence }
admin-requests = <b>Demandes :</b> { $counts }
admin-pictures = <b>Images :</b> { $counts }
admin-people = <b>Personnes :</b> { $active } actives, { $new } nouvelles
admin-times = <b>Attente (p50 / p95) :</b> { $wait } · <b>Dessin :</b> { $draw }
admin-seconds = { $seconds } s
admin-models = <b>Modèles :</b> { $counts }
admin-chats = <b>Chats :</b> { $counts }
admin-cost = <b>Coût :</b> { $total } { $counts }
admin-own-keys = <b>Avec leurs propres clés :</b> { $counts }
admin-failures = <b>Échecs :</b> { $counts }
admin-example = · { $request } { $model } : { $reason } ({ $detail })
outcome-waiting = en attente
outcome-drawing = en cours
outcome-drawn = dessinées
outcome-delivered = envoyées
outcome-failed = échouées
outcome-cancelled = annulées
outcome-undeliverable = non envoyables

## Models and the log

admin-switches = { $count ->
    [one] <b>Modèles :</b> { $count } activé. Touchez pour basculer. Pour dire pourquoi aux membres : <code>/admin off MODÈLE phrase</code>
   *[other] <b>Modèles :</b> { $count } activés. Touchez pour basculer. Pour dire pourquoi aux membres : <code>/admin off MODÈLE phrase</code>
}
admin-switched-off = ⛔ { $model } : { $sentence }
admin-model-unknown = Il n’y a pas de modèle « { $model } ».
admin-audit = <b>Ce que les opérateurs ont fait</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail } (par { $by })

## One person

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>Demandes en 30 jours :</b> { $counts }
admin-person-cost = <b>Coût :</b> { $day } en 24 heures, { $month } en 30 jours
admin-person-exempt = Sans limites.
admin-person-limits = Limites propres par jour : { $limit } demandes, coût { $cost }
admin-person-banned = 🚫 Banni, fin : { $until } ; { $reason }
admin-person-request = · { $request } { $at } { $model }, { $outcome } : { $prompt }
admin-person-orders = <code>/admin ban { $id } 7d raison</code>
    <code>/admin limit { $id } 50 1.5</code> (demandes et coût par jour)
    <code>/admin message { $id } texte</code>
admin-for-good = sans date
admin-banned = { $id } est banni. Fin : { $until }.
admin-ban-oneself = Vous ne pouvez pas vous bannir vous-même.
admin-ban-operator = C’est un opérateur. Retirez d’abord son id de ADMIN_IDS.
admin-nobody = Je ne connais personne du nom de { $who }. Utilisez l’id, ou répondez à un message transféré.
admin-hidden = Telegram cache l’auteur de ce message. Utilisez l’id.
admin-message-sent = Envoyé.
admin-message-failed = Non envoyé : { $reason }
admin-orders = Envoyez l’une de ces commandes :
    <code>/admin</code>
    <code>/admin 12345</code> ou <code>@name</code>, ou répondez /admin à un message transféré
    <code>/admin ban 12345 7d raison</code>, <code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>, <code>/admin exempt 12345</code>
    <code>/admin message 12345 texte</code>
    <code>/admin off MODÈLE phrase</code>, <code>/admin on MODÈLE</code>
    <code>/admin pause phrase</code>, <code>/admin resume</code>, <code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Reports

button-report = 🚩 Signaler
button-reports = 🚩 Signalements : { $count }
button-report-delete = 🗑 Supprimer
button-report-ban = 🚫 Supprimer et bannir
button-report-dismiss = Rejeter
report-taken = Merci. Quelqu’un va regarder cette image.
report-known = Cette image a déjà été signalée.
report-too-many = C’est assez pour aujourd’hui. Signalez la suite demain.
report-nothing = Répondez /report à l’une de mes images.
report-card =
    🚩 <b>Signalée :</b> demande { $request } ({ $model }) de { $person } dans { $chat }, signalée par { $by }
    { $prompt }
report-in-group =
    🚩 <b>Signalée par un membre :</b> { $prompt }
    { $link }
report-deleted = Supprimée.
report-banned = Supprimée, et son auteur est banni.
report-dismissed = Rejeté.
report-decided = Quelqu’un a déjà décidé.
report-gone = Cette image n’existe plus.

## Output check

failure-output-refused = Je ne peux pas montrer ce que ce prompt a donné. Reformulez-le.
failure-output-unchecked = Les images ne peuvent pas être vérifiées pour le moment, je ne peux donc pas les montrer. Réessayez plus tard.
reason-output-refused = ne peut pas être montrée
reason-output-unchecked = n’a pas pu être vérifiée

## Broadcasts

button-broadcast-test = M’envoyer le message
button-broadcast-start = ▶️ Démarrer
button-broadcast-pause = ⏸ Pause
button-broadcast-stop = ⏹ Arrêter
button-broadcasts-off = 🔕 Ne plus recevoir ces messages
button-broadcasts-on = 🔔 Recevoir à nouveau ces messages
broadcasts-off = Vous ne recevrez plus ces messages.
broadcasts-on = Vous recevrez à nouveau ces messages.
broadcast-usage = Répondez <code>/broadcast 30</code> au message : toutes les personnes qui m’ont utilisé ces 30 derniers jours en reçoivent une copie.
broadcast-nobody = Personne ne le recevrait : personne n’a été actif pendant cette période.
broadcast-draft = { $count ->
    [one] { $count } personne recevrait ce message. Envoyez-le d’abord à vous-même, puis démarrez.
   *[other] { $count } personnes recevraient ce message. Envoyez-le d’abord à vous-même, puis démarrez.
}
broadcast-tested = Le message vous a été envoyé.
broadcast-test-failed = Impossible de le copier : { $reason }
broadcast-running = 📣 Envoi en cours. Envoyés : { $sent }, m’ont bloqué : { $gone }, échecs : { $failed }
broadcast-paused = ⏸ En pause. Envoyés : { $sent }, m’ont bloqué : { $gone }, échecs : { $failed }
broadcast-stopped = ⏹ Arrêté. Envoyés : { $sent }, m’ont bloqué : { $gone }, échecs : { $failed }
broadcast-done = ✅ Terminé. Envoyés : { $sent }, m’ont bloqué : { $gone }, échecs : { $failed }

## Alerts

alert-model-down = ⚠️ { $model } est en panne depuis dix minutes.
alert-unauthorized = ⚠️ { $model } a refusé la clé d’API.
alert-key-refused = ⚠️ { $model } a refusé la clé d’API { $key }. Les autres clés continuent de servir.
alert-payment = ⚠️ { $model } n’a plus de crédit.
alert-cost = ⚠️ { $percent } % du budget commun d’aujourd’hui est dépensé (DAILY_COST).
alert-disk = ⚠️ Il reste { $percent } % d’espace disque.
alert-webhook = ⚠️ Les mises à jour n’arrivent peut-être pas : { $reason }.
alert-migration = ⚠️ Une version plus récente a migré la base de données. Redémarrez ce processus avec cette version.

## Credits

admin-person-credits = <b>Crédits :</b> achetés { $paid }, gratuits aujourd’hui { $free }, réservés { $held }
button-refund = ↩️ Rembourser { $stars } ⭐ ({ $at })
button-refund-sure = ↩️ Oui, rembourser { $stars } ⭐
admin-refund-sure = Rembourser { $stars } ⭐ à { $id } ? Crédits retirés : { $credits } ; crédits achetés restants : { $left }.
# Behind admin-refund-sure
admin-refund-subscription = L’abonnement prend fin avec : Telegram ne le renouvellera plus.
admin-refund-unknown = Ce paiement n’existe pas.
admin-refund-known = Ce paiement est déjà remboursé, ou en train de l’être.
admin-refund-asked = Je demande à Telegram de rembourser { $stars } ⭐ à { $id }. Je vous dirai ce qu’il en est.
admin-refund-done = ↩️ { $stars } ⭐ ont été remboursées à { $id }.
admin-refund-delayed = ⚠️ { $stars } ⭐ pour { $id } ne peuvent pas encore être remboursées. Je continue d’essayer. { $reason }
admin-refund-refused = ⚠️ Telegram refuse de rembourser { $stars } ⭐ à { $id } ; les crédits lui sont rendus. { $reason }
operator-payment-banned = ⚠️ { $id } est banni mais a payé { $stars } ⭐. Les crédits lui sont acquis. Pour rembourser : <code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ { $id } a payé { $stars } ⭐ pour quelque chose que je ne connais pas. Pour rembourser : <code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ { $id } a payé { $stars } ⭐ alors que CREDITS n’est plus défini. Les crédits lui appartiennent. Pour rembourser : <code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>À propos d’un paiement</b>, de { $id } : { $words }
    Pour répondre : <code>/admin message { $id } texte</code>
