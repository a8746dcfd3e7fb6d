"""One picture's way through the outbox, and what it does when Telegram refuses."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.errors import Outcome
from bot.telegram.outbox.messages import Card, ChatGone, DeliveryFailed, Destination, FinalPicture, Shown
from bot.telegram.outbox.outbox import Hooks, Outbox, Recall
from tests.bot.telegram.conftest import FakeTelegram, Fault, Html, Refuse, Reset, Told
from tests.clock import HastyClock

PLACE = Destination(chat_id=7, topic_id=None, reply_to=55)
TOPIC = Destination(chat_id=-100, topic_id=9, reply_to=55, group=True)
KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Cancel", callback_data="c")]])
DRAWING = Card("Drawing <b>a fox</b>", KEYBOARD)
CAPTION = Card("a fox")
PICTURE = FinalPicture(b"\x89PNG the picture", "fox.png")

FORBIDDEN = Refuse(403, "Forbidden: bot was blocked by the user")
NO_PHOTOS = Refuse(400, "Bad Request: not enough rights to send photos to the chat")


def bad(description: str) -> Refuse:
    return Refuse(400, f"Bad Request: {description}")


async def placed(outbox: Outbox, place: Destination = PLACE) -> Shown:
    shown = await outbox.placeholder(place, DRAWING)
    assert shown is not None
    return shown


async def test_a_placeholder_becomes_the_picture_in_place(outbox: Outbox, telegram: FakeTelegram) -> None:
    shown = await placed(outbox)
    status = await outbox.progress(PLACE, shown, Card("50 %", KEYBOARD))
    preview = await outbox.progress(PLACE, shown, Card("60 %", KEYBOARD, preview=b"\xff\xd8 preview"))
    assert status is not None
    assert preview is not None
    later = await outbox.progress(PLACE, preview, Card("70 %", KEYBOARD))
    result = await outbox.final(PLACE, later, PICTURE, CAPTION)

    assert telegram.names() == [
        "sendMessage",
        "editMessageText",
        "editMessageMedia",
        "editMessageCaption",
        "editMessageMedia",
    ]
    first = telegram.calls[0].params
    assert first["reply_parameters"] == {"message_id": 55, "allow_sending_without_reply": True}
    assert (shown.kind, status.kind, preview.kind) == ("text", "text", "photo")
    assert result.message_id == shown.message_id
    assert result.kind == "photo"
    assert result.file_id == "file-5"
    assert list(telegram.calls[-1].files.values()) == [("fox.png", PICTURE.data)]
    assert len(telegram.messages) == 1
    assert telegram.messages[7, shown.message_id]["caption"] == "a fox"


async def test_topics_are_carried_through(outbox: Outbox, telegram: FakeTelegram) -> None:
    await outbox.placeholder(TOPIC, DRAWING)
    await outbox.final(TOPIC, None, PICTURE, CAPTION)
    await outbox.send_document(TOPIC, PICTURE, CAPTION)
    assert telegram.names() == ["sendMessage", "sendPhoto", "sendDocument"]
    assert [call.params["message_thread_id"] for call in telegram.calls] == [9, 9, 9]
    assert telegram.calls[2].params["disable_content_type_detection"] is True


async def test_a_picture_by_its_file_id_is_not_uploaded(outbox: Outbox, telegram: FakeTelegram) -> None:
    await outbox.send_picture(PLACE, FinalPicture(None, file_id="known", spoiler=True), CAPTION)
    assert telegram.calls[0].params["photo"] == "known"
    assert telegram.calls[0].params["has_spoiler"] is True
    assert telegram.calls[0].files == {}


@pytest.mark.parametrize(
    ("faults", "calls", "kind"),
    [
        ([bad("message to edit not found")], ["editMessageMedia", "sendPhoto"], "photo"),
        ([bad("message can't be edited")], ["editMessageMedia", "sendPhoto"], "photo"),
        ([bad("PHOTO_INVALID_DIMENSIONS")], ["editMessageMedia"] * 2, "document"),
        ([bad("IMAGE_PROCESS_FAILED")], ["editMessageMedia"] * 2, "document"),
        ([bad("can't parse entities: oops")], ["editMessageMedia"] * 2, "photo"),
        ([bad("TOPIC_DELETED")], ["editMessageMedia", "sendPhoto"], "photo"),
        ([Html(502), Html(502), Html(502)], ["editMessageMedia"] * 4, "photo"),
        ([Refuse(500, "Internal Server Error")], ["editMessageMedia"] * 2, "photo"),
        ([Reset(effect=False)], ["editMessageMedia"] * 2, "photo"),
        ([Reset(effect=True)], ["editMessageMedia"] * 2, "photo"),
        ([Reset(effect=True), bad("message is not modified: the same")], ["editMessageMedia"] * 2, "photo"),
        ([Refuse(429, "Too Many Requests", {"retry_after": 7})], ["editMessageMedia"] * 2, "photo"),
        ([Refuse(429, "Too Many Requests")], ["editMessageMedia"] * 2, "photo"),
    ],
)
async def test_the_picture_arrives_whatever_happens(
    outbox: Outbox, telegram: FakeTelegram, faults: list[Fault], calls: list[str], kind: str
) -> None:
    shown = await placed(outbox)
    telegram.script("editMessageMedia", *faults)
    result = await outbox.final(PLACE, shown, PICTURE, CAPTION)
    assert telegram.names()[1:] == calls
    assert result.kind == kind
    pictures = [message for message in telegram.messages.values() if "photo" in message or "document" in message]
    assert len(pictures) == 1
    assert outbox.residues.sent_again == 0


async def test_plain_text_when_the_formatting_is_refused(outbox: Outbox, telegram: FakeTelegram) -> None:
    telegram.script("sendMessage", bad("can't parse entities: oops"))
    await outbox.reply(PLACE, Card("<b>1 &lt; 2</b>"))
    assert telegram.calls[1].params["text"] == "1 < 2"
    assert "parse_mode" not in telegram.calls[1].params


async def test_a_refused_file_id_is_uploaded(outbox: Outbox, telegram: FakeTelegram) -> None:
    telegram.script("sendPhoto", bad("wrong file identifier/HTTP URL specified"))
    await outbox.send_picture(PLACE, FinalPicture(b"bytes", "fox.png", file_id="stale"), CAPTION)
    assert list(telegram.calls[1].files.values()) == [("fox.png", b"bytes")]


async def test_a_missing_reply_target_and_a_closed_topic(outbox: Outbox, telegram: FakeTelegram) -> None:
    telegram.script("sendMessage", bad("message to be replied not found"), bad("TOPIC_CLOSED"))
    await outbox.reply(TOPIC, Card("hello"))
    assert "reply_parameters" not in telegram.calls[1].params
    assert "message_thread_id" not in telegram.calls[2].params


async def test_a_group_that_became_a_supergroup(outbox: Outbox, telegram: FakeTelegram, told: Told) -> None:
    place = Destination(chat_id=-5, reply_to=55, group=True)
    shown = await placed(outbox, place)
    moved = Refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1005})
    telegram.script("editMessageMedia", moved)
    await outbox.final(place, shown, PICTURE, CAPTION)
    assert told.migrated == [(-5, -1005)]
    assert telegram.calls[-1].method == "sendPhoto"
    assert telegram.calls[-1].params["chat_id"] == -1005


@pytest.mark.parametrize("fault", [FORBIDDEN, bad("chat not found"), Refuse(403, "Forbidden: bot was kicked")])
async def test_a_chat_that_is_gone(outbox: Outbox, telegram: FakeTelegram, told: Told, fault: Refuse) -> None:
    shown = await placed(outbox)
    for method in ("sendMessage", "editMessageText", "editMessageMedia", "sendPhoto"):
        telegram.script(method, *[fault] * 3)
    with pytest.raises(ChatGone):
        await outbox.placeholder(PLACE, DRAWING)
    with pytest.raises(ChatGone):
        await outbox.progress(PLACE, shown, Card("50 %"))
    with pytest.raises(ChatGone):
        await outbox.final(PLACE, shown, PICTURE, CAPTION)
    with pytest.raises(ChatGone):
        await outbox.card(PLACE, shown, Card("Failed"))
    assert [chat for chat, _ in told.gone] == [7, 7, 7, 7]


async def test_a_hook_that_fails_changes_no_outcome(bot: Bot, clock: HastyClock, telegram: FakeTelegram) -> None:
    async def broken(*_about: object) -> None:
        raise ZeroDivisionError

    outbox = Outbox(bot, clock, Hooks(gone=broken, migrated=broken))
    moved = Refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1005})
    telegram.script("sendMessage", moved, FORBIDDEN)
    with pytest.raises(ChatGone) as caught:
        await outbox.reply(Destination(-5), Card("hello"))
    assert caught.value.chat_id == -1005


async def test_no_right_to_send_photos_leaves_the_text(outbox: Outbox, telegram: FakeTelegram) -> None:
    shown = await placed(outbox)
    telegram.script("editMessageMedia", NO_PHOTOS)
    with pytest.raises(DeliveryFailed) as caught:
        await outbox.final(PLACE, shown, PICTURE, CAPTION)
    assert caught.value.outcome is Outcome.NO_RIGHTS
    assert not caught.value.temporary
    end = await outbox.card(PLACE, shown, Card("No photos may be sent here."))
    assert telegram.messages[7, end.message_id]["text"] == "No photos may be sent here."


async def test_a_picture_that_is_sent_is_sent_once_more(outbox: Outbox, telegram: FakeTelegram) -> None:
    telegram.script("sendPhoto", Reset(effect=False), None)
    await outbox.final(PLACE, None, PICTURE, CAPTION)
    assert outbox.residues.sent_again == 1
    telegram.script("sendPhoto", Reset(effect=False), Reset(effect=False))
    with pytest.raises(DeliveryFailed) as caught:
        await outbox.final(PLACE, None, PICTURE, CAPTION)
    assert caught.value.temporary
    assert telegram.names() == ["sendPhoto"] * 4


@pytest.mark.parametrize("fault", [Reset(effect=True), Html(502), Refuse(500, "Internal Server Error")])
async def test_a_placeholder_is_not_sent_twice(outbox: Outbox, telegram: FakeTelegram, fault: Fault) -> None:
    telegram.script("sendMessage", fault)
    assert await outbox.placeholder(PLACE, DRAWING) is None
    assert telegram.names() == ["sendMessage"]
    assert outbox.residues.placeholders == 1


async def test_a_placeholder_waits_for_a_short_pause_and_skips_a_long_one(
    outbox: Outbox, telegram: FakeTelegram, clock: HastyClock
) -> None:
    telegram.script("sendMessage", Refuse(429, "Too Many Requests", {"retry_after": 5}))
    assert await outbox.placeholder(PLACE, DRAWING) is not None
    assert clock.monotonic() > 5
    telegram.script("sendMessage", Refuse(429, "Too Many Requests", {"retry_after": 5000}))
    assert await outbox.placeholder(PLACE, DRAWING) is None
    assert await outbox.placeholder(PLACE, DRAWING) is None
    assert telegram.names() == ["sendMessage"] * 3, "nothing is called inside the window"


async def test_of_a_crowd_everybody_is_answered(outbox: Outbox, telegram: FakeTelegram, clock: HastyClock) -> None:
    """Twenty in a minute are what a group takes: the last of fifty waits for the third minute."""
    shown = await asyncio.gather(
        *(outbox.placeholder(Destination(-100, reply_to=number), DRAWING) for number in range(50))
    )
    assert None not in shown
    assert telegram.names() == ["sendMessage"] * 50
    assert clock.monotonic() > 120


async def test_a_placeholder_can_be_called_back(outbox: Outbox, telegram: FakeTelegram) -> None:
    recall = Recall()
    recall.call_back()
    assert await outbox.placeholder(PLACE, DRAWING, recall=recall) is None
    assert telegram.names() == []


@pytest.mark.parametrize(
    "fault",
    [
        Refuse(429, "Too Many Requests", {"retry_after": 3}),
        Refuse(500, "Internal Server Error"),
        Html(502),
        Reset(effect=True),
        bad("message to edit not found"),
        NO_PHOTOS,
        bad("PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_progress_is_never_repeated_and_never_fails(outbox: Outbox, telegram: FakeTelegram, fault: Fault) -> None:
    shown = await placed(outbox)
    telegram.script("editMessageMedia", fault)
    assert await outbox.progress(PLACE, shown, Card("50 %", preview=b"\xff\xd8")) is None
    assert telegram.names() == ["sendMessage", "editMessageMedia"]


async def test_progress_that_says_nothing_new_is_fine(outbox: Outbox, telegram: FakeTelegram) -> None:
    shown = await placed(outbox)
    telegram.script("editMessageText", bad("message is not modified: the same"))
    assert await outbox.progress(PLACE, shown, DRAWING) == shown


async def test_a_placeholder_whose_kind_was_not_learnt(outbox: Outbox, telegram: FakeTelegram) -> None:
    """A preview's answer was lost: the message is a photo, and we think it a text."""
    shown = await placed(outbox)
    telegram.script("editMessageMedia", Reset(effect=True))
    assert await outbox.progress(PLACE, shown, Card("50 %", preview=b"\xff\xd8")) is None
    status = await outbox.progress(PLACE, shown, Card("60 %"))
    assert status == Shown(shown.message_id, "photo", "file-2")
    end = await outbox.card(PLACE, shown, Card("It failed."))
    assert end.kind == "photo"
    assert telegram.calls[-1].method == "editMessageMedia", "the preview does not stay"


