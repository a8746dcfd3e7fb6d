"""Play money: what the sandbox refuses of invoices, and that what it answers fits the Bot API's types."""

import asyncio
from typing import Any

import pytest

from bot.sandbox import SandboxServer
from bot.sandbox.people import Refused
from bot.sandbox.seed import YOU
from tests.bot.sandbox.conftest import Raw
from tests.bot.sandbox.test_answers import SCHEMA, check
from tests.clock import FakeClock

INVOICE: dict[str, Any] = {
    "title": "Credits: 1",
    "description": "For pictures",
    "payload": "credits:1",
    "provider_token": "",
    "currency": "XTR",
    "prices": [{"label": "Credits: 1", "amount": 50}],
}


async def bill(server: SandboxServer, raw: Raw) -> int:
    server.people.send(YOU, YOU, "/start")
    await raw("getUpdates", allowed_updates=["message", "pre_checkout_query"], offset=-1)
    status, body = await raw("sendInvoice", chat_id=YOU, start_parameter="buy", **INVOICE)
    assert status == 200
    check(body["result"], "Message")
    number: int = body["result"]["message_id"]
    return number


async def paid(server: SandboxServer, raw: Raw, number: int, **answer: object) -> str:
    """Presses Pay; the bot's answer."""
    paying = asyncio.create_task(server.payers.pay(YOU, YOU, number))
    offset = max(server.state.waiting, default=0) + 1
    _, body = await raw("getUpdates", offset=offset, timeout=5)
    check(body["result"], {"array_of": ["Update"]})
    query = body["result"][-1]["pre_checkout_query"]
    status, _ = await raw("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], **answer)
    assert status == 200
    return await paying


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"currency": "USD"}, "PAYMENT_PROVIDER_INVALID"),
        ({"provider_token": "token"}, "PAYMENT_PROVIDER_INVALID"),
        ({"prices": []}, "STARS_INVOICE_INVALID"),
        ({"prices": INVOICE["prices"] * 2}, "STARS_INVOICE_INVALID"),
        ({"prices": [{"label": "x", "amount": 0}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
        ({"max_tip_amount": 5}, "STARS_INVOICE_INVALID"),
        ({"need_email": True}, "STARS_INVOICE_INVALID"),
        ({"title": "x" * 33}, "length of title"),
        ({"payload": "я" * 65}, "length of payload"),
    ],
)
async def test_what_is_no_invoice_for_stars(
    server: SandboxServer, raw: Raw, changed: dict[str, object], said: str
) -> None:
    server.people.send(YOU, YOU, "/start")
    status, body = await raw("sendInvoice", chat_id=YOU, **(INVOICE | changed))
    assert status == 400
    assert said in body["description"]


async def test_a_payment_and_its_refund(server: SandboxServer, raw: Raw) -> None:
    number = await bill(server, raw)
    charge = await paid(server, raw, number, ok=True)
    with pytest.raises(Refused, match="paid already"):
        await server.payers.pay(YOU, YOU, number)
    assert (await raw("getMyStarBalance"))[1]["result"] == {"amount": 50}
    for expected, said in ((200, None), (400, "CHARGE_ALREADY_REFUNDED")):
        status, body = await raw("refundStarPayment", user_id=YOU, telegram_payment_charge_id=charge)
        assert status == expected
        assert said is None or said in body["description"]
    status, body = await raw("refundStarPayment", user_id=YOU, telegram_payment_charge_id="none")
    assert (status, body["description"]) == (400, "Bad Request: CHARGE_NOT_FOUND")
    _, books = await raw("getStarTransactions")
    check(books["result"], "StarTransactions")
    assert [deal["id"] for deal in books["result"]["transactions"]] == [charge, charge]
    assert (await raw("getStarTransactions", offset=1))[1]["result"]["transactions"] == books["result"]["transactions"][
        1:
    ]
    _, body = await raw("getUpdates")
    check(body["result"], {"array_of": ["Update"]})
    told = [set(update["message"]) for update in body["result"] if "message" in update]
    assert any("successful_payment" in fields for fields in told)
    assert any("refunded_payment" in fields for fields in told)


async def test_nobody_pays_when_the_bot_says_no_or_nothing(server: SandboxServer, raw: Raw, clock: FakeClock) -> None:
    number = await bill(server, raw)
    with pytest.raises(Refused, match="sold out"):
        await paid(server, raw, number, ok=False, error_message="sold out")
    paying = asyncio.create_task(server.payers.pay(YOU, YOU, number))
    await asyncio.sleep(0)
    await clock.advance(10.0)
    with pytest.raises(Refused, match="in time"):
        await paying
    assert server.state.stars == []
    query = list(server.state.waiting.values())[-1]["pre_checkout_query"]["id"]
    status, body = await raw("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)
    assert status == 400
    assert "query is too old" in body["description"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 200),
        ({"subscription_period": 2_592_000}, 200),
        ({"subscription_period": 86_400}, 400),
        ({"subscription_period": 2_592_000, "prices": [{"label": "x", "amount": 10_001}]}, 400),
    ],
)
async def test_links(raw: Raw, changed: dict[str, object], status: int) -> None:
    found, body = await raw("createInvoiceLink", **(INVOICE | changed))
    assert found == status
    if status == 200:
        check(body["result"], SCHEMA["methods"]["createInvoiceLink"]["returns"][0])


async def test_the_page_pays(server: SandboxServer, raw: Raw, web: Any) -> None:
    number = await bill(server, raw)
    async with web.get(f"/api/state?person={YOU}") as response:
        state = await response.json()
    (shown,) = [message for chat in state["chats"] for message in chat["messages"] if "invoice" in message]
    assert shown["invoice"] == {"title": "Credits: 1", "stars": 50}
    assert shown["keyboard"] == [[{"text": "Pay ⭐50", "kind": "pay"}]]

    async def pay(**body: object) -> tuple[int, dict[str, Any]]:
        async with web.post("/api/pay", json={"person": YOU, **body}) as response:
            return response.status, await response.json()

    paying = asyncio.create_task(pay(chat_id=YOU, message_id=number))
    _, body = await raw("getUpdates", offset=max(server.state.waiting, default=0) + 1, timeout=5)
    query = body["result"][-1]["pre_checkout_query"]["id"]
    await raw("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)
    assert (await paying)[0] == 200
    assert (await pay(chat_id=YOU, message_id=number)) == (200, {"refused": "It is paid already."})
    assert (await pay(url="https://t.me/$nowhere"))[1] == {"refused": "This link leads nowhere."}
    assert (await pay(person=5, chat_id=YOU, message_id=number))[1] == {"refused": "There is no such person."}
