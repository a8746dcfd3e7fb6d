### What the admins of a group choose for it, with /group.

group-menu =
    <b>Ajustes del grupo</b>
    Se aplican a todos los miembros de este grupo.
channel-menu =
    <b>Ajustes del canal</b>
    Estos ajustes valen para las publicaciones de este canal.
group-privacy =
    El modo de privacidad está activado: aquí solo veo los comandos y las respuestas a mis mensajes, no <code>@{ $username } un zorro</code>. Hazme administrador para que eso también funcione.
group-only-groups = Esto es para grupos: añádeme a uno y envía /group allí.
group-admins-only = Solo los administradores de este grupo pueden cambiar esto.

group-who = Quién puede dibujar
group-models = Modelos
group-default = Modelo por defecto
group-cooldown = Tiempo de espera
group-spoiler = Spoiler
group-language = Idioma
group-posts = Publicaciones

group-hint-who = Quién puede pedirme imágenes en este grupo.
group-hint-models = Los modelos marcados están permitidos en este grupo. Toca para cambiarlo.
group-hint-default = El modelo de los miembros que no han elegido uno.
group-hint-cooldown = Cuánto espera cada miembro entre dos imágenes. Los administradores no esperan.
group-hint-language = El idioma de lo que ven todos. Los menús siguen en el idioma de cada miembro.

group-who-everyone = todos
group-who-admins = solo administradores
group-who-people = personas, no canales
group-models-all = todos
group-default-operator = el del bot
group-language-each = el de cada miembro
group-button-all = Permitir todos
group-button-operator = El del bot

value-none = ninguno
value-seconds = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}
value-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
