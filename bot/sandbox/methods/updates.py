"""getUpdates and webhooks, of which a bot can have only one at a time."""

import re

from bot.sandbox import errors
from bot.sandbox.errors import Json, JsonObject, bad
from bot.sandbox.sandbox import Sandbox, Webhook
from bot.sandbox.wire import Call

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(box: Sandbox, call: Call) -> Json:
    """Limit and timeout out of range are brought into it, as tdlib's server does."""
    if box.webhook is not None:
        raise errors.WEBHOOK_ACTIVE()
    if "allowed_updates" in call.params:
        box.updates.allowed = call.params["allowed_updates"]
    limit = min(max(call.integer("limit", 100), 1), 100)
    timeout = min(max(call.integer("timeout"), 0), 50)
    if call.integer("offset") != 0:
        box.on_change()  # it confirms something
    return await box.updates.poll(call.integer("offset"), limit, timeout)


async def set_webhook(box: Sandbox, call: Call) -> Json:
    url = call.params["url"]
    if not url:
        return await delete_webhook(box, call)
    if not url.startswith(("https://", "http://")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.params.get("secret_token")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    if "allowed_updates" in call.params:
        box.updates.allowed = call.params["allowed_updates"]
    if call.params.get("drop_pending_updates"):
        box.updates.clear()
    box.updates.interrupt(errors.POLL_ENDED_BY_WEBHOOK())
    box.webhook = Webhook(url, secret, min(max(call.integer("max_connections", 40), 1), 100))
    box.webhook_changed.set()
    return True


async def delete_webhook(box: Sandbox, call: Call) -> Json:
    if call.params.get("drop_pending_updates"):
        box.updates.clear()
    box.webhook = None
    box.webhook_changed.set()
    return True


async def get_webhook_info(box: Sandbox, _: Call) -> Json:
    hook = box.webhook
    info: JsonObject = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(box.updates),
    }
    if box.updates.allowed:
        info["allowed_updates"] = box.updates.allowed
    if hook is not None:
        info["max_connections"] = hook.max_connections
        if hook.last_error_date is not None:
            info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    return info
