### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/contracts.py

failure-provider-error = { $model } ha tenido un problema. Inténtalo de nuevo o elige otro modelo.
failure-refused = { $model } ha rechazado este prompt. Cámbialo un poco o elige otro modelo.
failure-refused-detail = { $model } lo ha rechazado: «{ $detail }» Cambia el prompt o elige otro modelo.
failure-quota = { $model } ha alcanzado su límite gratuito. Inténtalo más tarde o elige otro modelo.
failure-quota-minutes = { $minutes ->
    [one] { $model } ha alcanzado su límite gratuito. Inténtalo en un minuto o elige otro modelo.
   *[other] { $model } ha alcanzado su límite gratuito. Inténtalo en { $minutes } minutos o elige otro modelo.
}
failure-quota-hours = { $hours ->
    [one] { $model } ha alcanzado su límite gratuito. Inténtalo en una hora o elige otro modelo.
   *[other] { $model } ha alcanzado su límite gratuito. Inténtalo en { $hours } horas o elige otro modelo.
}
failure-payment = { $model } se ha quedado sin crédito; el dueño del bot tiene que recargarlo. De momento, elige otro modelo.
failure-content = { $model } no dibujará esto: infringe sus normas de contenido. Cambia el prompt.
failure-content-detail = { $model } no dibujará esto: «{ $detail }» Cambia el prompt.
failure-length = Este prompt es demasiado largo para { $model }. Acórtalo o elige otro modelo.
failure-parameter = { $model } no admite estos ajustes. Cámbialos en /settings o elige otro modelo.
failure-parameter-detail = { $model } no admite estos ajustes: { $detail }. Cámbialos o elige otro modelo.
failure-model-not-found = { $model } ya no está en su servidor; el dueño del bot tiene que revisar su nombre. De momento, elige otro modelo.
failure-unauthorized = { $model } ha rechazado la clave de API; el dueño del bot tiene que revisarla. De momento, elige otro modelo.
failure-cancelled = { $model } ha cancelado esta imagen. Inténtalo de nuevo o elige otro modelo.
failure-unavailable = No se puede conectar con { $model } ahora mismo. Inténtalo en unos minutos o elige otro modelo.
failure-bad-answer = { $model } ha devuelto una imagen no válida. Inténtalo de nuevo o elige otro modelo.
failure-no-picture = { $model } ha terminado sin ninguna imagen. Inténtalo de nuevo o elige otro modelo.
failure-other-server = El servidor de { $model } no responde bien; el dueño del bot tiene que revisar su dirección. De momento, elige otro modelo.
failure-queue-deadline = { $model } está saturado: has esperado demasiado en la cola. Inténtalo más tarde o elige otro modelo.
failure-deadline = { $model } ha tardado demasiado. Inténtalo de nuevo o elige otro modelo.
failure-daily-cost = Lo dejo aquí: otro intento cuesta más de lo que te queda para hoy. Los modelos gratuitos siguen funcionando.
failure-daily-cost-all = Lo dejo aquí: otro intento cuesta más de lo que queda hoy del presupuesto de todos. Los modelos gratuitos siguen funcionando.
failure-model-gone = { $model } ya no está disponible aquí. Elige otro modelo.
failure-input-picture = No he podido abrir tu imagen de partida. Envíala otra vez como foto.
failure-delivery = La imagen está lista, pero Telegram la ha rechazado. Inténtalo de nuevo o pide un tamaño menor.
failure-no-rights = No puedo escribir allí. Pide a un administrador que me deje enviar mensajes y fotos, e inténtalo de nuevo.
failure-cache-chat = No puedo poner imágenes aquí: el dueño del bot tiene que revisar el chat de las imágenes.
failure-internal = Algo ha fallado por mi parte. Inténtalo de nuevo.

## One draw of several failed: the same, short, for the caption

reason-provider-error = el modelo ha tenido un problema
reason-refused = el modelo la ha rechazado
reason-quota = límite gratuito alcanzado
reason-payment = sin crédito
reason-content = infringe las normas de contenido del modelo
reason-parameter = el modelo no admite estos ajustes
reason-model-not-found = el modelo no está en su servidor
reason-unauthorized = clave de API rechazada
reason-cancelled = cancelada por el modelo
reason-unavailable = no se puede conectar con el modelo
reason-bad-answer = respuesta no válida
reason-no-picture = respuesta sin imagen
reason-other-server = servidor equivocado en su dirección
reason-queue-deadline = cola demasiado larga
reason-deadline = ha tardado demasiado
reason-daily-cost = no queda nada para hoy
reason-daily-cost-all = presupuesto de todos agotado por hoy
reason-model-gone = el modelo ya no está disponible
reason-input-picture = no se ha podido abrir la imagen de partida
reason-delivery = Telegram la ha rechazado
reason-no-rights = no puedo escribir allí
reason-cache-chat = chat de imágenes no disponible
reason-internal = algo ha fallado por mi parte

## Not accepted

