### Choosing a model.

model-menu =
    <b>选择模型</b>
    当前：{ $label }
model-menu-default = <b>选择模型</b>
    当前：{ $label }（默认）
model-menu-picture =
    <b>选择模型</b>
    当前：{ $label }
    对之后的所有图片生效。要用它重画上面的图片，请点“画图”。
# $reason: as under a picture, like "model can't be reached"
model-menu-down = 🔴 { $label } 无法使用：{ $reason }。
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } 秒
model-minutes = ~{ $minutes } 分钟
# $cost: an amount in the operator's own unit
model-price = 费用 { $cost }
button-model-instead = 先用 { $label }
model-menu-empty = 还没有模型，需要机器人所有者添加。
model-set = 已选择模型：{ $label }。
model-already = { $label } 已经选中。
model-reset = 已恢复默认模型：{ $label }。
model-unknown = 没有“{ $model }”这个模型。可用的有：{ $valid }
model-gone = 这里已不再提供该模型。
button-model-default = 使用默认
button-redraw = 🎨 画图：{ $label }
button-previous = ‹
button-next = ›
