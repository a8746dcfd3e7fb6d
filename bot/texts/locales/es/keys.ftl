### /key: las claves que cada cual trae para los modelos.

# $model: the id of a model; $valid: ids of models
key-help =
    Dibuja con tu propia clave de API: <code>/key { $model } TU_CLAVE</code>
    Para quitarla: <code>/key { $model } off</code>

    Tu clave se guarda cifrada, solo se envía a su propio servicio y nunca se muestra. Las imágenes hechas con ella se cobran a tu cuenta.

    Estos modelos aceptan una: { $valid }
key-usage = Pon la clave después del modelo: <code>/key { $model } TU_CLAVE</code>. Para quitar la tuya: <code>/key { $model } off</code>
key-unknown = «{ $wanted }» no acepta clave. Estos modelos sí: { $valid }
# $host: the server to which the key goes
key-malformed = Eso no parece una clave para { $host }. Cópiala otra vez, sin espacios.
key-other-service = Eso parece una clave de { $service }. Aquí habría ido a { $host }, así que no la he guardado.
key-kept =
    🔑 Tu clave para { $host } está guardada y cifrada. Solo la uso allí, para dibujar con: { $models }

    Estas imágenes se cobran a tu cuenta. Para quitar la clave: <code>/key { $model } off</code>
key-removed = Tu clave para { $host } se ha borrado.
key-none-there = No tienes ninguna clave para { $host }.
# $added: a date
key-line = { $state ->
    [refused] 🔑 { $models } ({ $host }), añadida el { $added }: rechazada allí. Envía otra o quítala.
    [unreadable] 🔑 { $models } ({ $host }): ya no se puede leer. Envíala otra vez o quítala.
   *[works] 🔑 { $models } ({ $host }), añadida el { $added }
}
key-nothing-takes-one = Aquí ningún modelo acepta una clave propia.
key-off = Este bot no acepta claves de API propias.
key-in-private = Las claves van en nuestro chat privado. Si este mensaje tenía una, crea otra nueva: alguien pudo verla.
key-unreadable = Ya no puedo leer este comando. Envíalo otra vez, por favor.
key-not-deleted = ⚠️ No he podido borrar tu mensaje. Bórralo tú: contiene la clave.

failure-own-key-refused = { $model } ha rechazado tu clave, o la clave no tiene acceso a este modelo. Envía otra con /key o elige otro modelo.
failure-own-key-quota = Tu cuenta para { $model } se ha quedado sin crédito o cuota. Recárgala o elige otro modelo.
failure-own-key-gone = Tu clave para { $model } ya no está. Envíala otra vez con /key o elige otro modelo.
# In groups, where nobody is to read about somebody's key
failure-own-key = { $model } no ha podido dibujar esto para ti. Pídemelo otra vez en nuestro chat privado para ver el motivo.
reason-own-key-refused = tu clave fue rechazada
reason-own-key-quota = tu cuenta no tiene crédito
reason-own-key-gone = tu clave ya no está
reason-own-key = detalles en el chat privado
