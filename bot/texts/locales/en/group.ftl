### What the admins of a group choose for it, with /group.

group-menu =
    <b>Group settings</b>
    These settings apply to everyone in this group.
channel-menu =
    <b>Channel settings</b>
    These settings apply to posts in this channel.
group-privacy =
    Privacy mode is on: I only see commands and replies to me here, not <code>@{ $username } a fox</code>. Make me an admin to enable that.
group-only-groups = This is for groups: add me to one and send /group there.
group-admins-only = Only admins of this group can change this.

group-who = Who can draw
group-models = Models
group-default = Default model
group-cooldown = Cooldown
group-spoiler = Spoiler
group-language = Language
group-posts = Draw for posts

group-hint-who = Who can ask me for pictures in this group.
group-hint-models = Checked models are allowed in this group. Tap to toggle.
group-hint-default = The model for members who haven't chosen one themselves.
group-hint-cooldown = How long each member waits between two pictures. Admins don't have to wait.
group-hint-language = The language of what everyone sees. Menus stay in each member's own language.

group-who-everyone = everyone
group-who-admins = admins only
group-who-people = people, not channels
group-models-all = all
group-default-operator = bot default
group-language-each = each member's own
group-button-all = Allow all
group-button-operator = Bot default

value-none = none
value-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
value-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
