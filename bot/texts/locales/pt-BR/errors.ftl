### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/contracts.py

failure-provider-error = { $model } teve um problema. Tente de novo ou escolha outro modelo.
failure-refused = { $model } recusou este prompt. Mude um pouco o texto ou escolha outro modelo.
failure-refused-detail = { $model } recusou: “{ $detail }” Mude o prompt ou escolha outro modelo.
failure-quota = { $model } atingiu o limite gratuito. Tente mais tarde ou escolha outro modelo.
failure-quota-minutes = { $minutes ->
    [one] { $model } atingiu o limite gratuito. Tente de novo em { $minutes } minuto ou escolha outro modelo.
   *[other] { $model } atingiu o limite gratuito. Tente de novo em { $minutes } minutos ou escolha outro modelo.
}
failure-quota-hours = { $hours ->
    [one] { $model } atingiu o limite gratuito. Tente de novo em { $hours } hora ou escolha outro modelo.
   *[other] { $model } atingiu o limite gratuito. Tente de novo em { $hours } horas ou escolha outro modelo.
}
failure-payment = { $model } está sem crédito; o dono do bot precisa recarregar. Por enquanto, escolha outro modelo.
failure-content = { $model } não vai desenhar isto: viola a política de conteúdo do modelo. Reescreva o prompt.
failure-content-detail = { $model } não vai desenhar isto: “{ $detail }” Reescreva o prompt.
failure-length = Este prompt é longo demais para { $model }. Encurte-o ou escolha outro modelo.
failure-parameter = { $model } não aceita estas configurações. Mude-as em /settings ou escolha outro modelo.
failure-parameter-detail = { $model } não aceita estas configurações: { $detail }. Mude-as ou escolha outro modelo.
failure-model-not-found = { $model } não está mais disponível no servidor; o dono do bot precisa conferir o nome. Por enquanto, escolha outro modelo.
failure-unauthorized = { $model } recusou a chave de API; o dono do bot precisa conferi-la. Por enquanto, escolha outro modelo.
failure-cancelled = { $model } cancelou esta imagem. Tente de novo ou escolha outro modelo.
failure-unavailable = Não consigo falar com { $model } agora. Tente em alguns minutos ou escolha outro modelo.
failure-bad-answer = { $model } devolveu uma imagem inválida. Tente de novo ou escolha outro modelo.
failure-no-picture = { $model } terminou sem nenhuma imagem. Tente de novo ou escolha outro modelo.
failure-other-server = O servidor de { $model } não está respondendo direito; o dono do bot precisa conferir o endereço. Por enquanto, escolha outro modelo.
failure-queue-deadline = { $model } está sobrecarregado: você esperou demais na fila. Tente mais tarde ou escolha outro modelo.
failure-deadline = { $model } demorou demais. Tente de novo ou escolha outro modelo.
failure-daily-cost = Parei por aqui: outra tentativa custa mais do que você ainda tem hoje. Os modelos gratuitos continuam funcionando.
failure-daily-cost-all = Parei por aqui: outra tentativa custa mais do que resta do orçamento de hoje para todos. Os modelos gratuitos continuam funcionando.
failure-model-gone = { $model } não é mais oferecido aqui. Escolha outro modelo.
failure-input-picture = Não consegui abrir sua imagem de origem. Envie de novo como foto.
failure-delivery = A imagem está pronta, mas o Telegram a recusou. Tente de novo ou peça um tamanho menor.
failure-no-rights = Não tenho permissão para postar lá. Peça a um administrador que me deixe enviar mensagens e fotos e tente de novo.
failure-cache-chat = Não consigo pôr imagens aqui: o dono do bot precisa verificar o chat das imagens.
failure-internal = Algo deu errado do meu lado. Tente de novo.

## One draw of several failed: the same, short, for the caption

reason-provider-error = o modelo teve um problema
reason-refused = o modelo recusou
reason-quota = limite gratuito atingido
reason-payment = sem crédito
reason-content = contra a política de conteúdo do modelo
reason-parameter = configurações não aceitas pelo modelo
reason-model-not-found = modelo não disponível no servidor
reason-unauthorized = chave de API recusada
reason-cancelled = cancelada pelo modelo
reason-unavailable = sem contato com o modelo
reason-bad-answer = resposta inválida
reason-no-picture = resposta sem imagem
reason-other-server = servidor errado no endereço
reason-queue-deadline = fila longa demais
reason-deadline = demorou demais
reason-daily-cost = nada restante para hoje
reason-daily-cost-all = orçamento de hoje para todos esgotado
reason-model-gone = modelo não é mais oferecido
reason-input-picture = não deu para abrir a imagem de origem
reason-delivery = recusada pelo Telegram
reason-no-rights = sem permissão para postar lá
reason-cache-chat = chat das imagens indisponível
reason-internal = algo deu errado do meu lado

## Not accepted

