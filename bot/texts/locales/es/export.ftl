### Favourites, and everything of one's own to take away.

button-star = ☆
button-starred = ★
favourite-added = ★ Añadida a tus favoritas. Míralas en /history.
favourite-removed = Quitada de tus favoritas.
button-favourites = ★ Favoritas
button-all-pictures = Todas las imágenes
# $words stands in <code>: it is read from there when the page is turned.
history-favourites = <b>Tus favoritas</b> <code>{ $words }</code>, las más recientes primero. Toca un número para ver las opciones.
history-no-favourites = Aún no hay favoritas. Toca ☆ debajo de una imagen.

command-export = Exportar mis datos
export-in-private = Envía /export en nuestro chat privado.
export-wait = Acabas de recibir una exportación. Inténtalo dentro de un minuto.
export-empty = Aún no hay nada que exportar. Envíame un prompt para empezar.
export-file = { $count ->
    [one] Tus prompts y opciones: { $count } imagen.
   *[other] Tus prompts y opciones: { $count } imágenes.
}
export-more = Parte { $part }, con más imágenes tuyas.
export-pictures = { $count ->
    [one] { $count } de tus imágenes sigue en Telegram.
   *[other] { $count } de tus imágenes siguen en Telegram.
} Las imágenes de una cuadrícula cuentan cuando ya las has abierto.
button-export-pictures = { $count ->
    [one] 🖼 Enviar { $count } imagen
   *[other] 🖼 Enviar { $count } imágenes
}
export-sent = { $count ->
    [one] { $count } imagen enviada.
   *[other] { $count } imágenes enviadas.
}
export-lost = { $count ->
    [one] { $count } imagen ya no está en Telegram.
   *[other] { $count } imágenes ya no están en Telegram.
}
export-left = { $count ->
    [one] Queda { $count } más.
   *[other] Quedan { $count } más.
}
