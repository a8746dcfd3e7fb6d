### What members read of the operators' decisions. The operators' own texts are in English and Russian so far.

command-report = Denunciar una imagen (respondiendo a ella)
banned = Ya no puedes usar este bot.{ $reason }
banned-until = No puedes usar este bot hasta el { $until } UTC.{ $reason }
refused-banned = Ahora no puedes usar este bot.
refused-maintenance = Estoy en mantenimiento. { $sentence }
refused-model-off = { $model } está desactivado. { $sentence }
failure-switched-off = { $model } está desactivado. Elige otro modelo.
reason-switched-off = desactivado por el operador
operator-message =
    <b>Un mensaje del operador del bot:</b>
    { $words }
failure-output-refused = No puedo mostrar lo que salió de este prompt. Prueba a reformularlo.
failure-output-unchecked = Ahora no se pueden comprobar las imágenes, así que no puedo mostrarlas. Inténtalo más tarde.
reason-output-refused = no se puede mostrar
reason-output-unchecked = no se pudo comprobar
button-report = 🚩 Denunciar
button-reports = 🚩 Denuncias: { $count }
button-report-delete = 🗑 Eliminar
button-report-dismiss = Descartar
report-taken = Gracias. Alguien revisará esta imagen.
report-known = Esta imagen ya fue denunciada.
report-too-many = Basta por hoy. Denuncia las demás mañana.
report-nothing = Responde con /report a una imagen mía.
report-in-group =
    🚩 <b>Denunciada por un miembro:</b> { $prompt }
    { $link }
report-deleted = Eliminada.
report-dismissed = Descartada.
report-decided = Ya se ha decidido.
report-gone = Esta imagen ya no existe.
button-broadcasts-off = 🔕 No recibir más estos mensajes
button-broadcasts-on = 🔔 Volver a recibir estos mensajes
broadcasts-off = Ya no recibirás estos mensajes.
broadcasts-on = Volverás a recibir estos mensajes.
