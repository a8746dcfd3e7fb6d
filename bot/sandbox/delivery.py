"""Updates pushed to the bot's webhook: with the secret header, repeated until it answers 2xx."""

import asyncio
import json
import random
from collections.abc import Coroutine

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.sandbox.errors import JsonObject
from bot.sandbox.sandbox import Sandbox, Webhook

_TIMEOUT = ClientTimeout(total=30)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0


async def deliver_for_ever(box: Sandbox) -> None:
    """Runs beside the server; does something only while a webhook is set. Pauses are of the sandbox's clock."""
    async with ClientSession(timeout=_TIMEOUT) as session:
        while True:
            if box.webhook is None:
                box.webhook_changed.clear()
                await box.webhook_changed.wait()
                continue
            await _or_changed(box, box.updates.arrival())
            await _deliver_batch(box, session)


async def _deliver_batch(box: Sandbox, session: ClientSession) -> None:
    """As many at once as the webhook allows; one that fails comes again, the others are confirmed."""
    hook = box.webhook
    if hook is None:
        return
    batch = box.updates.peek(hook.max_connections)
    answers = await asyncio.gather(*(_push(box, session, hook, update) for update in batch))
    box.updates.confirm([update["update_id"] for update, done in zip(batch, answers, strict=True) if done])
    box.on_change()
    if all(answers):
        hook.failures = 0
        return
    hook.failures += 1
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**hook.failures) * random.uniform(0.75, 1)
    await _or_changed(box, box.clock.sleep(pause))


async def _push(box: Sandbox, session: ClientSession, hook: Webhook, update: JsonObject) -> bool:
    headers = {"Content-Type": "application/json"}
    if hook.secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
    try:
        async with session.post(hook.url, data=json.dumps(update), headers=headers) as response:
            if 200 <= response.status < 300:
                return True
            problem = f"Wrong response from the webhook: {response.status} {response.reason}"
    except TimeoutError:
        problem = "Read timeout expired"
    except ClientError as error:
        problem = f"Connection failed: {type(error).__name__}"
    hook.last_error_date, hook.last_error_message = box.now(), problem
    return False


async def _or_changed(box: Sandbox, waiting: Coroutine[object, object, object]) -> None:
    """Until that is over, or the webhook was set anew or taken away."""
    box.webhook_changed.clear()
    tasks = [asyncio.ensure_future(box.webhook_changed.wait()), asyncio.ensure_future(waiting)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
