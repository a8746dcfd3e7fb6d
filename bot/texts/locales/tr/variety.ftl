### Several pictures that differ: choices in the prompt, and several models.

## Choices

# What was chosen for each picture, as in "1: red; 2: blue"
caption-chosen = Seçilen: { $words }
caption-part = Görsel { $first }–{ $last } (toplam { $total })
square-seconds = { $seconds } sn
many-question = { $count ->
    [one] Bundan { $count } görsel çıkıyor.
   *[other] Bundan { $count } görsel çıkıyor.
}
# $cost: an amount in the operator's own unit
many-cost = Maliyet: <b>{ $cost }</b>
many-too-many = { $count ->
    [one] Bundan { $count } görsel çıkıyor, bir seferde en çok { $limit } tane çizerim.
   *[other] Bundan { $count } görsel çıkıyor, bir seferde en çok { $limit } tane çizerim.
}
many-far-too-many = { $count ->
    [one] Bundan { $count } görselden fazlası çıkıyor, bir seferde en çok { $limit } tane çizerim.
   *[other] Bundan { $count } görselden fazlası çıkıyor, bir seferde en çok { $limit } tane çizerim.
}
button-draw-many = { $count ->
    [one] 🎨 { $count } tane çiz
   *[other] 🎨 Hepsini çiz ({ $count })
}
button-draw-first = { $count ->
    [one] Yalnızca ilk { $count } tane
   *[other] Yalnızca ilk { $count } tane
}
button-draw-none = Çizme
prompt-choices-too-deep = { $limit ->
    [one] Süslü parantezli seçimler en çok { $limit } düzey iç içe olabilir. Lütfen daha az parantezi iç içe yazın.
   *[other] Süslü parantezli seçimler en çok { $limit } düzey iç içe olabilir. Lütfen daha az parantezi iç içe yazın.
}
prompt-choices-too-many = { $limit ->
    [one] Birden çoğunun alındığı bir seçimde en çok { $limit } seçenek olabilir.
   *[other] Birden çoğunun alındığı bir seçimde en çok { $limit } seçenek olabilir.
}

# Of a model that was asked for several pictures in one run
caption-fewer = { $count ->
    [one] { $asked } görselden { $count } tanesi geldi
   *[other] { $asked } görselden { $count } tanesi geldi
}

## Comparing models

button-compare = 🆚 Modelleri karşılaştır
button-compare-draw = { $count ->
    [one] 🆚 { $count } modeli karşılaştır
   *[other] 🆚 { $count } modeli karşılaştır
}
# $label: the model whose picture it is
button-full-of = 🖼 { $label }
button-use-model = ✓ Bu modeli kullan
button-use-model-named = ✓ { $label } kullan
compare-few = { $least } ile { $most } arasında model seçin.
compare-many = En çok { $most } model karşılaştırabilirsiniz.
# $names: parameters, as in "seed, steps"
compare-unused = { $model } şunları yok sayıyor: { $names }

button-album = 🖼 Hepsi tam boyutta
