"""ZeroGPU: the shared GPUs of Hugging Face's Spaces, whose quota goes by headers that the Hub's own page sends.

`x-zerogpu-token` and `x-zerogpu-uuid` come from the Space's page, or, logged in, from the Hub's jwt route; the token
lives about three minutes, so it is asked for once a draw. Without either the literal "[object Object]" is sent, as
browsers do, and the quota goes by address. The route needs a login: cookies or a Hub token, as `Authorization`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import ClassVar, NamedTuple
from urllib.parse import quote

import aiohttp

from providers.engines.deadline import Deadline
from providers.engines.gradio import GradioProvider
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.provider import is_hub_token, is_space
from providers.engines.gradio.run import Headers
from providers.errors import ProviderError
from providers.proxies import proxy_for

HUB = "https://huggingface.co"
UNKNOWN = "[object Object]"
HUB_DEADLINE = 10.0  # seconds; the draw goes on without a token
MAX_PAGE = 5_000_000

_TOKEN = re.compile(r"&quot;token&quot;:&quot;([^&]+?)&quot;")
_UUID = re.compile(r"&quot;sessionUuid&quot;:&quot;([^&]+?)&quot;")
_SENDABLE = re.compile(r"[\x21-\x7e]{1,4000}")  # as a header


class ZeroGpu(NamedTuple):
    token: str
    uuid: str


async def get_zerogpu_token(
    space: str,
    session: aiohttp.ClientSession,
    *,
    uuid: str | None = None,
    cookies: Mapping[str, str] | None = None,
    api_key: str | None = None,
    proxy: str | None = None,
    hub: str = HUB,
) -> ZeroGpu:
    """The token and uuid for a Space ("owner/name"): by the Hub's page when `uuid` is not known, and by its jwt route
    when there are `cookies` of a login or an `api_key`, both of which go to the Hub alone.

    Never raises for what is remote: what is not found is "[object Object]".
    """
    link = Connection(session, hub, Deadline(HUB_DEADLINE, HUB_DEADLINE), proxy=proxy_for(hub, proxy))
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
    token = None
    if uuid is None:
        try:
            page = await link.page(f"/spaces/{space}", headers, MAX_PAGE)
        except ProviderError:
            page = ""
        token, uuid = _found(_TOKEN, page), _found(_UUID, page)
    if api_key:
        headers = {**headers, "Authorization": f"Bearer {api_key}"}
    if headers:
        until = (datetime.now(UTC) + timedelta(minutes=10)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        path = f"/api/spaces/{space}/jwt?expiration={quote(until)}&include_pro_status=true"
        try:
            answer = await link.get(path, headers)
        except ProviderError:
            answer = None
        found = answer.get("token") if isinstance(answer, dict) else None
        token = found if isinstance(found, str) and _SENDABLE.fullmatch(found) else token
    return ZeroGpu(token or UNKNOWN, uuid or UNKNOWN)


def _found(pattern: re.Pattern[str], page: str) -> str | None:
    found = pattern.search(page)
    return found[1] if found is not None and _SENDABLE.fullmatch(found[1]) else None


class ZeroGpuProvider(GradioProvider):
    """A Space on ZeroGPU. `space` is its "owner/name", `hub_url` where its token comes from.

    An `api_key` that is a Hub token (`hf_...`) is never given to the Space, whose code is somebody else's: the Hub
    makes a token of some minutes out of it, and the Spaces' proxy reads it in a header of its own. Any other `api_key`
    is such a short-lived token already, and nothing is asked of the Hub. A server that is not on the Hub needs no
    token, so for another `url` than one of `*.hf.space` the Hub is asked only if `hub_url` was pointed elsewhere too.
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
        return super().auth_headers() if is_hub_token(self.api_key) else self.login_headers()

    def referer(self, base: str) -> str:
        return f"{base}/?__theme=light"

    async def zerogpu_headers(self, link: Connection) -> dict[str, str]:
        """`x-zerogpu-token` and `x-zerogpu-uuid` of a POST."""
        if self.api_key and not is_hub_token(self.api_key):
            known = ZeroGpu(self.api_key, self.zerogpu_uuid or UNKNOWN)
        elif self.hub_url == HUB and not is_space(link.base):
            known = ZeroGpu(UNKNOWN, self.zerogpu_uuid or UNKNOWN)
        else:
            known = await get_zerogpu_token(
                self.space,
                link.session,
                uuid=self.zerogpu_uuid,
                cookies=self.cookies,
                api_key=self.api_key,
                proxy=self.proxy,
                hub=self.hub_url,
            )
        return {"x-zerogpu-token": known.token, "x-zerogpu-uuid": known.uuid}

    async def headers(self, link: Connection) -> Headers:
        referer, auth = self.referer(link.base), self.auth_headers()
        post = {"content-type": "application/json", "referer": referer, **await self.zerogpu_headers(link), **auth}
        return Headers(post, {"accept": "text/event-stream", "referer": referer, **auth})
