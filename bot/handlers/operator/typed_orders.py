"""Parses what an operator types after /admin into an order. Anything else is answered with the list of orders."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.jobs.acceptance.budget import millionths

WORDS_LENGTH = 500  # characters of a reason or a sentence
MOST_DAYS = 3650
MOST_REQUESTS = 1_000_000
MOST_COST = 1_000_000.0
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class PersonOrder(StrEnum):
    SHOW = "show"
    BAN = "ban"
    UNBAN = "unban"
    EXEMPT = "exempt"
    LIMIT = "limit"
    MESSAGE = "message"


class GeneralOrder(StrEnum):
    USAGE = "usage"
    MODELS = "models"
    AUDIT = "audit"
    PAUSE = "pause"
    RESUME = "resume"
    OFF = "off"
    ON = "on"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class OfPerson:
    """An order about a person. `who`: an id or @name; "": the author of the forwarded message that is replied to.
    `limit` and `cost` (in millionths) are the person's own limits; None: as everybody."""

    order: PersonOrder
    who: str
    words: str = ""
    term: timedelta | None = None
    limit: int | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class OfAll:
    """An order about the bot. `model`: for ON and OFF. `words`: the sentence for members, or for REFUND the payment's
    charge id."""

    order: GeneralOrder
    model: str = ""
    words: str = ""


Order: TypeAlias = OfPerson | OfAll


def read_order(typed: str, *, forwarded: bool = False) -> Order | None:
    """The order in `typed`, or None. `forwarded`: the message replies to a forwarded one, so the person need not be
    named."""
    first, rest = _split(typed.strip())
    if not first:
        return OfPerson(PersonOrder.SHOW, "") if forwarded else OfAll(GeneralOrder.USAGE)
    word = first.lower()
    if word in set(GeneralOrder):
        return _of_all(GeneralOrder(word), rest)
    if word in set(PersonOrder) - {PersonOrder.SHOW}:
        return _of_person(PersonOrder(word), rest, forwarded=forwarded)
    return OfPerson(PersonOrder.SHOW, first) if names_person(first) and not rest else None


def names_person(word: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,16}|@[A-Za-z0-9_]{3,32}", word) is not None


def term_of(word: str) -> timedelta | None:
    """The duration of `30m`, `12h`, `7d` or `2w`. None: it is none, or is not within 1 minute and `MOST_DAYS` days."""
    found = re.fullmatch(r"([0-9]{1,6})([mhdw])", word.lower())
    if found is None:
        return None
    term = timedelta(**{_UNITS[found[2]]: int(found[1])})
    return term if timedelta(0) < term <= timedelta(days=MOST_DAYS) else None


def _of_all(order: GeneralOrder, rest: str) -> OfAll | None:
    if order in {GeneralOrder.ON, GeneralOrder.OFF}:
        model, sentence = _split(rest)
        return OfAll(order, model, sentence[:WORDS_LENGTH]) if model else None
    if order is GeneralOrder.REFUND:
        return OfAll(order, words=rest) if rest and not rest.split()[1:] else None
    if order is GeneralOrder.PAUSE:
        return OfAll(order, words=rest[:WORDS_LENGTH])
    return None if rest else OfAll(order)


def _of_person(order: PersonOrder, rest: str, *, forwarded: bool) -> OfPerson | None:
    who, words = _split(rest)
    if not names_person(who):
        if not forwarded:
            return None
        who, words = "", rest
    elif forwarded and order is PersonOrder.LIMIT and len(rest.split()) < 3 and not who.startswith("@"):
        who, words = "", rest  # the number is the limit
    if order is PersonOrder.LIMIT:
        return _limit(who, words)
    if order is PersonOrder.MESSAGE:
        return OfPerson(order, who, words) if words else None
    if order is PersonOrder.BAN:
        first, reason = _split(words)
        term = term_of(first)
        return OfPerson(order, who, (words if term is None else reason)[:WORDS_LENGTH], term)
    return OfPerson(order, who) if not words else None


def _limit(who: str, words: str) -> OfPerson | None:
    """Reads requests and cost a day; `-`: as everybody."""
    given = words.split()
    if not 1 <= len(given) <= 2:
        return None
    limit: int | None = None
    cost: int | None = None
    if given[0] != "-":
        if not re.fullmatch(r"[0-9]{1,7}", given[0]) or int(given[0]) > MOST_REQUESTS:
            return None
        limit = int(given[0])
    if len(given) == 2 and given[1] != "-":
        if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,6})?", given[1]) or float(given[1]) > MOST_COST:
            return None
        cost = millionths(float(given[1]))
    return OfPerson(PersonOrder.LIMIT, who, limit=limit, cost=cost)


def _split(text: str) -> tuple[str, str]:
    """The first word, and the rest."""
    parts = text.split(maxsplit=1)
    return (parts[0] if parts else "", parts[1].strip() if len(parts) > 1 else "")