refused-too-old = Desculpe, eu estava offline quando você enviou isto. Desenho agora?
refused-prompt-empty = O que devo desenhar? Escreva o prompt depois do comando: <code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = Não existe o modelo “{ $model }”. Disponíveis: { $valid }
refused-model-unavailable = { $model } não está disponível agora. Escolha outro com /model.
refused-no-input-picture = { $model } não aceita imagem de origem (image-to-image). Escolha outro modelo com /model ou peça sem a imagem.
refused-parameter = Isso não funciona com este modelo: { $detail }.
refused-queue-full = { $limit ->
    [one] Você já tem { $limit } imagem na espera. Aguarde um pouco ou cancele: /cancel
   *[other] Você já tem { $limit } imagens na espera. Aguarde um pouco ou cancele uma: /cancel
}
refused-daily-limit = { $limit ->
    [one] Você atingiu o limite de { $limit } imagem por dia. Tente mais tarde.
   *[other] Você atingiu o limite de { $limit } imagens por dia. Tente mais tarde.
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = Isto custa { $cost } com { $model }, e você ainda tem { $left } para hoje. Os modelos gratuitos continuam funcionando.
refused-daily-cost-all = Isto custa { $cost } com { $model }, mais do que resta do orçamento de hoje para todos. Os modelos gratuitos continuam funcionando.
refused-credits = Isto custa { $cost } com { $model }, e você ainda tem { $left } créditos. Compre mais ou escolha um modelo gratuito.
refused-blocked-words = Não posso desenhar isto aqui: o prompt contém palavras bloqueadas. Reescreva, por favor.
refused-model-not-allowed = { $model } não é permitido neste grupo. Permitidos: { $allowed }
refused-admins-only = Neste grupo só administradores podem desenhar. Você ainda pode me usar em um chat privado.
refused-no-channels = Neste grupo não dá para desenhar em nome de um canal. Escreva em seu próprio nome.
refused-cooldown = { $seconds ->
    [one] Tempo de espera: você poderá desenhar em { $seconds } segundo.
   *[other] Tempo de espera: você poderá desenhar em { $seconds } segundos.
}
refused-cooldown-long = { $minutes ->
    [one] Tempo de espera: você poderá desenhar em { $minutes } minuto.
   *[other] Tempo de espera: você poderá desenhar em { $minutes } minutos.
}
refused-request-gone = Não tenho mais essa imagem. Peça de novo com /imagine.

## Everything else

error-internal = Algo deu errado do meu lado. Tente de novo.
error-storage = Meu banco de dados está indisponível agora. Vou fazer isto assim que possível.
error-not-allowed = Este bot é privado. Peça acesso ao dono: seu id é <code>{ $id }</code>.
error-input-size = Esta imagem é grande demais para mim (20 MB no máximo). Envie como foto.
error-not-a-picture = Posso usar uma foto como imagem de origem, mas isto não.

failure-out-of-memory = { $model } ficou sem memória. Peça um tamanho menor ou menos passos, ou escolha outro modelo.
failure-too-large = Ampliada, esta imagem ficaria grande demais. Envie uma menor.
failure-bad-video = { $model } devolveu um vídeo inválido. Tente de novo ou escolha outro modelo.
failure-video-too-long = O vídeo de { $model } é longo demais para enviar.
failure-video-too-large = O vídeo de { $model } é grande demais para o Telegram.
failure-no-video = { $model } devolveu uma imagem em vez de um vídeo. Esse modelo não anima imagens.
failure-request-failed = { $model } não dá conta deste pedido. Mude o tamanho, os passos ou o prompt, ou escolha outro modelo.
failure-no-workers = Nenhum servidor de { $model } pode desenhar isto agora. Tente mais tarde, peça um tamanho menor ou escolha outro modelo.
reason-out-of-memory = memória insuficiente
reason-too-large = a imagem ampliada ficaria grande demais
reason-bad-video = vídeo inválido
reason-video-too-long = o vídeo era longo demais
reason-video-too-large = o vídeo era grande demais
reason-no-video = uma imagem em vez de um vídeo
reason-request-failed = o modelo não dá conta deste pedido
reason-no-workers = nenhum servidor disponível

error-storage-picture = Meu banco de dados está indisponível agora. Sua imagem será desenhada assim que possível.

# Below a failure: what the operator finds in the log
failure-number = Pedido { $number }

refused-too-many-pictures = { $limit ->
    [one] Você enviou { $count } imagens, e { $model } aceita só uma. Use menos ou escolha outro modelo.
   *[other] Você enviou { $count } imagens, e { $model } aceita no máximo { $limit }. Use menos ou escolha outro modelo.
}
refused-pictures-limit = Você enviou { $count } imagens; o máximo é { $limit }.
press-pictures-gone = Não tenho mais estas imagens. Envie de novo, por favor.
error-album-mixed = Posso usar fotos como imagens de origem, mas este álbum tem outra coisa. Envie só as fotos, por favor.

refused-no-mask = { $model } não aceita máscaras. Escolha outro modelo ou diga em palavras o que mudar.
refused-no-fill = { $model } não consegue estender imagens. Escolha outro modelo.
refused-too-large = Ampliada, esta imagem teria { $megapixels } megapixels, e o máximo é { $limit }. Tente com uma menor.
error-album-hidden = Neste grupo o Telegram só me mostra a foto com o comando, não o álbum inteiro. Envie o álbum em resposta a uma das minhas mensagens ou peça a um administrador que me torne administrador aqui.
failure-blocked-words = Não posso desenhar isto aqui: o prompt traduzido contém palavras bloqueadas. Reescreva, por favor.
reason-blocked-words = palavras bloqueadas no prompt
