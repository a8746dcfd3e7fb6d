"""Files that leave carry the manifest of the operator's certificate."""

from pathlib import Path

import pytest

from bot.app import running
from bot.config import SettingsError, fixed_settings
from bot.failure import Failure
from bot.pictures.metadata import has_manifest
from bot.sandbox import SandboxServer
from tests.bot.pictures.certificates import certificate, manifest, source_in
from tests.running import bot_at, quick_sketch
from tests.scenarios.language import Person


async def test_the_start_says_what_is_wrong(sandbox: SandboxServer, tmp_path: Path) -> None:
    chain, _ = certificate(tmp_path)
    with pytest.raises(SettingsError, match="C2PA_CERT: signing needs both"):
        fixed_settings(c2pa_cert=chain)
    settings = fixed_settings(bot_token=sandbox.token, telegram_api_url=sandbox.url, c2pa_cert=chain, c2pa_key=chain)
    with pytest.raises(Failure, match="C2PA_KEY"):
        async with running(settings, quick_sketch()):
            raise AssertionError("it started")


async def test_files_that_leave_are_signed_and_photos_are_not(
    sandbox: SandboxServer, tmp_path: Path, you: Person
) -> None:
    chat = you.private
    chain, key = certificate(tmp_path)
    async with bot_at(sandbox, tmp_path, c2pa_cert=chain, c2pa_key=key):
        photo = await chat.photo(to=await chat.send("a fox"))
        assert not has_manifest(await chat.data(photo))
        await chat.send("/settings")
        await chat.text("Your settings")
        await chat.press("Send as file")
        await chat.answer(lambda _: "Send as file: yes" in chat.buttons(), "the setting")
        sent = await chat.document(to=await chat.send("a hen"))
        state, found = manifest(await chat.data(sent), "image/png")
        assert state == "Valid"
        assert source_in(found) == "algorithmicMedia"  # the sketch is no AI
