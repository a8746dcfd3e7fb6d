"""/key: keys that people bring for models, in private chats alone."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.handlers.addressing import aside_of
from bot.handlers.sender import Sender
from bot.jobs.own_keys import HeldKey, KeyPlace, OwnKeys, Trouble
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten

OFF = frozenset({"off", "-", "remove", "delete"})
WANTED_LENGTH = 40  # characters of an unknown id that are repeated


def router() -> Router:
    keys = Router(name="own keys")
    keys.message.register(key_command, Command("key", ignore_case=True))
    return keys


async def key_command(
    message: Message,
    command: CommandObject,
    person: Sender,
    own_keys: OwnKeys,
    outbox: Outbox,
    key_deleted: bool,
) -> None:
    """The message is deleted by now (`key_deleted`), if the bot may; what it said came through the inbox sealed."""
    if message.chat.type != ChatType.PRIVATE:
        if own_keys.allowed:
            await outbox.reply(aside_of(message), Card(person.texts.html("key-in-private")))
        return
    texts, sealed = person.texts, (command.args or "").strip()
    text: str
    if not own_keys.allowed:
        text = texts.html("key-off")
    elif not sealed:
        text = await _overview(texts, person.id, own_keys)
    elif (argument := own_keys.argument(sealed)) is None:
        text = texts.html("key-unreadable")
    else:
        text = await _changed(texts, person.id, argument, own_keys)
    if not key_deleted and sealed:
        text = f"{text}\n\n{texts.html('key-not-deleted')}"
    await outbox.reply(aside_of(message), Card(text))


async def _changed(texts: LanguageTexts, person: int, argument: str, own_keys: OwnKeys) -> str:
    """Raises StorageUnavailable."""
    wanted, _, key = argument.partition(" ")
    place, key = own_keys.place(wanted), key.strip()
    if place is None:
        return texts.html("key-unknown", wanted=shorten(wanted, WANTED_LENGTH), valid=_ids(own_keys))
    if not key:
        return texts.html("key-usage", model=place.models[0].id)
    if key.lower() in OFF:
        gone = await own_keys.remove(person, place)
        return texts.html("key-removed" if gone else "key-none-there", host=place.host)
    if (found := own_keys.trouble(place, key)) is not None:
        trouble, service = found
        if trouble is Trouble.OTHER_SERVICE:
            return texts.html("key-other-service", service=service, host=place.host)
        return texts.html("key-malformed", host=place.host)
    await own_keys.keep(person, place, key)
    return texts.html("key-kept", host=place.host, models=_labels(place), model=place.models[0].id)


async def _overview(texts: LanguageTexts, person: int, own_keys: OwnKeys) -> str:
    """Raises StorageUnavailable."""
    lines = [_line(texts, held) for held in await own_keys.of(person)]
    example = next((place.models[0].id for place in own_keys.places()), None)
    if example is None:
        lines.append(texts.html("key-nothing-takes-one"))
    else:
        lines += ["", texts.html("key-help", model=example, valid=_ids(own_keys))]
    return "\n".join(lines).strip()


def _line(texts: LanguageTexts, held: HeldKey) -> str:
    state = "unreadable" if not held.readable else "refused" if held.refused else "works"
    name = _labels(held.place) or held.place.provider
    return texts.html("key-line", models=name, host=held.place.host, added=f"{held.added:%Y-%m-%d}", state=state)


def _labels(place: KeyPlace) -> str:
    return ", ".join(model.label for model in place.models)


def _ids(own_keys: OwnKeys) -> str:
    return ", ".join(model.id for place in own_keys.places() for model in place.models)
