"""Words for a voice message, by the operator's transcription server."""

import asyncio
import re

import aiohttp
import structlog
from cachetools import TTLCache

from bot.jobs.drawing.input_picture import LARGEST, FetchFile
from bot.prompt.blocklist import BlockedWords
from providers.errors import ProviderError
from providers.services.speech import SpeechModel

log = structlog.stdlib.get_logger(__name__)

LONGEST = 180  # seconds of a voice message
SECONDS = 30.0  # for fetching and transcribing one
AT_ONCE = 4
MOST_AN_HOUR = 60  # of one person
PEOPLE = 10_000  # whose are counted
# What would be a command, a name, an option or a choice of /imagine, were it typed: nobody speaks those.
_COMMAND = re.compile(r"\A[\s/@]+")
_FLAG = re.compile(r"(?<!\w)[-–—]+(?=\w)|__+")
_CHOICES = str.maketrans("{}|", "(),")


class NotHeardError(Exception):
    """`code` is the end of the text's key: too-long, too-large, gone (it cannot be had), too-many, blocked, nothing (no
    words are in it), failed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Hearing:
    """`speech`: None where the operator has named no server."""

    def __init__(
        self,
        speech: SpeechModel | None,
        session: aiohttp.ClientSession,
        fetch_file: FetchFile,
        blocked: BlockedWords,
    ) -> None:
        self._speech = speech
        self._session = session
        self._fetch_file = fetch_file
        self._blocked = blocked
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._counted: TTLCache[int, list[int]] = TTLCache(PEOPLE, ttl=3600)  # by person; an hour from the first on

    @property
    def available(self) -> bool:
        return self._speech is not None

    async def hear(self, file_id: str, *, seconds: int, size: int, person: int) -> str:
        """The words of a voice message of so many seconds and bytes, as Telegram says, on one line and never blank.

        Untrusted text: what would be a command or an option is none any more. Ends within half a minute. Raises
        NotHeardError.
        """
        if self._speech is None:
            raise NotHeardError("failed")
        if seconds > LONGEST:
            raise NotHeardError("too-long")
        if size > LARGEST:
            raise NotHeardError("too-large")
        self._count(person)
        try:
            async with asyncio.timeout(SECONDS), self._turns:
                voice = await self._fetched(file_id)
                words = spoken(await self._speech.transcribe(self._session, voice))
        except (ProviderError, TimeoutError) as error:
            log.warning("voice message not understood", error=str(error) or type(error).__name__)
            raise NotHeardError("failed") from None
        if not any(char.isalnum() for char in words):
            raise NotHeardError("nothing")
        if self._blocked.found_in(words):
            raise NotHeardError("blocked")
        return words

    def _count(self, person: int) -> None:
        asked = self._counted.setdefault(person, [0])
        asked[0] += 1
        if asked[0] > MOST_AN_HOUR:
            raise NotHeardError("too-many")

    async def _fetched(self, file_id: str) -> bytes:
        try:
            voice = await self._fetch_file(file_id)
        except TimeoutError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever keeps Telegram from giving it means the same here
            log.info("no voice message to listen to", error=type(error).__name__)
            raise NotHeardError("gone") from None
        if not voice or len(voice) > LARGEST:
            raise NotHeardError("too-large" if voice else "gone")
        return voice


def spoken(transcribed: str) -> str:
    """Words that are nothing but words."""
    return " ".join(_FLAG.sub("", _COMMAND.sub("", transcribed.translate(_CHOICES))).split())
