### What the admins of a group choose for it, with /group.

group-menu =
    <b>Configurações do grupo</b>
    Elas valem para todos neste grupo.
channel-menu =
    <b>Configurações do canal</b>
    Estas configurações valem para as publicações deste canal.
group-privacy =
    O modo de privacidade está ativado: aqui eu só vejo comandos e respostas a mim, não <code>@{ $username } uma raposa</code>. Me torne administrador para que isso também funcione.
group-only-groups = Isto é para grupos: me adicione a um e envie /group lá.
group-admins-only = Só administradores deste grupo podem mudar isso.

group-who = Quem pode desenhar
group-models = Modelos
group-default = Modelo padrão
group-cooldown = Tempo de espera
group-spoiler = Spoiler
group-language = Idioma
group-posts = Publicações

group-hint-who = Quem pode me pedir imagens neste grupo.
group-hint-models = Os modelos marcados são permitidos neste grupo. Toque para alternar.
group-hint-default = O modelo dos membros que não escolheram nenhum.
group-hint-cooldown = Quanto tempo cada membro espera entre duas imagens. Administradores não precisam esperar.
group-hint-language = O idioma do que todos veem. Os menus continuam no idioma de cada membro.

group-who-everyone = todos
group-who-admins = só administradores
group-who-people = pessoas, não canais
group-models-all = todos
group-default-operator = padrão do bot
group-language-each = o de cada membro
group-button-all = Permitir todos
group-button-operator = Padrão do bot

value-none = nenhum
value-seconds = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}
value-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
