"""The operator's own check of pictures before anybody sees them (docs/output-check.md): allow, spoiler or refuse.

The server gets a JPEG of at most 1024 pixels a side, never the picture itself. Without a valid answer before the
deadline the check has failed; the operator has chosen what happens then. Of an animation that picture decoders can open
the first frame is checked. A video cannot be checked, so its check counts as failed.
"""

import asyncio
import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import aiohttp
import structlog

from bot.pictures.fit import preview
from providers.pictures.budget import within_budget
from providers.pictures.encoded import Picture

log = structlog.stdlib.get_logger(__name__)

SIDE = 1024  # pixels
DEADLINE = 20.0  # s for a picture, the wait for its turn included
ANSWER_LENGTH = 10_000  # bytes
AT_ONCE = 4  # pictures of all draws


class Verdict(StrEnum):
    ALLOW = "allow"
    SPOILER = "spoiler"
    REFUSE = "refuse"


class OutputRefusedError(Exception):
    """None of a draw's pictures may be shown. The text is the failure's code."""


class _CheckFailedError(Exception):
    """There is no verdict; the text says why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A picture that may be shown; `covered`: under a spoiler."""

    picture: Picture
    covered: bool


class OutputCheck:
    """`closed`: a picture that cannot be checked is not shown."""

    def __init__(self, url: str, session: aiohttp.ClientSession, *, closed: bool, deadline: float = DEADLINE) -> None:
        self._url = url
        self._session = session
        self._closed = closed
        self._deadline = deadline
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def of(self, pictures: Sequence[Picture], *, model: str, prompt: str) -> list[Checked]:
        """The pictures that may be shown, in their order. Raises OutputRefusedError if there are none."""
        verdicts = await asyncio.gather(*(self._safely(picture, model, prompt) for picture in pictures))
        shown = [
            Checked(picture, verdict is Verdict.SPOILER)
            for picture, verdict in zip(pictures, verdicts, strict=True)
            if verdict in {Verdict.ALLOW, Verdict.SPOILER}
        ]
        if not shown:
            raise OutputRefusedError("output-refused" if Verdict.REFUSE in verdicts else "output-unchecked")
        return shown

    async def _safely(self, picture: Picture, model: str, prompt: str) -> Verdict | None:
        """The checked picture. None: it could not be checked, and therefore must not be shown."""
        try:
            async with asyncio.timeout(self._deadline), self._at_once:
                return await self._asked(picture, model, prompt)
        except TimeoutError:
            why = f"no verdict within {self._deadline:g} s"
        except _CheckFailedError as error:
            why = str(error)
        except aiohttp.ClientError as error:
            why = type(error).__name__  # its text may hold the address
        except Exception as error:
            log.exception("output check failed unexpectedly")
            why = type(error).__name__
        log.warning("output check failed", model=model, why=why, shown=not self._closed)
        return None if self._closed else Verdict.ALLOW

    async def _asked(self, picture: Picture, model: str, prompt: str) -> Verdict:
        if not picture.mime.startswith("image/"):
            raise _CheckFailedError("a video cannot be checked")
        data = await within_budget(preview, picture.data, SIDE)
        body = {
            "picture": base64.b64encode(data).decode(),
            "mime": "image/jpeg",
            "width": picture.width,
            "height": picture.height,
            "model": model,
            "prompt": prompt,
        }
        async with self._session.post(self._url, json=body, allow_redirects=False) as response:
            if response.status != 200:
                raise _CheckFailedError(f"status {response.status}")
            answer = await response.content.read(ANSWER_LENGTH + 1)
            while len(answer) <= ANSWER_LENGTH and (more := await response.content.read(ANSWER_LENGTH)):
                answer += more
        return verdict_of(answer)


def verdict_of(answer: bytes) -> Verdict:
    """Reads `{"verdict": "allow" | "spoiler" | "refuse"}`. Raises an error for anything else."""
    if len(answer) > ANSWER_LENGTH:
        raise _CheckFailedError(f"an answer of more than {ANSWER_LENGTH} bytes")
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        raise _CheckFailedError("the answer is not JSON") from None
    said = found.get("verdict") if isinstance(found, dict) else None
    if not isinstance(said, str) or said not in set(Verdict):
        raise _CheckFailedError('the answer has no "verdict" of allow, spoiler or refuse')
    return Verdict(said)
