"""A provider as people get it: by an entry of a catalogue, pointed at a local server."""

from pathlib import Path
from typing import Any

from providers import Catalog
from providers.catalog.model import Model
from providers.events import Event
from tests.providers.drawing import clean_session, draw
from tests.providers.serving import Handler, serving

KEY = "sesame-key"


class Entry:
    """`text` are more lines of the entry; with a `key` of None there is none."""

    def __init__(self, folder: Path, provider: str) -> None:
        self._file = folder / "models.toml"
        self._provider = provider

    def model(self, url: str, text: str = "", key: str | None = KEY) -> Model:
        lines = ["builtin = false", "[models.mine]", f"provider = '{self._provider}'", f"url = '{url}'"]
        if key is not None:
            lines.append(f"api_key = '{key}'")
        self._file.write_text("\n".join([*lines, text]))
        return Catalog.load(self._file)["mine"]

    async def drawn(self, server: Handler, text: str = "", key: str | None = KEY, /, **params: Any) -> list[Event]:
        """All events of one draw of a fox."""
        async with serving(server) as url:
            model = self.model(url, text, key)
            provider = model.create()
            provider.poll_interval = 0.001
            return await draw(provider, model.request(params.pop("prompt", "a fox"), **params))

    async def checked(self, server: Handler, text: str = "", key: str | None = KEY) -> None:
        async with serving(server) as url, clean_session() as session:
            await self.model(url, text, key).create().check(session)
