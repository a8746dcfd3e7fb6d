### Presets: styles in which pictures are drawn.

## Their names

preset-photograph = Fotografia
preset-oil = Pintura a óleo
preset-watercolour = Aquarela
preset-anime = Anime
preset-pixel-art = Pixel art
preset-isometric = Isométrico
preset-sticker = Adesivo
preset-logo = Logotipo
preset-comic = Quadrinhos
preset-render3d = Render 3D
preset-line-art = Desenho de linhas
preset-figurine = Miniatura

## Buttons

button-style = 🖌 Estilo
button-keep-preset = 📌 Salvar como preset
button-own-presets = 📌 Meus presets
button-remove-preset = 🗑 Remover

## In the settings

setting-styles = Estilo
# $limit: how many can be chosen
styles-menu =
    <b>Estilo</b>
    Vale para todas as suas imagens; dá para combinar até { $limit }. Para uma só imagem, adicione <code>--style</code> e um nome, ou <code>--style none</code>.
styles-too-many = { $limit ->
    [one] Você pode escolher até { $limit } estilo.
   *[other] Você pode combinar até { $limit } estilos.
}
presets-own =
    <b>Meus presets</b>
    Toque em um para ver ou remover.
# $words: its prompt, with {prompt} in the place of your words
preset-shown =
    <b>{ $name }</b>
    <blockquote>{ $words }</blockquote>
preset-model = Modelo: { $label }
preset-use = Para usar: <code>--style { $name }</code>
preset-removed = Preset removido.
preset-gone = Este preset não existe mais.

## Under a picture

caption-styles = { $count ->
    [one] Estilo: { $names }
   *[other] Estilos: { $names }
}
# $link: marks the question, so that the answer is known
preset-ask-name =
    Que nome dou a este <a href="{ $link }">preset</a>? Responda a esta mensagem com um nome.
    Em uma segunda linha você pode escrever as palavras, com <code>{ "{" }prompt{ "}" }</code> onde entra o seu prompt.
preset-kept = Preset “{ $name }” salvo. Use com <code>--style { $typed }</code> ou escolha em /settings.
preset-too-many = { $limit ->
    [one] Você já tem { $limit } preset, que é o limite. Remova um antes em /settings.
   *[other] Você já tem { $limit } presets, que é o limite. Remova um antes em /settings.
}
preset-bad-name = Esse nome não serve: use até 32 caracteres, sem vírgulas nem aspas, e não o nome de um estilo incluído. Responda de novo.
preset-bad-words = Essas palavras não servem: coloque <code>{ "{" }prompt{ "}" }</code> nelas uma única vez e fique abaixo de 600 caracteres. Responda de novo.

## When it cannot be drawn

# $known: names that exist
prompt-unknown-style = Não existe o estilo <code>{ $style }</code>. Tente: { $known }
expected-style = nomes de estilos, até três: { $expected }
refused-style-needs-picture = “{ $style }” parte de uma imagem. Envie uma foto junto ou responda a uma.
refused-style-one-picture = Este estilo parte de uma única imagem. Abra antes uma em tamanho real e responda a ela.
