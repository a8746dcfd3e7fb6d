### A person's own settings.

settings-menu =
    <b>Suas configurações</b>
    Valem para todas as suas imagens, em todos os chats. As opções que você digita têm prioridade.
button-setting = { $name }: { $value }
settings-line = { $name }: <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = Resta hoje para modelos pagos: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } ignora isto.

setting-model = Modelo
setting-aspect-ratio = Proporção
setting-steps = Passos
setting-guidance = Guidance (CFG)
setting-negative = Prompt negativo
setting-seed = Seed
setting-count = Imagens por pedido
setting-document = Enviar como arquivo
setting-spoiler = Spoiler
setting-language = Idioma
setting-width = Largura
setting-height = Altura
setting-image = Imagem de origem
setting-strength = Força

hint-aspect-ratio = Largura por altura.
hint-steps = Mais passos: mais detalhes, mais tempo.
hint-guidance = O quanto seguir o prompt. Baixo é mais livre; alto, mais rígido.
hint-negative = O que não deve aparecer nas suas imagens.
hint-seed = A mesma seed e o mesmo prompt dão a mesma imagem.
hint-count = Quantas imagens de uma vez.
hint-document = Um arquivo guarda cada pixel. Uma foto aparece na hora.
hint-spoiler = Suas imagens ficam borradas até alguém tocar nelas. Elas são enviadas como fotos, porque arquivos não podem ficar borrados.
hint-language = O idioma em que falo com você.

value-auto = auto
value-random = aleatória
value-nothing = nenhum
value-yes = sim
value-no = não
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = como no Telegram

button-back = ‹ Voltar
button-close = Fechar
button-reset = Redefinir tudo
button-type = ✏️ Digitar
button-clear = Limpar
button-random = 🎲 Aleatória

settings-saved = Salvo.
settings-reset = Configurações redefinidas.
settings-closed = Configurações fechadas.
settings-bad-value = Esse valor não é válido aqui.
# The link is hidden in the text; the answer is recognised by it.
settings-ask-negative = O que não deve aparecer nas suas imagens? <a href="{ $link }">Responda a esta mensagem</a> com seu prompt negativo.
settings-ask-seed = Qual seed? <a href="{ $link }">Responda a esta mensagem</a> com um número de 0 a { $limit }.
settings-negative-saved = Prompt negativo: { $value }
settings-negative-cleared = Prompt negativo apagado.
settings-negative-too-long = { $limit ->
    [one] Longo demais: o limite é de { $limit } caractere. Responda de novo, mais curto.
   *[other] Longo demais: o limite é de { $limit } caracteres. Responda de novo, mais curto.
}
settings-seed-saved = Seed: { $value }.
settings-seed-cleared = A seed voltou a ser aleatória.
settings-seed-bad = Isso não é uma seed. Responda de novo com um número de 0 a { $limit }.
settings-no-person = Só contas pessoais têm configurações, e você está escrevendo como canal ou administrador anônimo. Escreva em seu próprio nome ou adicione opções ao comando, como <code>--ar 16:9</code>.
settings-text-needed = Responda de novo, com texto.

## Follow-up words, and strength

setting-follow-up = Textos seguintes
hint-follow-up = O que seu próximo texto significa em um chat privado quando não é uma resposta. Automático: um modelo que sabe editar muda uma imagem de menos de 15 minutos; os outros desenham uma nova. --new sempre começa uma nova.
value-follow-up-auto = automático
value-follow-up-change = mudar a última imagem
value-follow-up-new = começar uma imagem nova
hint-strength = O quanto a imagem de origem é mudada: baixo a mantém, alto a ignora.
setting-mask = Máscara
setting-expand = Extensão
## Prompt help

setting-translate = Traduzir prompts
setting-enhance = Melhorar prompts
hint-translate = Prompts em idiomas que um modelo não entende são traduzidos para ele.
hint-enhance = Um modelo de chat acrescenta detalhes aos seus prompts antes de desenhar.
