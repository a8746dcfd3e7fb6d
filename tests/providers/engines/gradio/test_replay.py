"""The recorded transcripts of Gradio 4, 5 and 6, replayed: whole, byte by byte, and cut after every message."""

from typing import Any

import pytest

from providers.engines.bodies import parse_json
from providers.engines.gradio import GradioProvider
from providers.engines.sse import SseDecoder
from providers.errors import (
    Cancelled,
    ContentRejected,
    OutOfMemory,
    ProviderError,
    QuotaExceeded,
    ResponseError,
    Unauthorized,
    Unavailable,
)
from providers.events import ImagePreview, ImageResponse, Reasoning, Ticket
from providers.spaces.flux1_dev import BlackForestLabs_Flux1Dev
from providers.spaces.flux1_schnell import BlackForestLabs_Flux1Schnell
from providers.spaces.g4f import G4FFlux
from providers.spaces.janus_pro import DeepseekAI_JanusPro7b
from providers.spaces.stability_sd35_large import StabilityAI_SD35Large
from tests.providers.drawing import draw
from tests.providers.engines.gradio.gradio_server import (
    VERSIONS,
    WIRE,
    Replay,
    config,
    messages_of,
    prefix_of,
    serving,
    transcript,
)

SD35 = (StabilityAI_SD35Large, "infer", 1)
SCHNELL = (BlackForestLabs_Flux1Schnell, "infer", 0)
DEV = (BlackForestLabs_Flux1Dev, "infer", 0)
JANUS = (DeepseekAI_JanusPro7b, "generate_image", 3)
FLUX = (G4FFlux, "predict", 3)

Case = tuple[str, tuple[type[GradioProvider], str, int], str, int, int]

# case, provider, protocol, pictures, previews
DRAWN: list[Case] = [
    ("sd35_call_success", SD35, "call", 1, 0),
    ("sd35_call_progress", SD35, "call", 1, 0),
    ("schnell_call_success_jpeg", SCHNELL, "call", 1, 0),
    ("dev_call_generator", DEV, "call", 1, 3),
    ("dev_queue_generator", DEV, "queue", 1, 3),
    ("sd35_queue_progress_log", SD35, "queue", 1, 0),
    ("sd35_queue_track_tqdm", SD35, "queue", 1, 0),
    ("janus_queue_gallery", JANUS, "queue", 5, 0),
    ("janus_queue_gallery_progress", JANUS, "queue", 5, 0),
    ("heartbeat_slow_33s", SD35, "call", 1, 0),
    ("heartbeat_slow_33s", SD35, "queue", 1, 0),
    ("queue_same_session_two_events", SCHNELL, "queue", 1, 0),
    ("flux_run_predict", FLUX, "predict", 1, 0),
]

NO_REASON = "gave no reason"
# case, provider, protocol, error and text from 6 on, error and text before
REFUSED: list[tuple[Any, ...]] = [
    ("sd35_call_exception_showerror_off", SD35, "call", (ResponseError, NO_REASON), (ResponseError, NO_REASON)),
    ("sd35_call_exception_showerror_on", SD35, "call", (OutOfMemory, "CUDA out of memory"), (ResponseError, NO_REASON)),
    ("sd35_call_gr_error_showerror_off", SD35, "call", (ResponseError, "too short"), (ResponseError, NO_REASON)),
    ("sd35_call_gr_error_html_showerror_on", SD35, "call", (QuotaExceeded, "56s left)."), (ResponseError, NO_REASON)),
    ("sd35_queue_exception_showerror_off", SD35, "queue", (ResponseError, NO_REASON), None),
    ("sd35_queue_exception_showerror_on", SD35, "queue", (OutOfMemory, "CUDA out of memory"), None),
    ("sd35_queue_gr_error_showerror_off", SD35, "queue", (ResponseError, "Prompt rejected: too short"), None),
    ("sd35_queue_gr_error_html_showerror_off", SD35, "queue", (QuotaExceeded, "56s left)."), None),
    ("sd35_queue_gr_error_html_showerror_on", SD35, "queue", (QuotaExceeded, "56s left)."), None),
    ("dev_queue_generator_early", DEV, "queue", (ResponseError, "no GPU"), None),
    ("dev_queue_generator_midboom", DEV, "queue", (ResponseError, NO_REASON), None),
    ("dev_queue_generator_midgerr", DEV, "queue", (Unavailable, "GPU task aborted"), None),
    ("dev_call_generator_early", DEV, "call", (ResponseError, "no GPU"), (ResponseError, NO_REASON)),
    ("dev_call_generator_midgerr", DEV, "call", (Unavailable, "GPU task aborted"), (ResponseError, NO_REASON)),
    ("cancel_running_call", DEV, "call", (Cancelled, "cancelled"), None),
    ("cancel_running_queue", DEV, "queue", (Cancelled, "cancelled"), None),
]


