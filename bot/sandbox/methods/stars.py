"""Telegram Stars with play money: invoices, checkouts, refunds and the bot's books.

Refusals are in Telegram's words as far as they are known from others' reports; the rules are those of the Bot API's
text (https://core.telegram.org/bots/api#payments), never compared with the real server.
"""

import secrets

from bot.sandbox import errors, views
from bot.sandbox.errors import Json, JsonObject, bad
from bot.sandbox.methods.targets import new_message
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Message
from bot.sandbox.wire import Call

CURRENCY = "XTR"
MONTH = 2_592_000
LINK = "https://t.me/$"
_MOST_OF_SUBSCRIPTION = 10_000
_NOT_FOR_STARS = ("max_tip_amount", "suggested_tip_amounts", "provider_data", "is_flexible")


async def send_invoice(box: Sandbox, call: Call) -> Json:
    stars = _price(call)
    chat, message = new_message(box, call)
    if message.keyboard is not None and "pay" not in message.keyboard["inline_keyboard"][0][0]:
        raise bad("REPLY_MARKUP_BUY_EMPTY")
    params = call.params
    message.extra = {
        "invoice": {
            "title": params["title"],
            "description": params["description"],
            "start_parameter": params.get("start_parameter", ""),
            "currency": CURRENCY,
            "total_amount": stars,
        }
    }
    message.invoice_payload = params["payload"]
    message.keyboard = message.keyboard or {"inline_keyboard": [[{"text": f"Pay ⭐{stars}", "pay": True}]]}
    box.world.number(chat, message)
    return views.message(box.world, box.post(chat, message))


async def create_invoice_link(box: Sandbox, call: Call) -> Json:
    stars, period = _price(call), call.params.get("subscription_period")
    if period is not None and (period != MONTH or stars > _MOST_OF_SUBSCRIPTION):
        raise bad("SUBSCRIPTION_PERIOD_INVALID" if period != MONTH else "STARS_INVOICE_INVALID")
    slug = secrets.token_urlsafe(12)
    box.world.invoice_links[slug] = {
        "title": call.params["title"],
        "description": call.params["description"],
        "payload": call.params["payload"],
        "stars": stars,
        "period": period,
    }
    box.on_change()
    return f"{LINK}{slug}"


async def answer_pre_checkout_query(box: Sandbox, call: Call) -> Json:
    """Once, and within 10 s; later the payment was cancelled."""
    waiting = box.checkouts.get(call.params["pre_checkout_query_id"])
    if waiting is None or waiting.done():
        raise errors.QUERY_TOO_OLD()
    refusal = None if call.params["ok"] else call.params.get("error_message", "")
    if refusal == "":
        raise bad("ERROR_MESSAGE_EMPTY")
    waiting.set_result(refusal)
    return True


async def refund_star_payment(box: Sandbox, call: Call) -> Json:
    """The whole payment, once; the bot hears of it by a service message."""
    person, charge = call.params["user_id"], call.params["telegram_payment_charge_id"]
    same = [deal for deal in box.world.stars if deal["id"] == charge]
    paid = next((deal for deal in same if deal.get("source", {}).get("user", {}).get("id") == person), None)
    if paid is None:
        raise bad("CHARGE_NOT_FOUND")
    if any("receiver" in deal for deal in same):
        raise bad("CHARGE_ALREADY_REFUNDED")
    if balance(box) < paid["amount"]:
        raise bad("BALANCE_TOO_LOW")
    back = {**paid, "date": box.now(), "receiver": paid["source"]}
    del back["source"]
    box.world.stars.append(back)
    chat = box.world.chats[person]
    message = Message(box.world.new_message_id(chat), chat.id, box.world.bot.id, box.now())
    message.service = f"{paid['amount']} ⭐ were refunded"
    message.extra = {
        "refunded_payment": {
            "currency": CURRENCY,
            "total_amount": paid["amount"],
            "invoice_payload": paid["source"]["invoice_payload"],
            "telegram_payment_charge_id": charge,
        }
    }
    box.post(chat, message)
    return True


async def edit_user_star_subscription(box: Sandbox, call: Call) -> Json:
    """Ends a subscription at the end of what is paid for, or lets it run on. It is known by its first payment."""
    person, charge = call.params["user_id"], call.params["telegram_payment_charge_id"]
    paid = next((deal for deal in box.world.stars if deal["id"] == charge and "source" in deal), None)
    if paid is None or first_charge(box, person, paid["source"]["invoice_payload"]) != charge:
        raise bad("CHARGE_ID_INVALID")
    ended = box.world.ended_subscriptions
    if call.params["is_canceled"] and charge not in ended:
        ended.append(charge)
    elif not call.params["is_canceled"] and charge in ended:
        ended.remove(charge)
    box.on_change()
    return True


def first_charge(box: Sandbox, person: int, payload: str) -> str | None:
    """That of the first payment of somebody's subscription."""
    for deal in box.world.stars:
        source = deal.get("source", {})
        theirs = "subscription_period" in source and source["user"]["id"] == person
        if theirs and source["invoice_payload"] == payload:
            found: str = deal["id"]
            return found
    return None


async def get_star_transactions(box: Sandbox, call: Call) -> Json:
    """Oldest first."""
    offset, limit = call.integer("offset"), call.integer("limit", 100)
    if not 1 <= limit <= 100 or offset < 0:
        raise bad("LIMIT_INVALID")
    return {"transactions": box.world.stars[offset : offset + limit]}


async def get_my_star_balance(box: Sandbox, _: Call) -> Json:
    return {"amount": balance(box)}


def balance(box: Sandbox) -> int:
    """Stars that the bot has; play money can be withdrawn, too."""
    total: int = sum(deal["amount"] if "source" in deal else -deal["amount"] for deal in box.world.stars)
    return total - box.world.stars_withdrawn


def _price(call: Call) -> int:
    """The one price of an invoice in Stars. Raises ApiError."""
    params: JsonObject = call.params
    if params["currency"] != CURRENCY or params.get("provider_token"):
        raise bad("PAYMENT_PROVIDER_INVALID")
    prices, unfit = params["prices"], [name for name in _NOT_FOR_STARS if params.get(name)]
    if len(prices) != 1 or unfit or any(value for name, value in params.items() if name.startswith("need_")):
        raise bad("STARS_INVOICE_INVALID")
    stars: int = prices[0]["amount"]
    if stars < 1:
        raise bad("CURRENCY_TOTAL_AMOUNT_INVALID")
    return stars
