"""People who pay: Telegram's part of a payment, with play money."""

import asyncio
from typing import Any

from bot.sandbox import views
from bot.sandbox.errors import JsonObject
from bot.sandbox.methods.stars import CURRENCY, LINK, MONTH, first_charge
from bot.sandbox.page_views import page_message
from bot.sandbox.people import Refused
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Chat, Message

CHECKOUT_SECONDS = 10.0  # that the bot has for its answer (Bot API, answerPreCheckoutQuery)


class Payers:
    """Every method acts for one person (`by`), returns the charge's id, and raises Refused where nothing is paid, with
    the bot's own words if it has some. `told` false: the service message is lost."""

    def __init__(self, box: Sandbox) -> None:
        self._box = box
        self._world = box.world

    async def pay(self, by: int, chat_id: int, message_id: int, *, told: bool = True) -> str:
        """Presses Pay on an invoice, and confirms."""
        chat = self._world.chats.get(chat_id)
        message = chat.messages.get(message_id) if chat is not None else None
        if chat is None or message is None or message.invoice_payload is None:
            raise Refused("The invoice is gone.")
        if chat.person_id not in (None, by):
            raise Refused("This is somebody else's private chat.")
        if message.receipt is not None:
            raise Refused("It is paid already.")
        stars = message.extra["invoice"]["total_amount"]
        await self._checkout(by, message.invoice_payload, stars)
        charge = self._paid(by, chat, message.invoice_payload, stars, told=told)
        message.receipt = charge
        message.keyboard = {"inline_keyboard": [[{"text": "Receipt", "pay": True}]]}
        self._box.events.add("edit", message=page_message(self._world, message))
        self._box.on_change()
        return charge

    async def pay_link(self, by: int, url: str, *, told: bool = True) -> str:
        """Opens an invoice's link, and confirms."""
        link = self._world.invoice_links.get(url.removeprefix(LINK))
        if link is None:
            raise Refused("This link leads nowhere.")
        await self._checkout(by, link["payload"], link["stars"])
        first = {"is_recurring": True, "is_first_recurring": True} if link["period"] else {}
        return self._of_link(by, link, first, told=told)

    def renew(self, by: int, url: str, *, told: bool = True) -> str:
        """A subscription is paid for once more, by itself."""
        link = self._world.invoice_links[url.removeprefix(LINK)]
        if first_charge(self._box, by, link["payload"]) in self._world.ended_subscriptions:
            raise Refused("This subscription was ended.")
        return self._of_link(by, link, {"is_recurring": True}, told=told)

    def _of_link(self, by: int, link: JsonObject, fields: JsonObject, *, told: bool) -> str:
        if link["period"]:
            fields = {**fields, "subscription_expiration_date": self._box.now() + MONTH}
        chat = self._world.chats[by]
        return self._paid(by, chat, link["payload"], link["stars"], fields, told=told)

    async def _checkout(self, by: int, payload: str, stars: int) -> None:
        """Asks the bot."""
        query_id = str(self._world.next_query_id)
        self._world.next_query_id += 1
        answered: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._box.checkouts[query_id] = answered
        self._box.updates.put(
            "pre_checkout_query",
            {
                "id": query_id,
                "from": views.user(self._world, by),
                "currency": CURRENCY,
                "total_amount": stars,
                "invoice_payload": payload,
            },
        )
        late = asyncio.ensure_future(self._box.clock.sleep(CHECKOUT_SECONDS))
        waits: list[asyncio.Future[Any]] = [answered, late]  # Any: each has its own kind of result
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            late.cancel()
            del self._box.checkouts[query_id]
        if not answered.done():
            raise Refused("The bot did not answer in time, so nothing was paid.")
        if (refusal := answered.result()) is not None:
            raise Refused(refusal)

    def _paid(
        self, by: int, chat: Chat, payload: str, stars: int, fields: JsonObject | None = None, *, told: bool
    ) -> str:
        charge = f"stx{self._world.next_charge:020d}"
        self._world.next_charge += 1
        source: JsonObject = {
            "type": "user",
            "transaction_type": "invoice_payment",
            "user": views.user(self._world, by),
            "invoice_payload": payload,
        }
        if fields:
            source["subscription_period"] = MONTH
        self._world.stars.append({"id": charge, "amount": stars, "date": self._box.now(), "source": source})
        if not told:
            self._box.on_change()
            return charge
        message = Message(self._world.new_message_id(chat), chat.id, by, self._box.now())
        message.service = f"{views.user(self._world, by)['first_name']} paid {stars} ⭐ (play money)"
        message.extra = {
            "successful_payment": {
                "currency": CURRENCY,
                "total_amount": stars,
                "invoice_payload": payload,
                "telegram_payment_charge_id": charge,
                "provider_payment_charge_id": "",
                **(fields or {}),
            }
        }
        self._box.post(chat, message)
        return charge