def replay(version: str, case: str, api_name: str, fn_index: int, **how: Any) -> Replay:
    return Replay(transcript(f"{version}_{case}"), config(version, api_name, fn_index), **how)


def provider_for(kind: type[GradioProvider], url: str, protocol: str) -> GradioProvider:
    return kind(url=url, protocol=protocol)


@pytest.mark.parametrize("piece", [None, 1, 7], ids=["whole", "bytes", "sevens"])
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", DRAWN, ids=lambda case: f"{case[0]}-{case[2]}")
async def test_a_picture(case: Case, version: str, piece: int | None) -> None:
    name, (kind, api_name, fn_index), protocol, pictures, previews = case
    server = replay(version, name, api_name, fn_index, piece=piece)
    async with serving(server.answer) as url:
        events = await draw(provider_for(kind, url, protocol))
        root = f"{url}{prefix_of(version)}/file=/tmp/gradio/"
        last = events[-1]
        assert isinstance(last, ImageResponse)
        assert len(last.images) == pictures
        assert all(image.startswith(root) for image in last.images)
        shown = [event.url for event in events if isinstance(event, ImagePreview)]
        assert len(shown) == previews
        assert all(preview.startswith(root) for preview in shown)
        tickets = [event for event in events if isinstance(event, Ticket)]
        assert len(tickets) == (0 if protocol == "predict" else 1)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
async def test_a_refusal(case: tuple[Any, ...], version: str) -> None:
    name, (kind, api_name, fn_index), protocol, from_six, before = case
    error, text = from_six if before is None or version.startswith("6") else before
    server = replay(version, name, api_name, fn_index)
    async with serving(server.answer) as url:
        with pytest.raises(error) as raised:
            await draw(provider_for(kind, url, protocol))
    assert raised.type is error
    assert text in str(raised.value)
    assert "<" not in str(raised.value)
    assert not str(raised.value).startswith(("'", '"'))
    assert not [seen for seen in server.seen if seen.path.endswith("/cancel")]  # it is over, and the server knows


CUT = [case for case in DRAWN if case[2] != "predict" and "heartbeat" not in case[0]]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", CUT, ids=lambda case: case[0])
async def test_cut_after_every_message(case: Case, version: str) -> None:
    name, (kind, api_name, fn_index), protocol, pictures, _ = case
    streams = [e["response"] for e in transcript(f"{version}_{name}")["exchanges"]]
    texts = ["".join(chunk for _, chunk in r["chunks"]) for r in streams if "event-stream" in str(r["headers"])]
    for cut in range(len(messages_of(texts[0]))):
        server = replay(version, name, api_name, fn_index, cut=cut)
        async with serving(server.answer) as url:
            if "process_completed" in "".join(messages_of(texts[0])[:cut]):
                events = await draw(provider_for(kind, url, protocol))  # only what follows the result is missing
                assert isinstance(events[-1], ImageResponse)
                assert len(events[-1].images) == pictures
            else:
                with pytest.raises(Unavailable):
                    await draw(provider_for(kind, url, protocol))
                # whether the back-end still draws is not known, so it is told to stop
                assert [seen.body for seen in server.seen if seen.path.endswith("/cancel")]


@pytest.mark.parametrize("version", VERSIONS)
async def test_place_progress_and_log_are_told(version: str) -> None:
    server = replay(version, "sd35_queue_progress_log", "infer", 1)
    async with serving(server.answer) as url:
        events = await draw(StabilityAI_SD35Large(url=url, protocol="queue"))
    told = [event for event in events if isinstance(event, Reasoning)]
    assert told[0].position is not None
    assert told[0].position >= 1
    assert "Loading weights" in [event.status for event in told]
    assert "NSFW filter is on" in [event.status for event in told]  # a log line is no refusal
    fractions = [event.progress for event in told if event.progress is not None]
    assert fractions[0] == 0.0
    assert fractions[-1] == 1.0
    assert fractions == sorted(fractions)
    assert any(event.status == "Denoising 3/4" and event.progress == 0.75 for event in told)


