### What the admins of a group choose for it, with /group.

group-menu =
    <b>群组设置</b>
    这些设置对群组里的所有人生效。
channel-menu =
    <b>频道设置</b>
    这些设置适用于本频道的帖子。
group-privacy =
    隐私模式已开启：在这里我只能看到命令和对我的回复，看不到 <code>@{ $username } 一只狐狸</code> 这样的消息。把我设为管理员就可以了。
group-only-groups = 这是群组功能：把我加进群组，然后在那里发送 /group。
group-admins-only = 只有本群管理员可以更改。

group-who = 谁可以画图
group-models = 模型
group-default = 默认模型
group-cooldown = 冷却时间
group-spoiler = 剧透遮罩
group-language = 语言
group-posts = 为帖子画图

group-hint-who = 在本群中谁可以让我画图。
group-hint-models = 打勾的模型可以在本群使用。点按即可切换。
group-hint-default = 没有自选模型的成员使用的模型。
group-hint-cooldown = 每位成员两张图片之间的等待时间。管理员无需等待。
group-hint-language = 所有人都能看到的内容所用的语言。菜单仍使用每位成员自己的语言。

group-who-everyone = 所有人
group-who-admins = 仅管理员
group-who-people = 个人，不含频道
group-models-all = 全部
group-default-operator = 机器人默认
group-language-each = 各成员自己的语言
group-button-all = 全部允许
group-button-operator = 机器人默认

value-none = 无
value-seconds = { $count ->
   *[other] { $count } 秒
}
value-minutes = { $count ->
   *[other] { $count } 分钟
}
