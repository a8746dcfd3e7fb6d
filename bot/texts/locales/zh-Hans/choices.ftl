### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = 模型文件
setting-sampler = 采样器
setting-scheduler = 调度器
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = 放大算法

## In the settings

button-search = 🔎 搜索
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    仅用于 { $label }。列表中共有名称：{ $total }
choices-loras = 最多同时使用 { $limit } 个。用<i>搜索</i>还可以设置权重：<code>detail:0.7</code>
choices-unreadable = 现在无法读取 { $label } 的列表，请稍后再试。
# $link: marks the question, so that the answer is known
choices-ask = { $name }：要哪一个？请<a href="{ $link }">回复这条消息</a>，写上名称或其中一部分。
choices-found = 匹配的名称：{ $total }。点选一个，或再回复更完整的名称。
choices-nothing = 没有“{ $words }”。最接近的有：
choices-too-many = 已达上限：最多同时使用 { $limit } 个 LoRA。请先去掉一个。
# $words: the trigger words of a LoRA
choices-words = 会加到提示词里：<code>{ $words }</code>
choices-often = 训练图片中常见的词：<code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = 模型文件的名称，或 <code>auto</code>
expected-sampler = 采样器的名称，或 <code>auto</code>
expected-scheduler = 调度器的名称，或 <code>auto</code>
# $expected: the range of weights
expected-lora = LoRA 的名称，可带权重（<code>detail:0.7</code>；{ $expected }），最多五个，或 <code>none</code>
expected-vae = VAE 的名称，或 <code>auto</code>
# $near: the names most like it
refused-choice-unknown = { $model } 没有这个：<code>{ $flag } { $name }</code>。最接近的：{ $near }
refused-choice-none = { $model } 没有这个：<code>{ $flag } { $name }</code>。它的列表是空的。
