### A person's own pictures, page by page, and deleting their data.

history-title =
    <b>Suas imagens</b>, as mais recentes primeiro. Toque em um número para ver as opções.
    Buscar: <code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = <b>Suas imagens</b> com <code>{ $words }</code>, as mais recentes primeiro. Toque em um número para ver as opções.
history-example = raposa
history-empty = Ainda não há imagens. Mande um prompt para começar.
history-nothing-found = Nenhuma imagem corresponde a “{ $words }”. Ver todas: /history
history-in-private = Suas imagens são só para você. Envie /history no nosso chat privado.
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = Essa imagem não está mais no seu histórico.
button-newer = ‹ Mais recentes
button-older = Mais antigas ›
button-full = 🖼 Tamanho real

forget-question =
    <b>Apagar todos os seus dados?</b>
    Vou cancelar suas imagens em andamento e apagar suas configurações, seus prompts e seu histórico. As imagens continuam nos chats, mas os botões delas param de funcionar. Não dá para desfazer.
forget-in-private = Envie /forget no nosso chat privado.
forget-done = Seus dados foram apagados. Para começar de novo, é só mandar um prompt.
forget-kept = Nada foi apagado.
button-forget = 🗑 Apagar tudo
button-keep = Cancelar
