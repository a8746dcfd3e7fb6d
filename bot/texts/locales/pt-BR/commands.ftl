### The command menu, and what /start and /help say.

command-imagine = Criar uma imagem a partir de texto
command-history = Suas imagens
command-forget = Apagar meus dados
command-model = Escolher um modelo
command-settings = Proporção, passos, seed, idioma…
command-group = Configurações do grupo (administradores)
command-cancel = Cancelar uma imagem
command-help = Ajuda
command-balance = Seus créditos
command-buy = Comprar créditos
command-paysupport = Ajuda com pagamentos
command-terms = Termos de venda

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    Eu desenho imagens a partir de texto. Mande um prompt, como “uma raposa-vermelha dormindo na neve fresca”, e veja a imagem aparecer.

    Me adicione a um grupo e todo mundo poderá desenhar com /imagine.
# On the bot's page, at most 120 characters.
bot-short-description = Mande um prompt e receba uma imagem. Em grupos também: /imagine

start =
    Olá, { $name }! Eu desenho imagens a partir de texto.

    É só me dizer o que você quer ver, por exemplo:

    <code>{ $example }</code>

    Ou toque no botão e eu desenho essa aí. Saiba mais: /help
start-group =
    Olá! Eu desenho imagens a partir de texto. Aqui qualquer pessoa pode usar:

    <code>/imagine { $example }</code>
button-example = 🎨 Desenhar

help =
    <b>Desenhar</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] Neste chat você pode dispensar o comando.
       *[no] Em grupos o comando é necessário.
    } Responda a uma das minhas imagens com um novo prompt para alterá-la. Responda <code>/imagine</code> a qualquer mensagem para desenhar o texto dela. Envie uma foto com <code>/imagine</code> na legenda para usá-la como imagem de origem (se o modelo aceitar).

    <b>Opções</b>, em qualquer parte do prompt
    <code>--ar 16:9</code> proporção
    <code>--size 1024x768</code> tamanho em pixels
    <code>--n 4</code> número de imagens, de 1 a 9
    <code>--no texto, pessoas</code> prompt negativo: o que não deve aparecer
    <code>--seed 7</code> mesma seed e mesmo prompt, mesma imagem
    <code>--steps 20</code> mais passos: mais detalhes, mais tempo
    <code>--cfg 4.5</code> guidance: o quanto seguir o prompt
    <code>--model { $model }</code> modelo para esta imagem
    <code>--style oil</code> estilo; veja Estilo em /settings
    <code>raposa { "{" }vermelha, azul{ "}" }</code> uma imagem para cada opção

    <b>Comandos</b>
    /model: escolher um modelo
    /settings: seus padrões e o idioma
    /history: suas imagens; <code>/history raposa</code> para buscar
    /cancel: cancelar sua imagem
    /export: receber seus prompts e suas imagens
    /forget: apagar seus dados

    Modelo atual: { $label }.

cancel-done = Cancelada.
cancel-nothing = Não há nada para cancelar aqui.
cancel-ended = Esta imagem já terminou.
cancel-not-yours = Só quem pediu a imagem, ou um administrador, pode cancelar.
cancel-unknown = Não conheço essa imagem. Para cancelar uma, responda a ela com /cancel.

press-not-yours = Esta imagem não é sua. Envie /imagine para criar a sua.
press-menu-not-yours = Este menu é de outra pessoa. Envie { $command } para abrir o seu.
press-outdated = Este botão é antigo demais. Envie o comando de novo.
press-accepted = É pra já!
press-once = Já estou fazendo.
press-sending = Enviando!
press-picture-gone = A imagem em tamanho real expirou. Toque em “De novo” para desenhar outra.
press-stopping = Cancelando…
press-not-allowed = Este bot é privado.
command-unknown = Não conheço esse comando. Veja /help.
# The message has other buttons by now
press-button-gone = Esse botão não existe mais. Use os que estão aí agora.
# To the operators. $old and $new: ids
operator-chat-moved = Um grupo de ALLOWED_CHATS virou supergrupo, e o id mudou de <code>{ $old }</code> para <code>{ $new }</code>. Ele continua funcionando; coloque o novo id em ALLOWED_CHATS.
command-describe = Escrever um prompt para uma foto
command-upscale = Ampliar uma foto
command-cutout = Remover o fundo de uma foto
command-animate = Animar uma imagem (respondendo a ela)
command-export = Exportar meus dados
command-admin = Estatísticas, pessoas, modelos (operadores)
command-report = Denunciar uma imagem (responda a ela)
command-broadcast = Enviar mensagem a todos (operadores; responda a ela)
command-key = Desenhar com sua própria chave de API