refused-too-old = Perdona, no estaba en línea cuando enviaste esto. ¿Lo dibujo ahora?
refused-prompt-empty = ¿Qué dibujo? Escribe el prompt después del comando: <code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = No hay ningún modelo «{ $model }». Disponibles: { $valid }
refused-model-unavailable = { $model } no está disponible ahora mismo. Elige otro con /model.
refused-no-input-picture = { $model } no admite imágenes de partida (image-to-image). Elige otro modelo con /model o pídelo sin la imagen.
refused-parameter = Eso no funciona con este modelo: { $detail }.
refused-queue-full = { $limit ->
    [one] Ya tienes { $limit } imagen en espera. Dame un momento o cancélala: /cancel
   *[other] Ya tienes { $limit } imágenes en espera. Dame un momento o cancela una: /cancel
}
refused-daily-limit = { $limit ->
    [one] Has alcanzado el límite de { $limit } imagen al día. Inténtalo más tarde.
   *[other] Has alcanzado el límite de { $limit } imágenes al día. Inténtalo más tarde.
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = Esto cuesta { $cost } con { $model } y te quedan { $left } para hoy. Los modelos gratuitos siguen funcionando.
refused-daily-cost-all = Esto cuesta { $cost } con { $model }, más de lo que queda hoy del presupuesto de todos. Los modelos gratuitos siguen funcionando.
refused-credits = Esto cuesta { $cost } con { $model } y te quedan { $left } créditos. Compra más o elige un modelo gratuito.
refused-blocked-words = No puedo dibujar esto aquí: el prompt contiene palabras bloqueadas. Dilo de otra manera.
refused-model-not-allowed = { $model } no está permitido en este grupo. Permitidos: { $allowed }
refused-admins-only = En este grupo solo pueden dibujar los administradores. En un chat privado conmigo también puedes tú.
refused-no-channels = En este grupo no se puede dibujar en nombre de un canal. Escribe en tu propio nombre.
refused-cooldown = { $seconds ->
    [one] Tiempo de espera: podrás dibujar en { $seconds } segundo.
   *[other] Tiempo de espera: podrás dibujar en { $seconds } segundos.
}
refused-cooldown-long = { $minutes ->
    [one] Tiempo de espera: podrás dibujar en { $minutes } minuto.
   *[other] Tiempo de espera: podrás dibujar en { $minutes } minutos.
}
refused-request-gone = Ya no tengo esa imagen. Pídela otra vez con /imagine.

## Everything else

error-internal = Algo ha fallado por mi parte. Inténtalo de nuevo.
error-storage = Mi base de datos no está disponible ahora mismo. Lo haré en cuanto pueda.
error-not-allowed = Este bot es privado. Pide acceso a su dueño: tu id es <code>{ $id }</code>.
error-input-size = Esta imagen es demasiado grande para mí (20 MB como máximo). Envíala como foto.
error-not-a-picture = Puedo usar una foto como imagen de partida, pero esto no.

failure-out-of-memory = { $model } se ha quedado sin memoria. Pide un tamaño menor o menos pasos, o elige otro modelo.
failure-too-large = Ampliada, esta imagen sería demasiado grande. Envía una más pequeña.
failure-bad-video = { $model } ha devuelto un vídeo no válido. Inténtalo de nuevo o elige otro modelo.
failure-video-too-long = El vídeo de { $model } es demasiado largo para enviarlo.
failure-video-too-large = El vídeo de { $model } es demasiado grande para Telegram.
failure-no-video = { $model } ha devuelto una imagen en lugar de un vídeo. No sabe animar imágenes.
failure-request-failed = { $model } no puede con esta petición. Cambia el tamaño, los pasos o el prompt, o elige otro modelo.
failure-no-workers = Ningún servidor de { $model } puede dibujar esto ahora mismo. Inténtalo más tarde, pide un tamaño menor o elige otro modelo.
reason-out-of-memory = memoria insuficiente
reason-too-large = la imagen ampliada sería demasiado grande
reason-bad-video = vídeo no válido
reason-video-too-long = el vídeo era demasiado largo
reason-video-too-large = el vídeo era demasiado grande
reason-no-video = una imagen en lugar de un vídeo
reason-request-failed = el modelo no puede con esta petición
reason-no-workers = ningún servidor disponible

error-storage-picture = Mi base de datos no está disponible ahora mismo. Dibujaré tu imagen en cuanto pueda.

# Below a failure: what the operator finds in the log
failure-number = Petición { $number }

refused-too-many-pictures = { $limit ->
    [one] Has dado { $count } imágenes y { $model } solo admite una. Usa menos o elige otro modelo.
   *[other] Has dado { $count } imágenes y { $model } admite { $limit } como máximo. Usa menos o elige otro modelo.
}
refused-pictures-limit = Has dado { $count } imágenes; el máximo es { $limit }.
press-pictures-gone = Ya no tengo estas imágenes. Envíalas otra vez.
error-album-mixed = Puedo usar fotos como imágenes de partida, pero en este álbum hay algo más. Envía solo las fotos.

refused-no-mask = { $model } no admite máscaras. Elige otro modelo o di con palabras qué hay que cambiar.
refused-no-fill = { $model } no puede extender imágenes. Elige otro modelo.
refused-too-large = Ampliada, esta imagen tendría { $megapixels } megapíxeles, y el máximo es { $limit }. Prueba con una más pequeña.
error-album-hidden = En este grupo Telegram solo me muestra la foto con el comando, no el álbum entero. Envía el álbum como respuesta a uno de mis mensajes o pide a un administrador que me haga administrador aquí.
failure-blocked-words = No puedo dibujar esto aquí: el prompt traducido contiene palabras bloqueadas. Dilo de otra manera.
reason-blocked-words = palabras bloqueadas en el prompt
