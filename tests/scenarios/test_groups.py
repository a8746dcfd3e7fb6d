"""Life in groups: menus that only their owner sees, what admins choose, and whom the bot answers."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.keyboards.group import GroupMenu, GroupSet, GroupSetting
from bot.sandbox import SandboxServer
from bot.sandbox.seed import FORUM, GROUP
from bot.sandbox.state import Status
from providers import ImagePreview, ImageRequest, ImageResponse, Provider
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")

SMALL = "--size 128x128"


class Gated(Provider):
    """Draws when the test lets it."""

    label = "Gated"
    offline = True
    models = default_model = "gated"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset())
    go_on = asyncio.Event()

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        await type(self).go_on.wait()
        yield ImageResponse([data_url(sample_photo(), "image/png")])


class Previewing(Gated):
    """Shows a preview before that."""

    label = "Previewing"
    models = default_model = "previewing"
    capabilities = Capabilities(frozenset({"seed"}), previews=True)

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield ImagePreview(data_url(sample_photo(), "image/png"))
        await Gated.go_on.wait()
        yield ImageResponse([data_url(sample_photo(), "image/png")])


class Adult(Provider):
    """Says that it found adult content."""

    label = "Adult"
    offline = True
    models = default_model = "adult"  # type: ignore[assignment] # likewise
    capabilities = Capabilities(frozenset())

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield ImageResponse([data_url(sample_photo(), "image/png")], adult=True)


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    Gated.go_on = asyncio.Event()
    words = tmp_path / "words.txt"
    words.write_text("# not here\ngore\nзлой кот\n", encoding="utf-8")
    catalog = quick_sketch(scripted("gated", Gated), scripted("adult", Adult), scripted("previewing", Previewing))
    async with bot_at(sandbox, tmp_path, catalog, blocked_words_file=words) as running:
        async with asyncio.timeout(10):
            while "all_group_chats:ru" not in sandbox.state.bot.commands:
                await sandbox.box.events.wait()
        yield running


def others_see(group: ChatClient, *others: Person) -> list[str]:
    return [message.text for other in others for message in other.chat(group.chat_id).messages]


# Menus for one's own eyes


async def test_settings_are_for_their_owners_eyes(group: ChatClient, alice: Person, boris: Person) -> None:
    asked = await group.send("/settings")
    assert asked.ephemeral_for is not None
    menu = await group.text("Your settings", to=asked)
    assert menu.ephemeral_for == group.person.id
    await group.press("Aspect ratio", on=menu)
    await group.press("9:16", on=menu)
    await group.text("Aspect ratio: 9:16")
    await group.press("Close", on=menu)
    await group.text("Settings closed")
    assert others_see(group, alice, boris) == []


async def test_a_typed_setting_stays_between_the_two(group: ChatClient, alice: Person) -> None:
    menu = await group.text("Your settings", to=await group.send("/settings"))
    await group.press("Seed", on=menu)
    await group.press("Enter", on=menu)
    question = await group.text("Which seed?")
    assert question.ephemeral_for == group.person.id
    answer = await group.send("77", reply_to=question)
    assert (await group.text("Seed set to 77", to=answer)).ephemeral_for == group.person.id
    assert others_see(group, alice) == []
    assert "seed 77" in (await group.photo(to=await group.send(f"/imagine a fox {SMALL}"))).text


async def test_the_models_below_a_picture_are_shown_to_who_pressed(group: ChatClient, boris: Person) -> None:
    picture = await group.photo(to=await group.send(f"/imagine a fox {SMALL}"))
    await group.press("Model", on=picture)
    menu = await group.text("Choose a model")
    assert menu.ephemeral_for == group.person.id
    await group.press("Draw with", on=menu)
    again = await group.photo()
    assert again.id != picture.id
    assert again.ephemeral_for is None
    assert len(others_see(group, boris)) == 3


async def test_where_whispering_is_refused_the_menu_is_shown_to_all(group: ChatClient, sandbox: SandboxServer) -> None:
    sandbox.admin.deny(GROUP, "ephemeral")
    await group.send("/settings")
    menu = await group.text("Your settings")
    assert menu.ephemeral_for is None
    await group.press("Aspect ratio", on=menu)
    await group.press("9:16", on=menu)
    await group.text("Aspect ratio: 9:16")


async def test_a_member_without_a_client_for_it_gets_an_ordinary_reply(
    group: ChatClient, sandbox: SandboxServer
) -> None:
    sandbox.state.bot.commands.clear()  # as an old client knows no marked commands
    asked = await group.send("/settings")
    assert asked.ephemeral_for is None
    assert (await group.text("Your settings", to=asked)).ephemeral_for is None


async def test_an_ephemeral_wish_is_answered_for_all(group: ChatClient, alice: Person) -> None:
    menu = await group.text("Your settings", to=await group.send("/settings"))
    await group.send(f"/imagine a fox {SMALL}", reply_to=menu)
    picture = await group.photo()
    assert picture.ephemeral_for is None
    assert len(others_see(group, alice)) == 1


async def test_who_speaks_for_a_chat_has_no_settings(alice: Person, sandbox: SandboxServer) -> None:
    chat = alice.chat(GROUP)
    await chat.text("Only personal accounts have settings", to=await chat.send("/settings", as_chat=GROUP))
    channel = sandbox.admin.add_channel("Foxes daily")
    await chat.text("Only personal accounts have settings", to=await chat.send("/model", as_chat=channel.id))
    picture = await chat.photo(to=await chat.send(f"/imagine a fox {SMALL}", as_chat=channel.id))
    stranger = Person.named(sandbox, "Mei").chat(GROUP)
    await stranger.press("Again", on=picture)
    assert "不是你的图片" in await stranger.toast()


# What admins choose


async def choose(admin: ChatClient, *path: str) -> None:
    """Open /group and press along this path."""
    menu = await admin.text("This group", to=await admin.send("/group"))
    for label in path:
        await admin.press(label, on=menu)
        await admin.toast()


async def test_group_is_for_admins(group: ChatClient, boris: Person, alice: Person) -> None:
    member, admin = boris.chat(GROUP), alice.chat(GROUP)
    refusal = await member.text("только администраторы", to=await member.send("/group"))
    assert refusal.ephemeral_for == boris.id
    menu = await admin.text(
        "Group settings", "Who can draw: everyone", "Privacy mode is", to=await admin.send("/group")
    )
    assert menu.ephemeral_for == alice.id
    await boris.private.text("Это для групп", to=await boris.private.send("/group"))


async def test_a_forged_press_changes_no_group(group: ChatClient, boris: Person, sandbox: SandboxServer) -> None:
    sandbox.admin.deny(GROUP, "ephemeral")
    await group.send("/group")
    menu = await group.text("This group")
    member = boris.chat(GROUP)
    data = (
        (GroupSet(setting=GroupSetting.WHO, value="admins").pack(), "Этой кнопки уже нет"),  # no button of that menu
        (GroupMenu(go="reset").pack(), "только администраторы"),
    )
    before = menu.text
    await member.press("Who can draw", on=menu)
    assert "только администраторы" in await member.toast()
    for forged, told in data:
        member.press_data(forged, on=menu)
        assert told in await member.toast()
    for nonsense in ("gs:who:0:nobody", "gs:cooldown:0:5", "gs:default:0:none", "gs:models:0:none", "gs:language:0:xx"):
        group.press_data(nonsense, on=menu)
        assert "button is gone" in await group.toast()
    group.press_data("gs:who:-1:admins", on=menu)
    assert "button is gone" in await group.toast()
    assert menu.text == before
    private = group.person.private
    start = await private.text("Hello", to=await private.send("/start"))
    private.press_data("gs:who:0:admins", on=start)
    assert "button is gone" in await private.toast()
    await group.send("/group")
    await group.text("Who can draw: everyone")


async def test_only_admins_draw_where_they_chose_so(group: ChatClient, alice: Person, boris: Person) -> None:
    picture = await boris.chat(GROUP).photo(to=await boris.chat(GROUP).send(f"/imagine лиса {SMALL}"))
    await choose(group, "Who can draw", "admins only")
    await group.text("Who can draw: admins only")
    member, admin = boris.chat(GROUP), alice.chat(GROUP)
    await member.text("только администраторы", to=await member.send("/imagine лиса"))
    await member.press("Ещё раз", on=picture)
    assert "только администраторы" in await member.toast()
    await admin.photo(to=await admin.send(f"/imagine a fox {SMALL}"))
    await admin.photo(to=await admin.send(f"/imagine a fox {SMALL}", as_chat=GROUP))
    await boris.private.photo(to=await boris.private.send(f"/imagine лиса {SMALL}"))


async def test_models_that_admins_allow(group: ChatClient, boris: Person) -> None:
    await choose(group, "Models", "Sketch")
    menu = await group.text("Models", "Checked models")
    assert [label for label in group.buttons(menu) if label.startswith("✓")] == ["✓ Gated", "✓ Adult", "✓ Previewing"]
    for label in ("Gated", "Previewing"):
        await group.press(label, on=menu)
        await group.toast()
    await group.press("Adult", on=menu)
    assert await group.toast() == "That value isn't valid here."  # one has to stay
    member = boris.chat(GROUP)
    await member.text("Adult", to=await member.send("/imagine лиса"))
    await member.text("Gated", "в этой группе не разрешена", to=await member.send("/imagine лиса --model gated"))
    offered = await member.text("Выберите модель", to=await member.send("/model"))
    assert [label for label in member.buttons(offered) if "Sketch" in label or "Gated" in label] == []


async def test_a_default_model_for_those_without_a_choice(group: ChatClient, boris: Person) -> None:
    await choose(group, "Default model", "Adult")
    await group.text("Default model: Adult")
    member = boris.chat(GROUP)
    assert "Adult" in (await member.photo(to=await member.send("/imagine лиса"))).text
    await member.press("Sketch", on=await member.text("Выберите модель", to=await member.send("/model")))
    await member.toast()
    assert "Sketch" in (await member.photo(to=await member.send(f"/imagine лиса {SMALL}"))).text


async def test_a_pause_for_each_member(group: ChatClient, alice: Person, boris: Person) -> None:
    await choose(group, "Cooldown", "5 minutes")
    member = boris.chat(GROUP)
    asked = [await member.send(f"/imagine лиса {number} {SMALL}") for number in range(3)]
    await member.photo(to=asked[0])
    for late in asked[1:]:
        await member.text("через 5 минут", to=late)
    picture = await member.photo(to=asked[0])
    await member.press("Ещё раз", on=picture)
    assert "через 5 минут" in await member.toast()
    for _ in range(2):
        await group.photo(to=await group.send(f"/imagine a fox {SMALL}"))


async def test_the_groups_language_is_that_of_what_all_see(group: ChatClient, boris: Person) -> None:
    await choose(group, "Language", "Русский")
    placeholder = await group.placeholder(to=await group.send("/imagine a fox --model gated"))
    assert "Gated" in placeholder.text
    assert group.buttons(placeholder) == ["Отменить"]
    await group.press("Отменить", on=placeholder)
    assert "Cancelling" in await group.toast()  # to whoever pressed, in their own
    await group.text("Отменено")
    await group.text("не подходит", to=await group.send("/imagine a fox --n 99"))
    await group.text("Your settings", to=await group.send("/settings"))


async def test_covered_by_the_group_the_person_and_the_back_end(group: ChatClient, boris: Person) -> None:
    assert not (await group.photo(to=await group.send(f"/imagine a fox {SMALL}"))).spoiler
    assert (await group.photo(to=await group.send("/imagine a fox --model adult"))).spoiler
    await choose(group, "Spoiler")
    assert (await group.photo(to=await group.send(f"/imagine a fox {SMALL}"))).spoiler
    chat = boris.private
    menu = await chat.text("Ваши настройки", to=await chat.send("/settings"))
    await chat.press("Спойлер", on=menu)
    await chat.text("Спойлер: да")
    assert (await chat.photo(to=await chat.send(f"/imagine лиса {SMALL}"))).spoiler


async def test_covered_from_the_preview_to_a_single_of_the_sheet(group: ChatClient) -> None:
    await choose(group, "Spoiler")
    asked = await group.send("/imagine a fox --model previewing --n 2")
    assert (await group.preview(to=asked)).spoiler
    Gated.go_on.set()
    sheet = await group.photo(to=asked)
    assert sheet.spoiler
    await group.press("2", on=sheet)
    assert (await group.photo(to=sheet)).spoiler


async def test_words_that_the_operator_does_not_want(group: ChatClient, boris: Person) -> None:
    refusal = await group.text("blocked words", to=await group.send("/imagine a fox, no GORE"))
    assert "gore" not in refusal.text.lower()
    await boris.private.text("запрещённые слова", to=await boris.private.send("очень Злой, кот"))
    await boris.private.photo(to=await boris.private.send(f"добрый кот {SMALL}"))


# Whom it answers


async def test_it_answers_its_name_where_it_hears_it(group: ChatClient, sandbox: SandboxServer) -> None:
    name = sandbox.state.bot.username
    await group.send(f"@{name} a fox")  # privacy mode keeps it away
    sandbox.state.bot.privacy_mode = False
    assert "a boat" in (await group.photo(to=await group.send(f"@{name.upper()}, a boat {SMALL}"))).text
    words = await group.send("a lighthouse at night")
    assert "a lighthouse" in (await group.photo(to=await group.send(f"@{name}", reply_to=words))).text
    await group.text("What shall I draw?", to=await group.send(f"@{name}"))
    for other in (f"I love @{name}", f"@{name}x a fox", "a fox", "@someone a fox", "/unknown", "/imagine@other_bot a"):
        await group.send(other)
    await group.sticker()
    await group.album([sample_photo(), sample_photo()], "two photos")
    assert "a horse" in (await group.photo(to=await group.send(f"/imagine a horse {SMALL}"))).text
    assert len(group.answers) == 4
    menu = await group.text("This group", to=await group.send("/group"))
    assert "Privacy mode" not in menu.text


async def test_it_answers_replies_to_what_it_said(group: ChatClient, boris: Person) -> None:
    usage = await group.text("What shall I draw?", to=await group.send("/imagine"))
    assert "a fox" in (await group.photo(to=await group.send(f"a fox {SMALL}", reply_to=usage))).text
    picture = await group.photo()
    assert "in rain" in (await group.photo(to=await group.send("in rain", reply_to=picture))).text
    boris_said = await boris.chat(GROUP).send("hello")
    await group.send("hello yourself", reply_to=boris_said)
    assert len(group.answers) == 3


# Chats that change


async def test_a_group_that_becomes_a_supergroup_meanwhile(you: Person, sandbox: SandboxServer) -> None:
    basic = sandbox.admin.add_group("Foxes", {you.id: Status.CREATOR}, basic=True)
    before = you.chat(basic)
    await choose(before, "Spoiler")
    await before.placeholder(to=await before.send("/imagine a fox --model gated"))
    moved = you.chat(sandbox.admin.upgrade(basic.id, by=you.id))
    Gated.go_on.set()
    picture = await moved.photo()
    assert picture.spoiler  # what the admins chose went along
    await moved.press("Again", on=picture)
    assert (await moved.photo()).id != picture.id


async def test_removal_and_return(group: ChatClient, you: Person, sandbox: SandboxServer, bot: Running) -> None:
    await group.placeholder(to=await group.send("/imagine a fox --model gated"))
    sandbox.admin.set_bot(GROUP, Status.KICKED, by=you.id)
    sandbox.admin.set_bot(GROUP, Status.MEMBER, by=you.id)
    await group.text("nothing to cancel", to=await group.send("/cancel"))  # the fox has ended
    Gated.go_on.set()
    await group.photo(to=await group.send(f"/imagine a tree {SMALL}"))
    assert len([message for message in group.answers if message.photo]) == 1


@pytest.mark.parametrize("gone", ["closed", "deleted"])
async def test_a_topic_that_is_gone_meanwhile(alice: Person, sandbox: SandboxServer, gone: str) -> None:
    topic, everywhere = alice.chat(FORUM, topic=2), alice.chat(FORUM)
    await topic.placeholder(to=await topic.send("/imagine a fox --model gated"))
    if gone == "closed":
        sandbox.admin.close_topic(FORUM, 2, by=alice.id)
    else:
        sandbox.admin.delete_topic(FORUM, 2)
    Gated.go_on.set()
    picture = await everywhere.photo()
    assert picture.topic_id in ((1, 2) if gone == "closed" else (1,))


async def test_photos_that_it_may_not_send(group: ChatClient, sandbox: SandboxServer) -> None:
    sandbox.admin.deny(GROUP, "photos")
    await group.text("not allowed to post", to=await group.send(f"/imagine a fox {SMALL}"))
    sandbox.admin.allow(GROUP, "photos")
    await group.press("Retry")
    await group.photo()


async def test_a_chat_where_it_may_not_write(group: ChatClient, you: Person, sandbox: SandboxServer) -> None:
    await you.private.text("Hello", to=await you.private.send("/start"))
    sandbox.admin.deny(GROUP, "messages")
    await group.send("/imagine a fox")
    await you.private.text("not allowed to post there")
    assert group.answers == []
