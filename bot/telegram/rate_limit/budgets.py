"""Telegram's published limits, and how much of each a lane may use."""

import math
from dataclasses import dataclass

from bot.telegram.rate_limit.priority import Priority
from bot.telegram.rate_limit.sliding_window import Window

ChatKey = int | str  # a chat's id, a channel's @name, or the id of an inline message


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `limit` calls in any `span` seconds; a lane in `shares` only while fewer than that many are used.

    Shares never grow from an urgent lane to a less urgent one, so where the most urgent call has to wait all do.
    """

    limit: int
    span: float
    shares: dict[Priority, int]

    def window(self, overdue: float = 10.0) -> Window:
        return Window(self.limit, self.span, overdue=overdue)

    def share(self, lane: Priority) -> int:
        return self.shares.get(lane, self.limit)


# One message a second to a person, short bursts pass; progress leaves room for what ends the request. So do actions,
# which give their place back as soon as they are answered.
PRIVATE = Budget(limit=3, span=3.0, shares={Priority.PROGRESS: 2, Priority.BROADCAST: 2, Priority.ACTION: 2})

# 20 a minute in a group or channel, sends and edits together; five are kept for final pictures.
GROUP = Budget(
    limit=20,
    span=60.0,
    shares={
        Priority.PLACEHOLDER: 15,
        Priority.REPLY: 15,
        Priority.PROGRESS: 10,
        Priority.BROADCAST: 1,
        Priority.ACTION: 1,
    },
)

# Of four places: one is kept for the final picture, and progress leaves two.
_OF_FOUR = {
    Priority.PLACEHOLDER: 3,
    Priority.REPLY: 3,
    Priority.PROGRESS: 2,
    Priority.BROADCAST: 1,
    Priority.ACTION: 1,
}

# Edits of an inline message count in its chat, which the bot is not told. So each keeps to what a group takes in a
# minute, and to what a private chat takes at once. Several in one group may still be too many together: those that
# Telegram has refused share the budget of a group from then on.
INLINE = Budget(
    limit=4,
    span=12.0,
    shares=_OF_FOUR,
)

REFUSED_TOGETHER = "refused inline messages"  # as if all of them were in one group

PLACEHOLDER_SHARE = 0.2  # of the budget over all goes to placeholders first, however many pictures wait
NEWCOMERS_WAIT = 0.1  # s that they wait before pictures that wait as well
SPREAD = 15  # parts of the window over all: calls that leave a few at a time are answered sooner than in one bunch
OVERDUE_OVER_ALL = 3.0  # s


def is_inline(chat: ChatKey) -> bool:
    """Whether it is an inline message, whose chat is not known."""
    return isinstance(chat, str) and not chat.startswith("@")


def chat_budget(chat: ChatKey) -> Budget:
    """People have positive ids, groups and channels negative ones or a name."""
    if is_inline(chat) and chat != REFUSED_TOGETHER:
        return INLINE
    return PRIVATE if isinstance(chat, int) and chat > 0 else GROUP


def over_all(rate: float) -> Budget:
    """`rate` messages a second over all chats, a whole number in any second (below 1: one in 1/rate seconds)."""
    return _shared(max(1, math.floor(rate)), max(1.0, 1 / rate))


def spread(budget: Budget) -> Budget:
    """What may leave in a part of the budget's span: a little more than evenly, so that it never binds for long."""
    return _shared(-(-budget.limit // SPREAD) + 1, budget.span / SPREAD)


def _shared(limit: int, span: float) -> Budget:
    """The less urgent leave something to placeholders at every moment, not just in turn."""
    shares = {Priority.REPLY: 0.9, Priority.PROGRESS: 0.7, Priority.BROADCAST: 0.5, Priority.ACTION: 0.2}
    return Budget(limit, span, {lane: max(1, math.floor(limit * share)) for lane, share in shares.items()})


@dataclass(frozen=True, slots=True)
class SharedBudget:
    """What processes that share a bot keep to together: a call every `interval` seconds, `burst` at once after a pause.

    Calls are counted where they leave, and Telegram counts them where they arrive. So a span of the limit that is
    longer by `slack` holds no more than the limit: limit >= burst + span * (1 + slack) / interval.
    """

    interval: float
    burst: int
    shares: dict[Priority, int]  # of the burst

    def share(self, lane: Priority) -> int:
        return self.shares.get(lane, self.burst)


SLACK_OVER_ALL = 0.08
SHARED_PRIVATE = SharedBudget(1.0, burst=3, shares={Priority.PROGRESS: 2, Priority.BROADCAST: 1, Priority.ACTION: 1})
# 15 a minute of 20: 68 s at this pace hold no more than 20.
SHARED_GROUP = SharedBudget(
    4.0,
    burst=4,
    shares=_OF_FOUR,
)


def shared_chat(chat: ChatKey) -> SharedBudget:
    return SHARED_PRIVATE if isinstance(chat, int) and chat > 0 else SHARED_GROUP


def shared_over_all(rate: float) -> SharedBudget:
    """25 a second and 4 at once for Telegram's published 30."""
    burst = 4 if rate >= 10 else 1
    interval = (1 + SLACK_OVER_ALL) / (rate - burst + 1)
    shares = {Priority.REPLY: 3, Priority.PROGRESS: 2, Priority.BROADCAST: 1, Priority.ACTION: 1}
    return SharedBudget(interval, burst, shares=shares if burst > 1 else {})
