"""What every test of the providers shares."""

import pytest

from providers.engines import http, single_request
from providers.engines.gradio import job, run
from providers.servers import server
from providers.servers.comfyui import provider as comfyui


@pytest.fixture(autouse=True)
def _time_for_the_short_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends a job, asks how it goes, or how many a server has, may take a few seconds, and is given up else; a busy
    machine may take longer. Tests of these limits set them again."""
    for module, name in (
        (http, "FAREWELL"), (comfyui, "FAREWELL"), (job, "CANCEL"), (run, "START"), (server, "ASKED"),
        (single_request, "LOOK"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 60.0)
