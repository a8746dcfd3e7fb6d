### What operators (ADMIN_IDS) read in their private chats, and what members read of their decisions.

## To members

banned = Você não pode mais usar este bot.{ $reason }
banned-until = Você não pode usar este bot até { $until } UTC.{ $reason }
refused-banned = No momento você não pode usar este bot.
refused-maintenance = Estou em manutenção. { $sentence }
refused-model-off = { $model } está desligado. { $sentence }
failure-switched-off = { $model } está desligado. Escolha outro modelo.
reason-switched-off = desligado pelo operador
operator-message =
    <b>Uma mensagem do operador do bot:</b>
    { $words }

## Buttons

button-period-today = Hoje
button-period-week = 7 dias
button-period-month = 30 dias
button-chart = 📈 Gráfico
button-models = Modelos
button-audit = Registro
button-pause = ⏸ Pausar o bot
button-resume = ▶️ Retomar
button-ban = 🚫 Bloquear
button-ban-days = { $days ->
    [one] 🚫 { $days } dia
   *[other] 🚫 { $days } dias
}
button-unban = Desbloquear
button-exempt = Sem limites
button-limits-default = Limites padrão

## Statistics

admin-usage = <b>Desde { $since } UTC</b>
admin-paused = ⏸ <b>O bot está pausado:</b> { $sentence }
admin-requests = <b>Pedidos:</b> { $counts }
admin-pictures = <b>Imagens:</b> { $counts }
admin-people = <b>Pessoas:</b> { $active } ativas, { $new } novas
admin-times = <b>Espera (p50 / p95):</b> { $wait } · <b>Desenho:</b> { $draw }
admin-seconds = { $seconds } s
admin-models = <b>Modelos:</b> { $counts }
admin-chats = <b>Chats:</b> { $counts }
admin-cost = <b>Custo:</b> { $total } { $counts }
admin-own-keys = <b>Com chaves próprias:</b> { $counts }
admin-failures = <b>Falhas:</b> { $counts }
admin-example = · { $request } { $model }: { $reason } ({ $detail })
outcome-waiting = na espera
outcome-drawing = em andamento
outcome-drawn = prontas
outcome-delivered = entregues
outcome-failed = com falha
outcome-cancelled = canceladas
outcome-undeliverable = não entregáveis

## Models and the log

admin-switches = { $count ->
    [one] <b>Modelos:</b> { $count } ligado. Toque para alternar. Para explicar o motivo: <code>/admin off MODELO frase</code>
   *[other] <b>Modelos:</b> { $count } ligados. Toque para alternar. Para explicar o motivo: <code>/admin off MODELO frase</code>
}
admin-switched-off = ⛔ { $model }: { $sentence }
admin-model-unknown = Não existe o modelo “{ $model }”.
admin-audit = <b>O que os operadores fizeram</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail } (por { $by })

## One person

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>Pedidos em 30 dias:</b> { $counts }
admin-person-cost = <b>Custo:</b> { $day } em 24 horas, { $month } em 30 dias
admin-person-exempt = Sem limites.
admin-person-limits = Limites próprios por dia: { $limit } pedidos, custo { $cost }
admin-person-banned = 🚫 Bloqueio até { $until }: { $reason }
admin-person-request = · { $request } { $at } { $model }, { $outcome }: { $prompt }
admin-person-orders = <code>/admin ban { $id } 7d motivo</code>
    <code>/admin limit { $id } 50 1.5</code> (pedidos e custo por dia)
    <code>/admin message { $id } texto</code>
admin-for-good = segunda ordem
admin-banned = { $id }: bloqueio até { $until }.
admin-ban-oneself = Você não pode bloquear a si mesmo.
admin-ban-operator = É um operador. Remova antes o id de ADMIN_IDS.
admin-nobody = Não conheço ninguém chamado { $who }. Use o id ou responda a uma mensagem encaminhada.
admin-hidden = O Telegram oculta quem escreveu esta mensagem. Use o id.
admin-message-sent = Enviada.
admin-message-failed = Não enviada: { $reason }
admin-orders = Envie um destes comandos:
    <code>/admin</code>
    <code>/admin 12345</code> ou <code>@name</code>, ou responda com /admin a uma mensagem encaminhada
    <code>/admin ban 12345 7d motivo</code>, <code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>, <code>/admin exempt 12345</code>
    <code>/admin message 12345 texto</code>
    <code>/admin off MODELO frase</code>, <code>/admin on MODELO</code>
    <code>/admin pause frase</code>, <code>/admin resume</code>, <code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Reports

button-report = 🚩 Denunciar
button-reports = 🚩 Denúncias: { $count }
button-report-delete = 🗑 Apagar
button-report-ban = 🚫 Apagar e bloquear
button-report-dismiss = Descartar
report-taken = Obrigado. Alguém vai ver esta imagem.
report-known = Esta imagem já foi denunciada.
report-too-many = Por hoje chega. Denuncie mais amanhã.
report-nothing = Responda com /report a uma imagem minha.
report-card =
    🚩 <b>Denúncia:</b> pedido { $request } ({ $model }) de { $person } em { $chat }, denunciado por { $by }
    { $prompt }
