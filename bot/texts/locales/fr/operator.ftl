### What members read of the operators' decisions. The operators' own texts are in English and Russian so far.

command-report = Signaler une image (en réponse)
banned = Vous ne pouvez plus utiliser ce bot.{ $reason }
banned-until = Vous ne pouvez pas utiliser ce bot avant le { $until } UTC.{ $reason }
refused-banned = Vous ne pouvez pas utiliser ce bot pour le moment.
refused-maintenance = Je suis en maintenance. { $sentence }
refused-model-off = { $model } est désactivé. { $sentence }
failure-switched-off = { $model } est désactivé. Choisissez un autre modèle.
reason-switched-off = désactivé par l’opérateur
operator-message =
    <b>Un message de l’opérateur du bot :</b>
    { $words }
failure-output-refused = Je ne peux pas montrer le résultat de ce prompt. Reformulez-le.
failure-output-unchecked = Les images ne peuvent pas être vérifiées en ce moment, je ne peux donc pas les montrer. Réessayez plus tard.
reason-output-refused = ne peut pas être montrée
reason-output-unchecked = n’a pas pu être vérifiée
button-report = 🚩 Signaler
button-reports = 🚩 Signalements : { $count }
button-report-delete = 🗑 Supprimer
button-report-dismiss = Ignorer
report-taken = Merci. Quelqu’un va regarder cette image.
report-known = Cette image a déjà été signalée.
report-too-many = C’est assez pour aujourd’hui. Signalez les autres demain.
report-nothing = Répondez avec /report à une de mes images.
report-in-group =
    🚩 <b>Signalée par un membre :</b> { $prompt }
    { $link }
report-deleted = Supprimée.
report-dismissed = Ignoré.
report-decided = Une décision a déjà été prise.
report-gone = Cette image n’existe plus.
button-broadcasts-off = 🔕 Ne plus recevoir ces messages
button-broadcasts-on = 🔔 Recevoir à nouveau ces messages
broadcasts-off = Vous ne recevrez plus ces messages.
broadcasts-on = Vous recevrez à nouveau ces messages.
