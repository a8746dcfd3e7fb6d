### Presets: styles in which pictures are drawn.

## Their names

preset-photograph = Fotoğraf
preset-oil = Yağlı boya
preset-watercolour = Sulu boya
preset-anime = Anime
preset-pixel-art = Piksel sanatı
preset-isometric = İzometrik
preset-sticker = Çıkartma
preset-logo = Logo
preset-comic = Çizgi roman
preset-render3d = 3B render
preset-line-art = Çizgi çizim
preset-figurine = Figür

## Buttons

button-style = 🖌 Stil
button-keep-preset = 📌 Ön ayar olarak sakla
button-own-presets = 📌 Ön ayarlarım
button-remove-preset = 🗑 Sil

## In the settings

setting-styles = Stil
# $limit: how many can be chosen
styles-menu =
    <b>Stil</b>
    Tüm görsellerinize uygulanır, en çok { $limit } stil birlikte. Tek bir görsel için <code>--style</code> ve bir ad ekleyin veya <code>--style none</code> yazın.
styles-too-many = { $limit ->
    [one] En çok { $limit } stil seçebilirsiniz.
   *[other] En çok { $limit } stili birleştirebilirsiniz.
}
presets-own =
    <b>Ön ayarlarım</b>
    Görmek veya silmek için birine dokunun.
# $words: its prompt, with {prompt} in the place of your words
preset-shown =
    <b>{ $name }</b>
    <blockquote>{ $words }</blockquote>
preset-model = Kullanılan model: { $label }
preset-use = Kullanmak için: <code>--style { $name }</code>
preset-removed = Ön ayar silindi.
preset-gone = Bu ön ayar artık yok.

## Under a picture

caption-styles = { $count ->
    [one] Stil: { $names }
   *[other] Stiller: { $names }
}
# $link: marks the question, so that the answer is known
preset-ask-name =
    Bu <a href="{ $link }">ön ayarın</a> adı ne olsun? Bu mesajı bir adla yanıtlayın.
    İkinci satıra sözleri kendiniz yazabilirsiniz; promptunuzun yerine <code>{ "{" }prompt{ "}" }</code> yazın.
preset-kept = “{ $name }” ön ayarı kaydedildi. <code>--style { $typed }</code> ile kullanın veya /settings içinde seçin.
preset-too-many = { $limit ->
    [one] { $limit } ön ayarınız var, sınır bu. Önce /settings içinde birini silin.
   *[other] { $limit } ön ayarınız var, sınır bu. Önce /settings içinde birini silin.
}
preset-bad-name = Bu ad olmaz: en çok 32 karakter, virgül ve tırnak işareti yok, hazır bir stilin adı da değil. Lütfen yeniden yanıtlayın.
preset-bad-words = Bu sözler olmaz: İçlerinde <code>{ "{" }prompt{ "}" }</code> bir kez geçmeli ve 600 karakterden kısa olmalılar. Lütfen yeniden yanıtlayın.

## When it cannot be drawn

# $known: names that exist
prompt-unknown-style = <code>{ $style }</code> adlı bir stil yok. Şunları deneyin: { $known }
expected-style = stil adları, en çok üç: { $expected }
refused-style-needs-picture = “{ $style }” bir görselden yola çıkar. Onunla bir fotoğraf gönderin veya birini yanıtlayın.
refused-style-one-picture = Bu stil tek bir görselden yola çıkar. Önce birini tam boyutta açıp onu yanıtlayın.
