"""Settings that are valid one by one and do not work, or mean more than they seem to."""

import errno
import socket
from collections.abc import Iterable, Iterator, Sequence

from bot.cli.checks.findings import Finding, Verdict
from bot.config import Settings
from bot.env_file import UnknownSetting
from bot.operations.summary import who_may_use
from providers import Catalog, UnknownModel
from providers.tasks import VIDEO


def unknown_names(unknown: Sequence[UnknownSetting]) -> Iterator[Finding]:
    for name in unknown:
        yield Finding("Settings", Verdict.NOTE, str(name))


def default_model(settings: Settings, catalog: Catalog) -> Finding:
    try:
        model = catalog.default(settings.default_model)
    except UnknownModel as error:
        named = "DEFAULT_MODEL: " if settings.default_model is not None else ""
        return Finding("Default model", Verdict.FAILED, f"{named}{error}")
    return Finding("Default model", Verdict.OK, model.id)


def better(lines: Iterable[str]) -> Iterator[Finding]:
    """How who has neither a key nor a server gets a better model."""
    for line in lines:
        yield Finding("Better models", Verdict.NOTE, line)


def access(settings: Settings) -> Finding:
    if settings.allowed_chats:
        return Finding("Access", Verdict.OK, who_may_use(settings))
    return Finding("Access", Verdict.NOTE, f"{who_may_use(settings)} who finds it: ALLOWED_CHATS is not set")


def costs(settings: Settings, catalog: Catalog) -> Iterator[Finding]:
    """What may cost money, and how much of it."""
    paid = [model for model in catalog.working() if model.provider_class.paid or model.cost]
    priced = [model for model in paid if model.cost]
    if unpriced := [model.id for model in paid if not model.cost]:
        names = ", ".join(unpriced)
        yield Finding(
            "Costs", Verdict.NOTE, f"no budget holds for paid models without a `cost` in the catalogue: {names}"
        )
    if not priced:
        return
    told = ", ".join(f"{model.id} {model.cost:g}" for model in priced)
    budgets = []
    if settings.credits:
        budgets.append("the credits of each user")
    elif settings.daily_cost_per_user:
        budgets.append(f"{settings.daily_cost_per_user:g} a day for each user")
    if settings.daily_cost:
        budgets.append(f"{settings.daily_cost:g} a day for all")
    if budgets:
        yield Finding("Costs", Verdict.OK, f"{told}; budget {' and '.join(budgets)}")
    else:
        detail = f"{told}; without any budget: DAILY_COST and DAILY_COST_PER_USER are 0"
        yield Finding("Costs", Verdict.NOTE, detail)
    if (largest := _largest_pack(settings)) > settings.daily_cost > 0:
        budget = f"DAILY_COST, for all users, is {settings.daily_cost:g}"
        detail = f"whoever buys {largest:g} credits cannot spend them in a day: {budget}"
        yield Finding("Credits", Verdict.NOTE, detail)


def _largest_pack(settings: Settings) -> float:
    """In credits; 0: none are sold."""
    plan = settings.credit_plan
    sold = [] if plan is None else [*plan.packs, *((plan.subscription,) if plan.subscription is not None else ())]
    return max((pack.amount for pack in sold), default=0) / 1_000_000


def videos(settings: Settings, catalog: Catalog) -> Iterator[Finding]:
    """Whether the operator's check of pictures lets videos through, which it cannot look at."""
    models = ", ".join(model.id for model in catalog.doing(VIDEO))
    if settings.output_check_url is None or not models:
        return
    if settings.output_check_fail == "closed":
        detail = f"MP4 and WebM cannot be checked and are not shown, while OUTPUT_CHECK_FAIL is closed: {models}"
    else:
        detail = f"MP4 and WebM are shown unchecked, because OUTPUT_CHECK_FAIL is open: {models}"
    yield Finding("Videos", Verdict.NOTE, detail)


def listening(settings: Settings, *, running: bool | None) -> Iterator[Finding]:
    """Whether the addresses to listen at can be had. `running`: a bot uses the database now; None: unknown."""
    wanted = {"HTTP_LISTEN": settings.http_listen}
    if settings.webhook_url is not None:
        wanted["WEBHOOK_LISTEN"] = settings.webhook_listen
    for name, listen in wanted.items():
        if listen is None or listen.endswith(":0"):
            continue
        error = _refusal(listen)
        if error is None:
            yield Finding(name, Verdict.OK, listen)
        elif error.errno == errno.EADDRINUSE and running is not False:
            yield Finding(name, Verdict.NOTE, f"{listen} is in use: by the bot that runs, or `run` cannot start")
        else:
            yield Finding(name, Verdict.FAILED, f"cannot listen at {listen}: {error.strerror or error}")


def _refusal(listen: str) -> OSError | None:
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    try:
        family = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, int(port)), family=family).close()
    except OSError as error:
        return error
    return None