async def test_failure_in_place(outbox: Outbox, telegram: FakeTelegram) -> None:
    shown = await placed(outbox)
    end = await outbox.card(PLACE, shown, Card("It failed."))
    assert telegram.names() == ["sendMessage", "editMessageText"]
    assert end == shown


async def test_failure_after_a_preview_hides_it(outbox: Outbox, telegram: FakeTelegram) -> None:
    for _ in range(2):
        shown = await placed(outbox)
        preview = await outbox.progress(PLACE, shown, Card("60 %", preview=b"\xff\xd8 preview"))
        end = await outbox.card(PLACE, preview, Card("It failed."))
        assert end.kind == "photo"
        assert telegram.messages[7, shown.message_id]["caption"] == "It failed."
    first, second = (call for call in telegram.made("editMessageMedia") if call.params["media"]["caption"] != "60 %")
    assert next(iter(first.files.values()))[1].startswith(b"\x89PNG")
    assert second.files == {}, "the grey card is uploaded once"


async def test_failure_after_a_preview_where_pictures_are_forbidden_now(outbox: Outbox, telegram: FakeTelegram) -> None:
    shown = await placed(outbox)
    preview = await outbox.progress(PLACE, shown, Card("60 %", preview=b"\xff\xd8 preview"))
    telegram.script("editMessageMedia", NO_PHOTOS)
    await outbox.card(PLACE, preview, Card("It failed."))
    assert telegram.names()[-1] == "editMessageCaption"


async def test_failure_without_a_placeholder_is_sent(outbox: Outbox, telegram: FakeTelegram) -> None:
    await outbox.card(PLACE, None, Card("It failed."))
    assert telegram.names() == ["sendMessage"]


async def test_query_answers_are_cut_and_never_fail(outbox: Outbox, telegram: FakeTelegram) -> None:
    telegram.script("answerCallbackQuery", bad("query is too old and response timeout expired"), None, Html(502))
    await outbox.answer_query("1", "late")
    await outbox.answer_query("2", "x" * 500, alert=True)
    await outbox.answer_query("3")
    assert len(telegram.calls[1].params["text"]) == 200
    assert telegram.calls[1].params["show_alert"] is True


async def test_deleting_what_is_gone(outbox: Outbox, telegram: FakeTelegram) -> None:
    shown = await placed(outbox)
    assert await outbox.delete(PLACE, shown.message_id) is True
    assert await outbox.delete(PLACE, shown.message_id) is False


async def test_a_cancelled_call_is_cancelled(outbox: Outbox, telegram: FakeTelegram) -> None:
    task = asyncio.create_task(outbox.placeholder(PLACE, DRAWING))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
