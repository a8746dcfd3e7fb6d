### What operators (ADMIN_IDS) read in their private chats, and what members read of their decisions.

## To members

banned = Ya no puedes usar este bot.{ $reason }
banned-until = No puedes usar este bot hasta { $until } UTC.{ $reason }
refused-banned = Ahora mismo no puedes usar este bot.
refused-maintenance = Estoy en mantenimiento. { $sentence }
refused-model-off = { $model } está desactivado. { $sentence }
failure-switched-off = { $model } está desactivado. Elige otro modelo.
reason-switched-off = desactivado por el operador
operator-message =
    <b>Un mensaje del operador del bot:</b>
    { $words }

## Buttons

button-period-today = Hoy
button-period-week = 7 días
button-period-month = 30 días
button-chart = 📈 Gráfico
button-models = Modelos
button-audit = Registro
button-pause = ⏸ Pausar el bot
button-resume = ▶️ Reanudar
button-ban = 🚫 Bloquear
button-ban-days = { $days ->
    [one] 🚫 { $days } día
   *[other] 🚫 { $days } días
}
button-unban = Desbloquear
button-exempt = Sin límites
button-limits-default = Límites por defecto

## Statistics

admin-usage = <b>Desde { $since } UTC</b>
admin-paused = ⏸ <b>El bot está en pausa:</b> { $sentence }
admin-requests = <b>Peticiones:</b> { $counts }
admin-pictures = <b>Imágenes:</b> { $counts }
admin-people = <b>Personas:</b> { $active } activas, { $new } nuevas
admin-times = <b>Espera (p50 / p95):</b> { $wait } · <b>Dibujo:</b> { $draw }
admin-seconds = { $seconds } s
admin-models = <b>Modelos:</b> { $counts }
admin-chats = <b>Chats:</b> { $counts }
admin-cost = <b>Coste:</b> { $total } { $counts }
admin-own-keys = <b>Con claves propias:</b> { $counts }
admin-failures = <b>Fallos:</b> { $counts }
admin-example = · { $request } { $model }: { $reason } ({ $detail })
outcome-waiting = en espera
outcome-drawing = dibujándose
outcome-drawn = dibujadas
outcome-delivered = entregadas
outcome-failed = fallidas
outcome-cancelled = canceladas
outcome-undeliverable = no entregables

## Models and the log

admin-switches = { $count ->
    [one] <b>Modelos:</b> { $count } activo. Toca para cambiarlo. Para explicar el motivo: <code>/admin off MODELO frase</code>
   *[other] <b>Modelos:</b> { $count } activos. Toca para cambiarlos. Para explicar el motivo: <code>/admin off MODELO frase</code>
}
admin-switched-off = ⛔ { $model }: { $sentence }
admin-model-unknown = No hay ningún modelo «{ $model }».
admin-audit = <b>Lo que han hecho los operadores</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail } (por { $by })

## One person

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>Peticiones en 30 días:</b> { $counts }
admin-person-cost = <b>Coste:</b> { $day } en 24 horas, { $month } en 30 días
admin-person-exempt = Sin límites.
admin-person-limits = Límites propios al día: { $limit } peticiones, coste { $cost }
admin-person-banned = 🚫 Bloqueo hasta { $until }: { $reason }
admin-person-request = · { $request } { $at } { $model }, { $outcome }: { $prompt }
admin-person-orders = <code>/admin ban { $id } 7d motivo</code>
    <code>/admin limit { $id } 50 1.5</code> (peticiones y coste al día)
    <code>/admin message { $id } texto</code>
admin-for-good = nuevo aviso
admin-banned = { $id }: bloqueo hasta { $until }.
admin-ban-oneself = No puedes bloquearte a ti mismo.
admin-ban-operator = Es un operador. Quita antes su id de ADMIN_IDS.
admin-nobody = No conozco a nadie llamado { $who }. Usa el id o responde a un mensaje reenviado.
admin-hidden = Telegram oculta quién escribió este mensaje. Usa el id.
admin-message-sent = Enviado.
admin-message-failed = No enviado: { $reason }
admin-orders = Envía uno de estos comandos:
    <code>/admin</code>
    <code>/admin 12345</code> o <code>@name</code>, o responde con /admin a un mensaje reenviado
    <code>/admin ban 12345 7d motivo</code>, <code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>, <code>/admin exempt 12345</code>
    <code>/admin message 12345 texto</code>
    <code>/admin off MODELO frase</code>, <code>/admin on MODELO</code>
    <code>/admin pause frase</code>, <code>/admin resume</code>, <code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Reports

button-report = 🚩 Denunciar
button-reports = 🚩 Denuncias: { $count }
button-report-delete = 🗑 Borrar
button-report-ban = 🚫 Borrar y bloquear
button-report-dismiss = Descartar
report-taken = Gracias. Alguien revisará esta imagen.
report-known = Esta imagen ya se ha denunciado.
report-too-many = Es suficiente por hoy. Denuncia más mañana.
report-nothing = Responde con /report a una imagen mía.
report-card =
    🚩 <b>Denuncia:</b> petición { $request } ({ $model }) de { $person } en { $chat }, denunciada por { $by }
    { $prompt }
