### /key: as chaves que cada pessoa traz para os modelos.

# $model: the id of a model; $valid: ids of models
key-help =
    Desenhe com sua própria chave de API: <code>/key { $model } SUA_CHAVE</code>
    Para remover: <code>/key { $model } off</code>

    Sua chave fica guardada com criptografia, só vai para o serviço dela e nunca é mostrada. As imagens feitas com ela são cobradas na sua conta.

    Estes modelos aceitam uma: { $valid }
key-usage = Coloque a chave depois do modelo: <code>/key { $model } SUA_CHAVE</code>. Para remover a sua: <code>/key { $model } off</code>
key-unknown = “{ $wanted }” não aceita chave. Estes modelos aceitam: { $valid }
# $host: the server to which the key goes
key-malformed = Isso não parece uma chave para { $host }. Copie de novo, sem espaços.
key-other-service = Isso parece uma chave de { $service }. Aqui ela teria ido para { $host }, então não a guardei.
key-kept =
    🔑 Sua chave para { $host } está guardada com criptografia. Só a uso lá, para desenhar com: { $models }

    Essas imagens são cobradas na sua conta. Para remover a chave: <code>/key { $model } off</code>
key-removed = Sua chave para { $host } foi apagada.
key-none-there = Você não tem chave para { $host }.
# $added: a date
key-line = { $state ->
    [refused] 🔑 { $models } ({ $host }), adicionada em { $added }: recusada lá. Envie outra ou remova.
    [unreadable] 🔑 { $models } ({ $host }): não dá mais para ler. Envie de novo ou remova.
   *[works] 🔑 { $models } ({ $host }), adicionada em { $added }
}
key-nothing-takes-one = Aqui nenhum modelo aceita uma chave sua.
key-off = Este bot não aceita chaves de API próprias.
key-in-private = Chaves são para o nosso chat privado. Se esta mensagem tinha uma, crie outra: alguém pode ter visto.
key-unreadable = Não consigo mais ler este comando. Envie de novo, por favor.
key-not-deleted = ⚠️ Não consegui apagar sua mensagem. Apague você mesmo: a chave está nela.

failure-own-key-refused = { $model } recusou sua chave, ou ela não tem acesso a este modelo. Envie outra com /key ou escolha outro modelo.
failure-own-key-quota = Sua conta para { $model } está sem crédito ou cota. Recarregue ou escolha outro modelo.
failure-own-key-gone = Sua chave para { $model } não está mais aqui. Envie de novo com /key ou escolha outro modelo.
# In groups, where nobody is to read about somebody's key
failure-own-key = { $model } não conseguiu desenhar isto para você. Peça de novo no nosso chat privado para ver o motivo.
reason-own-key-refused = sua chave foi recusada
reason-own-key-quota = sua conta está sem crédito
reason-own-key-gone = sua chave não está mais aqui
reason-own-key = detalhes no chat privado
