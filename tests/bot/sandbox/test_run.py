"""Where `imagine-bot sandbox` may listen; that it works there is told by the browser's tests."""

from pathlib import Path

import pytest

from bot.config import SettingsError
from bot.sandbox.run import address, run_sandbox


@pytest.mark.parametrize("listen", ["nowhere", ":8081", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:x"])
async def test_what_is_no_address_is_named(listen: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--listen"):
        await run_sandbox(listen, tmp_path)


@pytest.mark.parametrize(
    ("listen", "host", "alone"),
    [
        ("127.0.0.1:8081", "127.0.0.1", True),
        ("localhost:0", "localhost", True),
        ("[::1]:8081", "::1", True),
        ("0.0.0.0:8081", "0.0.0.0", False),
        ("[::]:8081", "::", False),
        ("sandbox.example:8081", "sandbox.example", False),
    ],
)
def test_who_else_could_reach_it_is_told(
    listen: str, host: str, alone: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert address(listen)[0] == host
    assert (capsys.readouterr().err == "") == alone
