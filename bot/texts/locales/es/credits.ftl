### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>Tus créditos:</b> { $left }
credits-free = Gratis hoy: { $left } de { $daily }. Se gastan primero y se renuevan cada día (UTC).
credits-held = Reservados para imágenes en curso: { $held }
credits-owed = Pendiente tras un reembolso: { $owed }. Tu próxima compra lo cubrirá.
credits-subscribed = Tu suscripción está pagada hasta { $until }.
credits-price = Una imagen de { $model } cuesta { $cost }. Lo que falla o se cancela no cuesta nada.
credits-not-needed = Tus imágenes no cuestan créditos: aquí no tienes límites.
# Once the operator has switched credits off.
credits-closed = Por ahora las imágenes no cuestan créditos y no se venden. Los que compraste siguen siendo tuyos.
credits-closed-subscription = Tu suscripción continúa hasta que la canceles en los ajustes de Telegram, en Estrellas.

## Buying

credits-shop = 💎 Con los <b>créditos</b> se pagan las imágenes de los modelos de pago. Se compran con estrellas de Telegram ⭐. Si no te alcanzan, recárgalas antes en los ajustes de Telegram. /terms
credits-in-private = Los créditos se compran en nuestro chat privado.
credits-subscription = 💎 { $credits } créditos cada 30 días, por { $stars } ⭐ cada vez. Puedes cancelar cuando quieras en los ajustes de Telegram, en Estrellas.
button-buy = 💎 Comprar créditos
button-pack = 💎 { $credits } por { $stars } ⭐
button-subscription = 🔁 { $credits } cada 30 días: { $stars } ⭐
button-subscribe = Suscribirse por { $stars } ⭐
# An invoice: at most 32 and 255 characters.
credits-invoice-title = Créditos: { $credits }
credits-invoice = Créditos para imágenes de los modelos de pago de este bot: { $credits }. No caducan.
credits-invoice-subscription = Créditos cada 30 días para imágenes de los modelos de pago de este bot: { $credits }. No caducan.
# Telegram shows these when a payment is refused.
checkout-gone = Esta oferta ya no está disponible. Envía /buy para ver las actuales.
checkout-not-yours = Esta factura es para otra persona. Envía /buy para recibir la tuya.
checkout-banned = No puedes usar este bot, así que no acepta tus estrellas.
checkout-subscribed = Ya tienes esta suscripción.
checkout-later = Ahora mismo no puedo aceptar pagos. Inténtalo de nuevo en unos minutos.

## Payments

credits-paid = ✅ ¡Gracias! Créditos añadidos: { $credits }. Ahora tienes { $left }.
credits-renewed = ✅ Tu suscripción ha añadido créditos: { $credits }. Ahora tienes { $left }.
credits-unclear = He recibido tus { $stars } ⭐, pero no sé a qué corresponden. Los responsables del bot ya lo saben. Puedes escribirles: /paysupport
credits-refunded = ↩️ Te han devuelto { $stars } ⭐. Los créditos de ese pago se han retirado: { $credits }.
credits-payment = · { $at }: { $stars } ⭐, créditos { $credits }, { $state }, <code>{ $charge }</code>
payment-credited = pagado
payment-refunding = reembolso en curso
payment-refunded = reembolsado
paysupport = ¿Algún problema con un pago? Escríbelo después del comando, por ejemplo <code>/paysupport he pagado dos veces</code>. Se lo paso a los responsables de este bot. El soporte de Telegram no ayuda con las compras en bots.
paysupport-payments = <b>Tus pagos:</b>
paysupport-sent = Enviado. Te responderán aquí.
paysupport-failed = No he podido contactar con nadie. Inténtalo más tarde.
paysupport-in-private = Envía esto en nuestro chat privado, por favor.
terms =
    <b>Condiciones</b>
    Los créditos solo sirven para pagar imágenes de los modelos de pago de este bot. No caducan y no se pueden transferir ni canjear por dinero. El precio de una imagen está en el menú de modelos; lo que falla o se cancela no cuesta nada. Las imágenes las hace una IA y pueden ser distintas de lo que esperabas. Reembolsos y preguntas: /paysupport
terms-link = Las condiciones de venta: { $url }