@pytest.mark.parametrize("version", VERSIONS)
async def test_an_unknown_event_is_a_lost_stream(version: str) -> None:
    """200, one message of an error, and then an abrupt end."""
    for route, protocol in (("call/infer/", "call"), ("queue/data", "queue")):
        recorded = transcript(f"{version}_errors_404_unknown")
        lost = next(
            e for e in recorded["exchanges"] if route in e["request"]["line"] and "abrupt" in e["response"]["ended"]
        )
        event_id = "0" * 32
        begun = {
            "status_line": "HTTP/1.1 200 OK",
            "headers": {},
            "chunks": [[0, f'{{"event_id":"{event_id}"}}']],
            "ended": "eof",
        }
        prefix = prefix_of(version)
        posts = [
            {"request": {"line": f"POST {prefix}{path} HTTP/1.1"}, "response": begun}
            for path in ("/call/infer", "/queue/join")
        ]
        server = Replay({"exchanges": [*posts, lost]}, config(version, "infer", 1))
        async with serving(server.answer) as url:
            with pytest.raises(Unavailable):
                await draw(StabilityAI_SD35Large(url=url, protocol=protocol))


@pytest.mark.parametrize("version", VERSIONS)
async def test_without_a_login(version: str) -> None:
    recorded = transcript(f"{version}_gradio_auth_login")
    recorded["exchanges"] = recorded["exchanges"][:1]
    server = Replay(recorded)
    async with serving(server.answer) as url:
        provider = BlackForestLabs_Flux1Schnell(url=url)
        provider.api_endpoint = f"{prefix_of(version)}/call/infer"
        with pytest.raises(Unauthorized, match="Not authenticated"):
            await draw(provider)


@pytest.mark.parametrize("position", range(11))
async def test_zerogpu_texts(position: int) -> None:
    recorded = transcript("synthetic_zerogpu_errors")
    chunk = recorded["exchanges"][0]["response"]["chunks"][position]
    recorded["exchanges"][0]["response"]["chunks"] = [chunk]
    begun = {
        "status_line": "HTTP/1.1 200 OK",
        "headers": {},
        "chunks": [[0, '{"event_id":"e1"}']],
        "ended": "eof",
    }
    recorded["exchanges"].append({"request": {"line": "POST /gradio_api/queue/join HTTP/1.1"}, "response": begun})
    waits = {0: 588.0, 1: 11521.0, 10: 588.0}
    async with serving(Replay(recorded, config("6.31.0", "infer", 2)).answer) as url:
        with pytest.raises(ProviderError) as raised:
            await draw(BlackForestLabs_Flux1Dev(url=url))
    error = raised.value
    if position in {4, 5, 6, 7}:  # no GPU now, an expired token, an aborted task: worth another try
        assert type(error) is Unavailable
    elif position == 8:  # asks for more than anybody may have
        assert type(error) is ResponseError
    else:
        assert isinstance(error, QuotaExceeded)
        assert error.retry_after == waits.get(position)
    assert "<" not in str(error)


def test_content_rejected_where_recognisable() -> None:
    from providers.engines.gradio.errors import failure

    for text in ("NSFW content detected", "Your prompt was flagged", "This violates our content policy"):
        assert type(failure(text)) is ContentRejected
    assert type(failure("Prompt too short")) is ResponseError


@pytest.mark.parametrize("name", sorted(path.stem for path in WIRE.glob("*.json")))
def test_every_recorded_stream_is_read_whole(name: str) -> None:
    for exchange in transcript(name)["exchanges"]:
        if "event-stream" not in str(exchange["response"]["headers"]):
            continue
        text = "".join(chunk for _, chunk in exchange["response"]["chunks"])
        decoder = SseDecoder()
        events = [event for byte in text.encode() for event in decoder.feed(bytes([byte]))]
        assert len(events) == len(messages_of(text))
        for _, data in events:
            parse_json(data)
