### /key：用户为模型自带的密钥。

# $model: the id of a model; $valid: ids of models
key-help =
    使用自己的 API 密钥绘图：<code>/key { $model } 你的密钥</code>
    删除密钥：<code>/key { $model } off</code>

    密钥会加密保存，只发送给它所属的服务，绝不显示。用它生成的图片由你在该服务的账户付费。

    以下模型接受密钥：{ $valid }
key-usage = 请把密钥写在模型后面：<code>/key { $model } 你的密钥</code>。删除密钥：<code>/key { $model } off</code>
key-unknown = “{ $wanted }”不接受密钥。接受密钥的模型：{ $valid }
# $host: the server to which the key goes
key-malformed = 这不像是 { $host } 的密钥。请重新复制，不要带空格。
key-other-service = 这看起来是 { $service } 的密钥。在这里它会被发送到 { $host }，所以我没有保存。
key-kept =
    🔑 你的 { $host } 密钥已加密保存。只在那里使用，用于这些模型：{ $models }

    这些图片由你的账户付费。删除密钥：<code>/key { $model } off</code>
key-removed = 你的 { $host } 密钥已删除。
key-none-there = 你没有 { $host } 的密钥。
# $added: a date
key-line = { $state ->
    [refused] 🔑 { $models }（{ $host }），添加于 { $added }：已被对方拒绝。请发送新的密钥或删除它。
    [unreadable] 🔑 { $models }（{ $host }）：已无法读取。请重新发送或删除它。
   *[works] 🔑 { $models }（{ $host }），添加于 { $added }
}
key-nothing-takes-one = 这里没有模型接受你自己的密钥。
key-off = 此机器人不接受个人 API 密钥。
key-in-private = 密钥只能在私聊中发送。如果这条消息里有密钥，请更换新的：别人可能已经看到了。
key-unreadable = 这条命令已无法读取，请重新发送。
key-not-deleted = ⚠️ 我无法删除你的消息。请自行删除：密钥就在里面。

failure-own-key-refused = { $model } 拒绝了你的密钥，或该密钥无权使用此模型。请用 /key 发送新的密钥，或换一个模型。
failure-own-key-quota = 你的 { $model } 账户余额或额度已用完。请充值，或换一个模型。
failure-own-key-gone = 你的 { $model } 密钥已不在这里。请用 /key 重新发送，或换一个模型。
# In groups, where nobody is to read about somebody's key
failure-own-key = { $model } 没能为你画出这张图。请在私聊中再试一次，以查看原因。
reason-own-key-refused = 你的密钥被拒绝
reason-own-key-quota = 你的账户余额不足
reason-own-key-gone = 你的密钥已不在
reason-own-key = 详情见私聊
