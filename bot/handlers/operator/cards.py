"""Cards for operators: figures, one person, switches, and the audit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.handlers.credits.shop import payment_line
from bot.handlers.operator.refunds import refundable
from bot.jobs.acceptance.budget import amount
from bot.keyboards.credits import refund_rows
from bot.keyboards.operator import back_keyboard, person_keyboard, switches_keyboard, usage_keyboard
from bot.operations.usage import Quantiles, UsageReport
from bot.presenter import clock_time
from bot.telegram.outbox.outbox import Card
from bot.texts.fluent import LanguageTexts, Markup
from bot.texts.lengths import shorten
from providers.catalog.catalog import Catalog
from storage.records import ELSEWHERE, INLINE, Allowance, AuditEntry, Balance, Ban, Payment
from storage.repositories.switches import SwitchState
from storage.repositories.usage import RecentRequest

MODELS_TOLD = 10
SWITCHES_TOLD = 20
DETAIL_LENGTH = 80
PROMPT_LENGTH = 60
MINUTE = 60.0  # s; below it tenths of a second are told


@dataclass(frozen=True, slots=True)
class Money:
    """A person's credits, and their newest payments."""

    balance: Balance
    payments: list[Payment]


def usage_card(texts: LanguageTexts, report: UsageReport, catalog: Catalog, *, paused: str | None) -> Card:
    models = {_label(catalog, model): sum(counts.values()) for model, counts in report.models.items()}
    chats = [f"{title or (INLINE if chat == ELSEWHERE else chat)} {count}" for chat, title, count in report.chats]
    failures = {texts.get(f"reason-{reason}"): count for reason, count in report.failures.items()}
    costs = [f"{_label(catalog, model) or '–'} {amount(count)}" for model, count in report.costs.items()]
    lines = [
        texts.html("admin-usage", since=f"{report.since:%Y-%m-%d %H:%M}"),
        texts.html("admin-requests", counts=_outcomes(texts, report.requests)),
        texts.html("admin-pictures", counts=_outcomes(texts, report.pictures)),
        texts.html("admin-people", active=report.active, new=report.new),
        texts.html("admin-times", wait=_told(texts, report.wait), draw=_told(texts, report.draw)),
        texts.html("admin-models", counts=_counts(models)),
        texts.html("admin-chats", counts=", ".join(chats) or "–"),
        texts.html(
            "admin-cost",
            total=amount(sum(report.costs.values())),
            counts=f"({', '.join(costs[:MODELS_TOLD])})" if costs else "",
        ),
        texts.html("admin-failures", counts=_counts(failures)),
    ]
    if report.own_keys:
        own = {_label(catalog, model): count for model, count in report.own_keys.items()}
        lines.insert(-1, texts.html("admin-own-keys", counts=_counts(own)))
    lines += [
        texts.html(
            "admin-example",
            request=str(example.request_id),
            model=_label(catalog, example.model),
            reason=texts.get(f"reason-{example.reason}"),
            detail=shorten(example.detail or "–", DETAIL_LENGTH),
        )
        for example in report.examples
    ]
    if paused is not None:
        lines.insert(0, texts.html("admin-paused", sentence=paused or "–"))
    return Card("\n".join(lines), usage_keyboard(texts, report.period, paused=paused is not None))


def switches_card(texts: LanguageTexts, catalog: Catalog, state: SwitchState, *, own_keys: bool) -> Card:
    """The models with their switches. `own_keys`: people may bring keys, so models without an operator's key are listed
    as well."""
    working = {model.id for model in catalog.working()}
    models = [model for model in catalog if model.id in working or (own_keys and model.usable_with_key)]
    lines = [texts.html("admin-switches", count=len(models) - sum(model.id in state.off for model in models))]
    lines += [
        texts.html("admin-switched-off", model=_label(catalog, model), sentence=shorten(sentence or "–", DETAIL_LENGTH))
        for model, sentence in list(state.off.items())[:SWITCHES_TOLD]
    ]
    return Card("\n".join(lines), switches_keyboard(texts, models, frozenset(state.off)))