report-in-group =
    🚩 <b>Denúncia de um membro:</b> { $prompt }
    { $link }
report-deleted = Apagada.
report-banned = Apagada, e o autor foi bloqueado.
report-dismissed = Descartada.
report-decided = Alguém já decidiu.
report-gone = Esta imagem não existe mais.

## Output check

failure-output-refused = Não posso mostrar o que saiu deste prompt. Reescreva-o.
failure-output-unchecked = As imagens não podem ser verificadas agora, então não posso mostrá-las. Tente mais tarde.
reason-output-refused = não pode ser mostrada
reason-output-unchecked = não pôde ser verificada

## Broadcasts

button-broadcast-test = Enviar para mim
button-broadcast-start = ▶️ Começar
button-broadcast-pause = ⏸ Pausar
button-broadcast-stop = ⏹ Parar
button-broadcasts-off = 🔕 Não receber mais essas mensagens
button-broadcasts-on = 🔔 Voltar a receber essas mensagens
broadcasts-off = Você não vai mais receber essas mensagens.
broadcasts-on = Você vai voltar a receber essas mensagens.
broadcast-usage = Responda à mensagem com <code>/broadcast 30</code>: todos que me usaram nos últimos 30 dias recebem uma cópia.
broadcast-nobody = Ninguém receberia: ninguém esteve ativo nesse período.
broadcast-draft = { $count ->
    [one] { $count } pessoa receberia esta mensagem. Envie antes para você mesmo e depois comece.
   *[other] { $count } pessoas receberiam esta mensagem. Envie antes para você mesmo e depois comece.
}
broadcast-tested = Enviada para você.
broadcast-test-failed = Não dá para copiá-la: { $reason }
broadcast-running = 📣 Enviando. Enviadas: { $sent }, me bloquearam: { $gone }, falhas: { $failed }
broadcast-paused = ⏸ Em pausa. Enviadas: { $sent }, me bloquearam: { $gone }, falhas: { $failed }
broadcast-stopped = ⏹ Parado. Enviadas: { $sent }, me bloquearam: { $gone }, falhas: { $failed }
broadcast-done = ✅ Pronto. Enviadas: { $sent }, me bloquearam: { $gone }, falhas: { $failed }

## Alerts

alert-model-down = ⚠️ { $model } está fora do ar há dez minutos.
alert-unauthorized = ⚠️ { $model } recusou a chave de API.
alert-key-refused = ⚠️ { $model } recusou a chave de API { $key }. As outras chaves continuam em uso.
alert-payment = ⚠️ { $model } está sem crédito.
alert-cost = ⚠️ { $percent } % do orçamento de hoje para todos já foi gasto (DAILY_COST).
alert-disk = ⚠️ Restam { $percent } % do disco.
alert-webhook = ⚠️ As atualizações podem não estar chegando: { $reason }.
alert-migration = ⚠️ Uma versão mais nova migrou o banco de dados. Reinicie este processo com essa versão.

## Credits

admin-person-credits = <b>Créditos:</b> comprados { $paid }, grátis hoje { $free }, reservados { $held }
button-refund = ↩️ Reembolsar { $stars } ⭐ ({ $at })
button-refund-sure = ↩️ Sim, reembolsar { $stars } ⭐
admin-refund-sure = Reembolsar { $stars } ⭐ a { $id }? Créditos retirados: { $credits }; comprados que restam: { $left }.
# Behind admin-refund-sure
admin-refund-subscription = A assinatura termina com isso: o Telegram não vai renová-la.
admin-refund-unknown = Não existe esse pagamento.
admin-refund-known = Este pagamento já foi reembolsado ou está sendo.
admin-refund-asked = Pedi ao Telegram que reembolse { $stars } ⭐ a { $id }. Aviso no que der.
admin-refund-done = ↩️ { $stars } ⭐ foram reembolsadas a { $id }.
admin-refund-delayed = ⚠️ Ainda não dá para reembolsar { $stars } ⭐ a { $id }. Continuo tentando. { $reason }
admin-refund-refused = ⚠️ O Telegram não reembolsa { $stars } ⭐ a { $id }; os créditos voltaram. { $reason }
operator-payment-banned = ⚠️ { $id } está banido e mesmo assim pagou { $stars } ⭐. Os créditos são dessa pessoa. Para reembolsar: <code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ { $id } pagou { $stars } ⭐ por algo que não conheço. Para reembolsar: <code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ { $id } pagou { $stars } ⭐ embora CREDITS não esteja mais definido. Os créditos são dessa pessoa. Para reembolsar: <code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>Sobre um pagamento</b>, de { $id }: { $words }
    Para responder: <code>/admin message { $id } texto</code>
