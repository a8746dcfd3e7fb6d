### The command menu, and what /start and /help say.

command-imagine = 根据文字生成图片
command-history = 我的图片
command-forget = 删除我的数据
command-model = 选择模型
command-settings = 宽高比、步数、种子、语言…
command-group = 群组设置（管理员）
command-cancel = 取消图片
command-help = 帮助
command-balance = 我的点数
command-buy = 购买点数
command-paysupport = 付款帮助
command-terms = 销售条款

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    我能根据文字画图。发给我一段提示词，比如“一只赤狐睡在新雪中”，然后看着图片慢慢出现。

    把我加进群组，大家都可以用 /imagine 画图。
# On the bot's page, at most 120 characters.
bot-short-description = 发送提示词，即可得到图片。群组里也能用：/imagine

start =
    你好，{ $name }！我能根据文字画图。

    直接告诉我你想看到什么，例如：

    <code>{ $example }</code>

    或者点一下按钮，我就画这一张。更多说明见 /help
start-group =
    大家好！我能根据文字画图。这里每个人都可以用：

    <code>/imagine { $example }</code>
button-example = 🎨 画这张

help =
    <b>画图</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] 在这个聊天里可以省略命令。
       *[no] 在群组里需要使用命令。
    }用新的提示词回复我的图片，就能修改它。用 <code>/imagine</code> 回复任意消息，就能把它的文字画出来。发送照片并在说明中写上 <code>/imagine</code>，就能把它用作参考图（需要模型支持）。

    <b>参数</b>，可放在提示词的任意位置
    <code>--ar 16:9</code> 宽高比
    <code>--size 1024x768</code> 尺寸（像素）
    <code>--n 4</code> 图片数量，1 到 9
    <code>--no 文字, 人物</code> 负面提示词：不想出现的内容
    <code>--seed 7</code> 种子和提示词相同，图片就相同
    <code>--steps 20</code> 步数越多，细节越多，耗时越长
    <code>--cfg 4.5</code> 引导系数 (CFG)：贴合提示词的程度
    <code>--model { $model }</code> 这张图片使用的模型
    <code>--style oil</code> 风格；见 /settings 中的“风格”
    <code>{ "{" }红色, 蓝色{ "}" }的狐狸</code> 每个选项画一张

    <b>命令</b>
    /model：选择模型
    /settings：你的默认设置和语言
    /history：你的图片；用 <code>/history 狐狸</code> 搜索
    /cancel：取消你的图片
    /export：获取你的提示词和图片
    /forget：删除你的数据

    当前模型：{ $label }。

cancel-done = 已取消。
cancel-nothing = 这里没有可以取消的内容。
cancel-ended = 这张图片已经完成。
cancel-not-yours = 只有发起人或管理员可以取消。
cancel-unknown = 我不认识这张图片。要取消某张图片，请用 /cancel 回复它。

press-not-yours = 这不是你的图片。发送 /imagine 来画一张自己的。
press-menu-not-yours = 这是别人的菜单。发送 { $command } 打开你自己的。
press-outdated = 这个按钮太旧了，请重新发送命令。
press-accepted = 马上就画！
press-once = 已经在画了。
press-sending = 正在发送！
press-picture-gone = 原图已过期。点“再来一张”可以重新画一张。
press-stopping = 正在取消…
press-not-allowed = 这是私人机器人。
command-unknown = 没有这个命令，请看 /help。
# The message has other buttons by now
press-button-gone = 这个按钮已经没有了，请使用现有的按钮。
# To the operators. $old and $new: ids
operator-chat-moved = ALLOWED_CHATS 中的一个群组已升级为超级群组，id 从 <code>{ $old }</code> 变为 <code>{ $new }</code>。它仍可正常使用；请把新的 id 写入 ALLOWED_CHATS。
command-describe = 为照片写提示词
command-upscale = 放大照片
command-cutout = 去除照片背景
command-animate = 让图片动起来（回复图片）
command-export = 导出我的数据
command-admin = 统计、用户、模型（仅运营者）
command-report = 举报图片（回复该图片）
command-broadcast = 向所有人发送消息（仅运营者；回复该消息）
command-key = 使用自己的 API 密钥绘图