def audit_card(texts: LanguageTexts, entries: Sequence[AuditEntry], names: Mapping[int, str]) -> Card:
    """The newest entries of the audit. `names`: known usernames by id."""
    lines = [texts.html("admin-audit"), *(_entry(texts, entry, names) for entry in entries)]
    return Card("\n".join(lines), back_keyboard(texts))


def person_card(
    texts: LanguageTexts,
    person: int,
    *,
    name: str | None,
    standing: tuple[Ban | None, Allowance],
    counts: Mapping[str, int],
    costs: tuple[int, int],
    newest: Sequence[RecentRequest],
    acts: Sequence[AuditEntry],
    names: Mapping[int, str],
    catalog: Catalog,
    money: Money | None = None,
) -> Card:
    """One person. `counts`: requests in 30 days by state. `costs`: of 24 hours and of 30 days, in millionths. `money`:
    None where there are no credits."""
    ban, allowance = standing
    lines: list[str] = [
        texts.html("admin-person", id=str(person), name=f"@{name}" if name else "–"),
        texts.html("admin-person-requests", counts=_outcomes(texts, counts)),
        texts.html("admin-person-cost", day=amount(costs[0]), month=amount(costs[1])),
    ]
    if allowance.exempt:
        lines.append(texts.html("admin-person-exempt"))
    elif allowance != Allowance():
        limit = "–" if allowance.daily_limit is None else str(allowance.daily_limit)
        cost = "–" if allowance.daily_cost is None else amount(allowance.daily_cost)
        lines.append(texts.html("admin-person-limits", limit=limit, cost=cost))
    if money is not None:
        has, payments = money.balance, money.payments
        values = {"paid": amount(has.paid), "free": amount(has.free), "held": amount(has.held)}
        lines.append(texts.html("admin-person-credits", **values))
        lines += [payment_line(texts, payment) for payment in payments]
    if ban is not None:
        until = texts.get("admin-for-good") if ban.until is None else f"{ban.until:%Y-%m-%d %H:%M} UTC"
        lines.append(texts.html("admin-person-banned", until=until, reason=ban.reason or "–"))
    asked: list[str] = [
        texts.html(
            "admin-person-request",
            request=str(one.id),
            at=f"{one.at:%m-%d %H:%M}",
            model=_label(catalog, one.model),
            outcome=texts.get(f"outcome-{one.state}"),
            prompt=shorten(one.prompt or "–", PROMPT_LENGTH),
        )
        for one in newest
    ]
    done: list[str] = [_entry(texts, entry, names) for entry in acts]
    parts = ["\n".join(part) for part in (lines, asked, done) if part]
    parts.append(texts.html("admin-person-orders", id=str(person)))
    refunds = refund_rows(texts, refundable(money.payments)) if money is not None else []
    return Card("\n\n".join(parts), person_keyboard(texts, person, ban, allowance, refunds))


def ban_end(texts: LanguageTexts, until: datetime | None) -> str:
    return texts.get("admin-for-good") if until is None else f"{until:%Y-%m-%d %H:%M} UTC"


def until_of(now: datetime, term: timedelta | None) -> datetime | None:
    return None if term is None else now + term


def _entry(texts: LanguageTexts, entry: AuditEntry, names: Mapping[int, str]) -> Markup:
    return texts.html(
        "admin-entry",
        at=f"{entry.at:%m-%d %H:%M}",
        act=entry.act,
        by=f"@{names[entry.by]}" if entry.by in names else str(entry.by),
        subject="" if entry.subject is None else str(entry.subject),
        detail=shorten(entry.detail or "", DETAIL_LENGTH),
    )


def _label(catalog: Catalog, model: str) -> str:
    return catalog[model].label if model in catalog else model


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in list(counts.items())[:MODELS_TOLD]) or "–"


def _outcomes(texts: LanguageTexts, counts: Mapping[str, int]) -> str:
    return ", ".join(f"{texts.get(f'outcome-{state}')} {count}" for state, count in counts.items()) or "–"


def _told(texts: LanguageTexts, times: Quantiles) -> str:
    if times.p50 is None or times.p95 is None:
        return "–"
    return f"{_time(texts, times.p50)} / {_time(texts, times.p95)}"


def _time(texts: LanguageTexts, seconds: float) -> str:
    return clock_time(seconds) if seconds >= MINUTE else texts.get("admin-seconds", seconds=f"{seconds:.1f}")
