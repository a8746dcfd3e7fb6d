"""The bot's own account: getMe, name and descriptions in several languages."""

from bot.sandbox import views
from bot.sandbox.errors import Json, bad
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import Call


async def get_me(box: Sandbox, _: Call) -> Json:
    return views.bot_user(box.world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not box.world.bot.privacy_mode,
        "supports_inline_queries": box.world.bot.inline,
        "supports_guest_queries": box.world.bot.guest,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def yes(_: Sandbox, __: Call) -> Json:
    return True


async def get_name(box: Sandbox, call: Call) -> Json:
    return {"name": _get(box.world.bot.names, call, box.world.bot.first_name)}


async def set_name(box: Sandbox, call: Call) -> Json:
    return _set(box, box.world.bot.names, call, "name", 64)


async def get_description(box: Sandbox, call: Call) -> Json:
    return {"description": _get(box.world.bot.descriptions, call)}


async def set_description(box: Sandbox, call: Call) -> Json:
    return _set(box, box.world.bot.descriptions, call, "description", 512)


async def get_short_description(box: Sandbox, call: Call) -> Json:
    return {"short_description": _get(box.world.bot.short_descriptions, call)}


async def set_short_description(box: Sandbox, call: Call) -> Json:
    return _set(box, box.world.bot.short_descriptions, call, "short_description", 120)


def _get(texts: dict[str, str], call: Call, default: str = "") -> str:
    return texts.get(call.params.get("language_code", "")) or texts.get("") or default


def _set(box: Sandbox, texts: dict[str, str], call: Call, name: str, longest: int) -> Json:
    """An empty text takes that language's one away."""
    text = call.params.get(name, "")
    if len(text) > longest:
        raise bad(f"BOT_{name.upper()}_TOO_LONG")
    language = call.params.get("language_code", "")
    texts.pop(language, None)
    if text:
        texts[language] = text
    box.on_change()
    return True
