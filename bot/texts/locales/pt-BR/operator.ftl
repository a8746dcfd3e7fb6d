### What members read of the operators' decisions. The operators' own texts are in English and Russian so far.

command-report = Denunciar uma imagem (respondendo a ela)
banned = Você não pode mais usar este bot.{ $reason }
banned-until = Você não pode usar este bot até { $until } UTC.{ $reason }
refused-banned = Você não pode usar este bot no momento.
refused-maintenance = Estou em manutenção. { $sentence }
refused-model-off = { $model } está desligado. { $sentence }
failure-switched-off = { $model } está desligado. Escolha outro modelo.
reason-switched-off = desligado pelo operador
operator-message =
    <b>Uma mensagem do operador do bot:</b>
    { $words }
failure-output-refused = Não posso mostrar o resultado deste prompt. Tente reformulá-lo.
failure-output-unchecked = As imagens não podem ser verificadas agora, então não posso mostrá-las. Tente mais tarde.
reason-output-refused = não pode ser mostrada
reason-output-unchecked = não pôde ser verificada
button-report = 🚩 Denunciar
button-reports = 🚩 Denúncias: { $count }
button-report-delete = 🗑 Excluir
button-report-dismiss = Descartar
report-taken = Obrigado. Alguém vai olhar esta imagem.
report-known = Esta imagem já foi denunciada.
report-too-many = Por hoje chega. Denuncie as outras amanhã.
report-nothing = Responda com /report a uma imagem minha.
report-in-group =
    🚩 <b>Denunciada por um membro:</b> { $prompt }
    { $link }
report-deleted = Excluída.
report-dismissed = Descartada.
report-decided = Já foi decidido.
report-gone = Esta imagem não existe mais.
button-broadcasts-off = 🔕 Não receber mais essas mensagens
button-broadcasts-on = 🔔 Voltar a receber essas mensagens
broadcasts-off = Você não receberá mais essas mensagens.
broadcasts-on = Você voltará a receber essas mensagens.