report-in-group =
    🚩 <b>Denuncia de un miembro:</b> { $prompt }
    { $link }
report-deleted = Borrada.
report-banned = Borrada, y su autor está bloqueado.
report-dismissed = Descartada.
report-decided = Alguien ya ha decidido.
report-gone = Esta imagen ya no existe.

## Output check

failure-output-refused = No puedo mostrar lo que ha salido de este prompt. Dilo de otra manera.
failure-output-unchecked = Ahora mismo no se pueden revisar las imágenes, así que no puedo mostrarlas. Inténtalo más tarde.
reason-output-refused = no se puede mostrar
reason-output-unchecked = no se pudo revisar

## Broadcasts

button-broadcast-test = Enviármelo
button-broadcast-start = ▶️ Empezar
button-broadcast-pause = ⏸ Pausar
button-broadcast-stop = ⏹ Detener
button-broadcasts-off = 🔕 No recibir más mensajes así
button-broadcasts-on = 🔔 Volver a recibir estos mensajes
broadcasts-off = Ya no recibirás mensajes así.
broadcasts-on = Volverás a recibir estos mensajes.
broadcast-usage = Responde al mensaje con <code>/broadcast 30</code>: quienes me hayan usado en los últimos 30 días recibirán una copia.
broadcast-nobody = Nadie lo recibiría: nadie ha estado activo en ese tiempo.
broadcast-draft = { $count ->
    [one] { $count } persona recibiría este mensaje. Envíatelo antes a ti y después empieza.
   *[other] { $count } personas recibirían este mensaje. Envíatelo antes a ti y después empieza.
}
broadcast-tested = Te lo he enviado.
broadcast-test-failed = No se puede copiar: { $reason }
broadcast-running = 📣 Enviando. Enviados: { $sent }, me han bloqueado: { $gone }, fallidos: { $failed }
broadcast-paused = ⏸ En pausa. Enviados: { $sent }, me han bloqueado: { $gone }, fallidos: { $failed }
broadcast-stopped = ⏹ Detenido. Enviados: { $sent }, me han bloqueado: { $gone }, fallidos: { $failed }
broadcast-done = ✅ Listo. Enviados: { $sent }, me han bloqueado: { $gone }, fallidos: { $failed }

## Alerts

alert-model-down = ⚠️ { $model } lleva diez minutos sin funcionar.
alert-unauthorized = ⚠️ { $model } ha rechazado la clave de API.
alert-key-refused = ⚠️ { $model } ha rechazado la clave de API { $key }. Las demás claves siguen funcionando.
alert-payment = ⚠️ { $model } se ha quedado sin crédito.
alert-cost = ⚠️ Se ha gastado el { $percent } % del presupuesto de hoy para todos (DAILY_COST).
alert-disk = ⚠️ Queda un { $percent } % libre en el disco.
alert-webhook = ⚠️ Puede que las actualizaciones no lleguen: { $reason }.
alert-migration = ⚠️ Una versión más reciente ha migrado la base de datos. Reinicia este proceso con esa versión.

## Credits

admin-person-credits = <b>Créditos:</b> comprados { $paid }, gratis hoy { $free }, reservados { $held }
button-refund = ↩️ Reembolsar { $stars } ⭐ ({ $at })
button-refund-sure = ↩️ Sí, reembolsar { $stars } ⭐
admin-refund-sure = ¿Reembolsar { $stars } ⭐ a { $id }? Créditos que se retiran: { $credits }; comprados que quedan: { $left }.
# Behind admin-refund-sure
admin-refund-subscription = La suscripción termina con ello: Telegram no la renovará.
admin-refund-unknown = No existe ese pago.
admin-refund-known = Este pago ya está reembolsado o a punto de estarlo.
admin-refund-asked = Pido a Telegram que reembolse { $stars } ⭐ a { $id }. Te diré qué resulta.
admin-refund-done = ↩️ Se han reembolsado { $stars } ⭐ a { $id }.
admin-refund-delayed = ⚠️ Aún no se pueden reembolsar { $stars } ⭐ a { $id }. Sigo intentándolo. { $reason }
admin-refund-refused = ⚠️ Telegram no reembolsa { $stars } ⭐ a { $id }; vuelve a tener sus créditos. { $reason }
operator-payment-banned = ⚠️ { $id } tiene prohibido el bot y aun así ha pagado { $stars } ⭐. Los créditos son suyos. Para reembolsar: <code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ { $id } ha pagado { $stars } ⭐ por algo que no conozco. Para reembolsar: <code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ { $id } ha pagado { $stars } ⭐ aunque CREDITS ya no está definido. Los créditos son suyos. Para reembolsar: <code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>Sobre un pago</b>, de { $id }: { $words }
    Para responder: <code>/admin message { $id } texto</code>
