"""`imagine-bot stats --ledger`: all credits and payments added up."""

import json

from bot.clock import SystemClock
from bot.jobs.acceptance.budget import amount
from storage import Database
from storage.records import CreditAccount, LedgerReport

_MEANING = {
    CreditAccount.STARS: "bought with Stars",
    CreditAccount.FREE: "given for nothing",
    CreditAccount.PAID: "bought and not spent",
    CreditAccount.HELD: "reserved for pictures in progress",
    CreditAccount.SPENT: "spent on pictures",
}


async def print_ledger(url: str, *, as_json: bool) -> bool:
    """Whether it balances. Raises StorageError."""
    clock = SystemClock()
    database = await Database.open(url, clock_now=clock.now, migrate=False)
    try:
        async with database.read() as unit:
            report = await unit.credits.report()
    finally:
        await database.close()
    print(json.dumps(_document(report), indent=2) if as_json else _lines(report))
    return report.balances


def _lines(report: LedgerReport) -> str:
    lines = [f"{account:<8} {amount(total):>16}  {_MEANING[account]}" for account, total in report.accounts.items()]
    lines.append(f"{'sum':<8} {amount(sum(report.accounts.values())):>16}  0 in order")
    lines += [
        f"reservations     {amount(report.holds)}, as in held",
        f"payments         {amount(report.bought)}, as in stars with the other sign",
        f"unbalanced       {report.unbalanced} movements, 0 in order",
        f"wrong balances   {report.wrong} people, 0 in order",
        f"stranded         {report.stranded} reservations, given back within the hour",
        f"unclear          {report.unclear} payments of which nobody knows what they were for",
        "The ledger balances." if report.balances else "The ledger does NOT balance.",
    ]
    return "\n".join(lines)


def _document(report: LedgerReport) -> dict[str, object]:
    """In millionths of a credit."""
    return {
        "accounts": {str(account): total for account, total in report.accounts.items()},
        "sum": sum(report.accounts.values()),
        "holds": report.holds,
        "bought": report.bought,
        "unbalanced": report.unbalanced,
        "wrong": report.wrong,
        "stranded": report.stranded,
        "unclear": report.unclear,
        "balances": report.balances,
    }
