"""What the operator sells: packs of credits for Telegram Stars, a subscription, and what is free each day."""

import re
from dataclasses import dataclass

MOST_PACKS = 10
MOST_STARS = 100_000  # Telegram documents no limit for invoices
MOST_SUBSCRIPTION_STARS = 10_000  # Bot API, createInvoiceLink
MOST_CREDITS = 1_000_000_000
_MILLION = 1_000_000
_PACK = re.compile(r"([0-9]{1,6}):([0-9]{1,10})(?:\.([0-9]{1,6}))?")


@dataclass(frozen=True, slots=True)
class Pack:
    """`amount` credits, in millionths, for `stars`."""

    stars: int
    amount: int

    def __str__(self) -> str:
        whole, rest = divmod(self.amount, _MILLION)
        fraction = f".{rest:06}".rstrip("0") if rest else ""
        return f"{self.stars}:{whole}{fraction}"


@dataclass(frozen=True, slots=True)
class CreditPlan:
    """`free`: what everybody gets for nothing each day (UTC), in millionths."""

    packs: tuple[Pack, ...]
    subscription: Pack | None = None
    free: int = 0


NOTHING_SOLD = CreditPlan(())


def read_packs(text: str) -> tuple[Pack, ...]:
    """'50:0.5, 250:3' is two packs: Stars, then credits. Raises ValueError."""
    packs = tuple(_pack(part.strip(), MOST_STARS) for part in text.split(",") if part.strip())
    if len(packs) > MOST_PACKS:
        raise ValueError(f"give at most {MOST_PACKS} packs")
    if len(set(packs)) < len(packs):
        raise ValueError("the same pack stands there twice")
    return packs


def read_subscription(text: str) -> Pack:
    """'100:2': Stars, and the credits that they buy every 30 days. Raises ValueError."""
    return _pack(text.strip(), MOST_SUBSCRIPTION_STARS)


def _pack(text: str, most: int) -> Pack:
    found = _PACK.fullmatch(text)
    if found is None:
        raise ValueError("give Stars and credits as stars:credits, such as 50:0.5")
    stars, amount = int(found[1]), int(found[2]) * _MILLION + int((found[3] or "").ljust(6, "0"))
    if not 1 <= stars <= most:
        raise ValueError(f"a price is 1 to {most} Stars")
    if not 0 < amount <= MOST_CREDITS * _MILLION:
        raise ValueError(f"a pack has more than 0 and at most {MOST_CREDITS} credits")
    return Pack(stars, amount)
