### What the admins of a group choose for it, with /group.

group-menu =
    <b>This group</b>
    What admins choose here holds for everybody in it.
group-privacy =
    Privacy mode is on: here I see commands and replies to me, but not <code>@{ $username } a fox</code>. Make me an admin, and I see that, too.
group-only-groups = This is for groups: add me to one and send /group there.
group-admins-only = Only the admins of this group can change that.

group-who = Who draws
group-models = Models
group-default = Usual model
group-cooldown = Pause
group-spoiler = Covered
group-language = Language

group-hint-who = Who may ask me for pictures here.
group-hint-models = Those with a mark may be used here. One press adds or takes away.
group-hint-default = Who draws for members that have not chosen a model themselves.
group-hint-cooldown = How long each member waits between two pictures. Admins need not wait.
group-hint-language = The language of what everybody sees. Menus stay in each member's own.

group-who-everyone = everyone
group-who-admins = admins only
group-models-all = all
group-default-operator = as everywhere
group-language-each = each member's own
group-button-all = Allow all
group-button-operator = As everywhere

value-none = none
value-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
value-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
