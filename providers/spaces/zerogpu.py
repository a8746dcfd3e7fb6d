"""ZeroGPU: the shared GPUs of Hugging Face's Spaces, whose quota goes by headers that the Hub's own page sends.

`x-zerogpu-token` and `x-zerogpu-uuid` come from the Space's page, or, logged in, from the Hub's jwt route; the token
lives about three minutes, so it is asked for once a draw. Without either the literal "[object Object]" is sent, as
browsers do, and the quota goes by address.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import ClassVar, NamedTuple
from urllib.parse import quote

import aiohttp
from yarl import URL

from providers.engines.bodies import NO_TOTAL, read_bounded, translated
from providers.engines.deadline import Deadline
from providers.engines.gradio import GradioProvider
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.run import Headers
from providers.errors import ProviderError

HUB = "https://huggingface.co"
UNKNOWN = "[object Object]"
HUB_DEADLINE = 10.0  # seconds; the draw goes on without a token
MAX_PAGE = 5_000_000

_TOKEN = re.compile(r"&quot;token&quot;:&quot;([^&]+?)&quot;")
_UUID = re.compile(r"&quot;sessionUuid&quot;:&quot;([^&]+?)&quot;")


class ZeroGpu(NamedTuple):
    token: str
    uuid: str


async def get_zerogpu_token(
    space: str,
    session: aiohttp.ClientSession,
    *,
    uuid: str | None = None,
    cookies: Mapping[str, str] | None = None,
    proxy: str | None = None,
    hub: str = HUB,
) -> ZeroGpu:
    """The token and uuid for a Space ("owner/name"), by the Hub's page when `uuid` is not known, and by its jwt
    route when there are `cookies` of a login. Never raises for what is remote: what is not found is "[object Object]".
    """
    token = UNKNOWN
    link = Connection(session, hub, Deadline(HUB_DEADLINE, HUB_DEADLINE), proxy=proxy)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
    if uuid is None:
        page = await _page(link, f"/spaces/{space}", headers, proxy)
        token = found[1] if (found := _TOKEN.search(page)) else token
        uuid = found[1] if (found := _UUID.search(page)) else None
    if cookies:
        until = (datetime.now(UTC) + timedelta(minutes=10)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        path = f"/api/spaces/{space}/jwt?expiration={quote(until)}&include_pro_status=true"
        try:
            answer = await link.get(path, headers)
        except ProviderError:
            answer = None
        if isinstance(answer, dict) and isinstance(answer.get("token"), str):
            token = answer["token"]
    return ZeroGpu(token, uuid or UNKNOWN)


async def _page(link: Connection, path: str, headers: Mapping[str, str], proxy: str | None) -> str:
    try:
        with translated(link.host):
            response = await link.patience.wait(
                link.session.get(
                    link.base + path, headers=headers, proxy=proxy, timeout=NO_TOTAL, allow_redirects=False
                )
            )
            async with response:
                body = await link.patience.wait(read_bounded(response, MAX_PAGE))
    except ProviderError:
        return ""
    return body.decode("utf-8", "replace")


class ZeroGpuProvider(GradioProvider):
    """A Space on ZeroGPU. `space` is its "owner/name", `hub_url` where its token comes from.

    An `api_key` is sent in the token's place and nothing is asked of the Hub; one that is a Hub token (`hf_...`)
    goes as a bearer too, so that its owner's quota counts. A server that is not on the Hub needs no token, so for
    another `url` than one of `*.hf.space` the Hub is asked only if `hub_url` was pointed elsewhere as well.
    """

    space: ClassVar[str] = ""
    hub_url: str = HUB
    zerogpu_uuid: str | None = None  # known beforehand: then the page is not read

    def _adopt(self, *, randomize_seed: bool | None, zerogpu_uuid: str | None) -> None:
        super()._adopt(randomize_seed=randomize_seed, zerogpu_uuid=zerogpu_uuid)
        if zerogpu_uuid is not None:
            self.zerogpu_uuid = zerogpu_uuid

    def entrust(self, part: "ZeroGpuProvider") -> None:
        """Let another provider draw for this one: with what this one was told beside the request."""
        part.hub_url = self.hub_url
        part._adopt(randomize_seed=self._randomize, zerogpu_uuid=self.zerogpu_uuid)  # noqa: SLF001  (one of us)

    def auth_headers(self) -> dict[str, str]:
        return {} if self.api_key and not self.api_key.startswith("hf_") else super().auth_headers()

    def referer(self, base: str) -> str:
        return f"{base}/?__theme=light"

    async def zerogpu_headers(self, link: Connection) -> dict[str, str]:
        """`x-zerogpu-token` and `x-zerogpu-uuid` of a POST."""
        if self.api_key:
            known = ZeroGpu(self.api_key, self.zerogpu_uuid or UNKNOWN)
        elif self.hub_url == HUB and not _on_the_hub(link.base):
            known = ZeroGpu(UNKNOWN, self.zerogpu_uuid or UNKNOWN)
        else:
            known = await get_zerogpu_token(
                self.space,
                link.session,
                uuid=self.zerogpu_uuid,
                cookies=self.cookies,
                proxy=self.proxy,
                hub=self.hub_url,
            )
        return {"x-zerogpu-token": known.token, "x-zerogpu-uuid": known.uuid}

    async def headers(self, link: Connection) -> Headers:
        referer, auth = self.referer(link.base), self.auth_headers()
        post = {"content-type": "application/json", "referer": referer, **await self.zerogpu_headers(link), **auth}
        return Headers(post, {"accept": "text/event-stream", "referer": referer, **auth})


def _on_the_hub(base: str) -> bool:
    return (URL(base).host or "").endswith(".hf.space")
