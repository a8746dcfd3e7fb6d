### Several pictures that differ: choices in the prompt, and several models.

## Choices

# What was chosen for each picture, as in "1: red; 2: blue"
caption-chosen = 选项：{ $words }
caption-part = 图片 { $first }–{ $last }，共 { $total } 张
square-seconds = { $seconds } 秒
many-question = { $count ->
   *[other] 这样会画 { $count } 张图片。
}
# $cost: an amount in the operator's own unit
many-cost = 费用：<b>{ $cost }</b>
many-too-many = { $count ->
   *[other] 这样会画 { $count } 张图片，而我一次最多画 { $limit } 张。
}
many-far-too-many = { $count ->
   *[other] 这样会画超过 { $count } 张图片，而我一次最多画 { $limit } 张。
}
button-draw-many = { $count ->
   *[other] 🎨 画全部 { $count } 张
}
button-draw-first = { $count ->
   *[other] 只画前 { $count } 张
}
button-draw-none = 不画了
prompt-choices-too-deep = { $limit ->
   *[other] 花括号选项最多嵌套 { $limit } 层。请减少嵌套。
}
prompt-choices-too-many = { $limit ->
   *[other] 一次取多个时，最多可以有 { $limit } 个选项。
}

# Of a model that was asked for several pictures in one run
caption-fewer = { $count ->
   *[other] 收到 { $count } 张图片，共 { $asked } 张
}

## Comparing models

button-compare = 🆚 对比模型
button-compare-draw = { $count ->
   *[other] 🆚 对比 { $count } 个模型
}
# $label: the model whose picture it is
button-full-of = 🖼 { $label }
button-use-model = ✓ 使用此模型
button-use-model-named = ✓ 使用 { $label }
compare-few = 请选择 { $least } 到 { $most } 个模型。
compare-many = 最多可以对比 { $most } 个模型。
# $names: parameters, as in "seed, steps"
compare-unused = { $model } 忽略：{ $names }

button-album = 🖼 全部原图
