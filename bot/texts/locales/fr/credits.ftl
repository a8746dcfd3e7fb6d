### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>Vos crédits :</b> { $left }
credits-free = Gratuits aujourd’hui : { $left } sur { $daily }. Ils sont utilisés en premier et renouvelés chaque jour (UTC).
credits-held = Réservés pour les images en cours : { $held }
credits-owed = Dû après un remboursement : { $owed }. Votre prochain achat le couvrira.
credits-subscribed = Votre abonnement est payé jusqu’au { $until }.
credits-price = Une image de { $model } coûte { $cost }. Ce qui échoue ou est annulé ne coûte rien.
credits-not-needed = Vos images ne coûtent aucun crédit : vous n’avez pas de limites ici.
# Once the operator has switched credits off.
credits-closed = Pour l’instant, les images ne coûtent aucun crédit et aucun n’est vendu. Ceux que vous avez achetés restent à vous.
credits-closed-subscription = Votre abonnement continue jusqu’à ce que vous le résiliiez dans les paramètres de Telegram, rubrique Étoiles.

## Buying

credits-shop = 💎 Les <b>crédits</b> servent à payer les images des modèles payants. Vous les achetez avec des étoiles Telegram ⭐. S’il vous en manque, rechargez-les d’abord dans les paramètres de Telegram. /terms
credits-in-private = Les crédits s’achètent dans notre chat privé.
credits-subscription = 💎 { $credits } crédits tous les 30 jours, pour { $stars } ⭐ à chaque fois. Vous pouvez résilier à tout moment dans les paramètres de Telegram, rubrique Étoiles.
button-buy = 💎 Acheter des crédits
button-pack = 💎 { $credits } pour { $stars } ⭐
button-subscription = 🔁 { $credits } tous les 30 jours : { $stars } ⭐
button-subscribe = S’abonner pour { $stars } ⭐
# An invoice: at most 32 and 255 characters.
credits-invoice-title = Crédits : { $credits }
credits-invoice = Crédits pour les images des modèles payants de ce bot : { $credits }. Ils n’expirent pas.
credits-invoice-subscription = Crédits tous les 30 jours pour les images des modèles payants de ce bot : { $credits }. Ils n’expirent pas.
# Telegram shows these when a payment is refused.
checkout-gone = Cette offre n’existe plus. Envoyez /buy pour voir les offres actuelles.
checkout-not-yours = Cette facture est pour quelqu’un d’autre. Envoyez /buy pour avoir la vôtre.
checkout-banned = Vous ne pouvez pas utiliser ce bot, il ne prend donc pas vos étoiles.
checkout-subscribed = Vous avez déjà cet abonnement.
checkout-later = Je ne peux pas encaisser de paiement pour l’instant. Réessayez dans quelques minutes.

## Payments

credits-paid = ✅ Merci ! Crédits ajoutés : { $credits }. Vous en avez maintenant { $left }.
credits-renewed = ✅ Votre abonnement a ajouté des crédits : { $credits }. Vous en avez maintenant { $left }.
credits-unclear = J’ai reçu vos { $stars } ⭐, mais je ne sais pas à quoi ils correspondent. Les responsables du bot sont prévenus. Vous pouvez leur écrire : /paysupport
credits-refunded = ↩️ On vous a rendu { $stars } ⭐. Les crédits de ce paiement sont retirés : { $credits }.
credits-payment = · { $at } : { $stars } ⭐, crédits { $credits }, { $state }, <code>{ $charge }</code>
payment-credited = payé
payment-refunding = remboursement en cours
payment-refunded = remboursé
paysupport = Un problème avec un paiement ? Écrivez-le après la commande, par exemple <code>/paysupport j’ai payé deux fois</code>. Je le transmets aux responsables de ce bot. L’assistance de Telegram n’aide pas pour les achats dans les bots.
paysupport-payments = <b>Vos paiements :</b>
paysupport-sent = C’est transmis. La réponse arrivera ici.
paysupport-failed = Je n’ai pu joindre personne. Réessayez plus tard.
paysupport-in-private = Envoyez cela dans notre chat privé, s’il vous plaît.
terms =
    <b>Conditions</b>
    Les crédits ne servent qu’à payer les images des modèles payants de ce bot. Ils n’expirent pas et ne peuvent être ni cédés ni remboursés en argent. Le prix d’une image est indiqué dans le menu des modèles ; ce qui échoue ou est annulé ne coûte rien. Les images sont faites par une IA et peuvent différer de vos attentes. Remboursements et questions : /paysupport
terms-link = Les conditions de vente : { $url }
