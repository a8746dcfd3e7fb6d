### Favourites, and everything of one's own to take away.

button-star = ☆
button-starred = ★
favourite-added = ★ Adicionada às suas favoritas. Veja em /history.
favourite-removed = Removida das suas favoritas.
button-favourites = ★ Favoritas
button-all-pictures = Todas as imagens
# $words stands in <code>: it is read from there when the page is turned.
history-favourites = <b>Suas favoritas</b> <code>{ $words }</code>, as mais recentes primeiro. Toque em um número para ver as opções.
history-no-favourites = Ainda não há favoritas. Toque em ☆ embaixo de uma imagem.

command-export = Exportar meus dados
export-in-private = Envie /export no nosso chat privado.
export-wait = Você acabou de receber uma exportação. Tente de novo em um minuto.
export-empty = Ainda não há nada para exportar. Mande um prompt para começar.
export-file = { $count ->
    [one] Seus prompts e opções: { $count } imagem.
   *[other] Seus prompts e opções: { $count } imagens.
}
export-more = Parte { $part }, com mais imagens suas.
export-pictures = { $count ->
    [one] { $count } das suas imagens ainda está no Telegram.
   *[other] { $count } das suas imagens ainda estão no Telegram.
} As imagens de uma grade contam depois que você as abre.
button-export-pictures = { $count ->
    [one] 🖼 Enviar { $count } imagem
   *[other] 🖼 Enviar { $count } imagens
}
export-sent = { $count ->
    [one] { $count } imagem enviada.
   *[other] { $count } imagens enviadas.
}
export-lost = { $count ->
    [one] { $count } imagem não está mais no Telegram.
   *[other] { $count } imagens não estão mais no Telegram.
}
export-left = { $count ->
    [one] Falta mais { $count }.
   *[other] Faltam mais { $count }.
}
