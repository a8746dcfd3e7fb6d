"""Servers that misbehave: each ends in an error of ours within its deadline, and nothing is left behind."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from providers.engines.gradio import GradioProvider
from providers.engines.gradio import connection as link
from providers.engines.gradio import job as job_module
from providers.errors import (
    BadAnswer,
    Cancelled,
    DeadlineExceeded,
    InvalidParameter,
    NoPicture,
    ProviderError,
    ResponseError,
    Unauthorized,
    Unavailable,
)
from providers.events import ImagePreview, ImageResponse, Reasoning, Ticket
from providers.request import ImageRequest
from providers.spaces.flux1_dev import BlackForestLabs_Flux1Dev
from providers.spaces.flux1_schnell import BlackForestLabs_Flux1Schnell
from providers.spaces.g4f import G4F, G4FFlux
from providers.spaces.gradio_space import GradioSpace
from providers.spaces.janus_pro import DeepseekAI_JanusPro7b
from providers.spaces.stability_sd35_large import StabilityAI_SD35Large
from tests.providers.drawing import clean_session, draw
from tests.providers.engines.gradio.gradio_server import (
    Told,
    call_event,
    config,
    file_data,
    queue_event,
    serving,
    stream,
)
from tests.providers.serving import NOBODY

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
JOIN, DATA = "POST /gradio_api/queue/join", "GET /gradio_api/queue/data"
CALL, EVENTS = "POST /call/infer", "GET /call/infer/e1"


def call_server(answer: Any) -> Told:
    return Told({CALL: {"event_id": "e1"}, EVENTS: answer, "POST /cancel": {"success": True}})


def queue_server(answer: Any) -> Told:
    return Told({JOIN: {"event_id": "e1"}, DATA: answer, "POST /gradio_api/cancel": {"success": True}})


def raw(body: bytes, *, status: int = 200, kind: str = "application/json") -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, status=status, headers={"Content-Type": kind})

    return answer


def streaming(*chunks: bytes, stay: bool = False, cut: bool = False) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await stream(request, list(chunks), stay=stay, cut=cut)

    return answer


async def silent(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def schnell(server: Told, **options: Any) -> list[Any]:
    async with serving(server.answer) as url:
        return await draw(BlackForestLabs_Flux1Schnell(url=url, **options))


async def dev(server: Told, **options: Any) -> list[Any]:
    async with serving(server.answer) as url:
        return await draw(BlackForestLabs_Flux1Dev(url=url, **options))


# -- answers to the POST -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        (raw(b"<html>hi</html>", kind="text/html"), BadAnswer, "HTML in place of JSON"),
        (raw(b"{}"), BadAnswer, "id is missing"),
        (raw(b'{"event_id": NaN}'), BadAnswer, "id is missing"),
        (raw(b"[1, 2]"), BadAnswer, "id is missing"),
        (raw(b""), BadAnswer, "JSON"),
        (raw(b"[" * 100_000), BadAnswer, "JSON"),
        (raw(b"\xff\xfe"), BadAnswer, "JSON"),
        (raw(b'{"detail":"Queue is full. Max size is 2 and size is 2."}', status=503), Unavailable, "Queue is full"),
        (raw(b"<html>starting", status=503, kind="text/html"), Unavailable, "asleep"),
        (raw(b'{"detail":"Not authenticated"}', status=401), Unauthorized, "Not authenticated"),
        (raw(b"Internal Server Error", status=500, kind="text/plain"), Unavailable, "500"),
        (raw(b'{"detail":[{"msg":"Field required"}]}', status=422), InvalidParameter, "Field required"),
        (raw(b"", status=307), BadAnswer, "redirects"),
    ],
)
async def test_a_post_that_fails(answer: Handler, kind: type[ProviderError], text: str) -> None:
    with pytest.raises(ProviderError, match=text) as raised:
        await schnell(Told({CALL: answer}))
    assert type(raised.value) is kind


async def test_a_body_of_60_mb() -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/json"})
        await answer.prepare(request)
        for _ in range(60):
            await answer.write(b" " * 1_000_000)
        return answer

    with pytest.raises(BadAnswer, match="more than 36 MB"):
        await schnell(Told({CALL: endless}))
    with pytest.raises(BadAnswer, match="more than 36 MB"):
        await schnell(Told({CALL: raw(b" " * 60_000_000)}))


async def test_a_message_of_60_mb() -> None:
    with pytest.raises(BadAnswer, match="more than 36 MB"):
        await schnell(call_server(streaming(b"event: complete\ndata: ", *[b"x" * 1_000_000] * 60)))


async def test_nobody_listens() -> None:
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1 cannot be reached"):
        await draw(BlackForestLabs_Flux1Schnell(url=NOBODY))


@pytest.mark.parametrize("url", ["nonsense", "ftp://example.test", "http://", "http://[bad"])
async def test_a_url_that_is_none(url: str) -> None:
    with pytest.raises(InvalidParameter, match="no http"):
        await draw(BlackForestLabs_Flux1Schnell(url=url))


async def test_a_secret_is_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    closed = NOBODY.replace("http://", "http://name:pass-word@")
    with pytest.raises(ProviderError) as raised:
        await draw(StabilityAI_SD35Large(url=closed, api_key="hf_secret"))
    shown = f"{raised.value!r} {raised.value} {caplog.text}"
    assert "pass-word" not in shown
    assert "hf_secret" not in shown


# -- streams -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        ([call_event("complete", None)], Cancelled, "cancelled"),
        ([call_event("error", None)], ResponseError, "no reason"),
        ([call_event("error", "it broke")], ResponseError, "it broke"),
        ([call_event("error", {"error": None})], ResponseError, "no reason"),
        ([call_event("complete", [None, 7])], NoPicture, "no picture"),
        ([call_event("complete", [])], NoPicture, "no picture"),
        ([call_event("complete", "what")], BadAnswer, "without outputs"),
        ([b"event: complete\ndata: <html>\n\n"], BadAnswer, "HTML"),
        ([b"event: complete\ndata: {\n\n"], BadAnswer, "JSON"),
        ([call_event("heartbeat", None)], Unavailable, "ended before"),
        (streaming(call_event("heartbeat", None), cut=True), Unavailable, "broke off|cannot be reached"),
        (streaming(b"event: complete\nda", cut=True), Unavailable, "broke off|cannot be reached"),
        (raw(b"{}"), BadAnswer, "in place of an event stream"),
        (raw(b"<html>", status=503, kind="text/html"), Unavailable, "asleep"),
    ],
)
async def test_a_call_stream_that_fails(answer: Any, kind: type[ProviderError], text: str) -> None:
    with pytest.raises(ProviderError, match=text) as raised:
        await schnell(call_server(answer))
    assert type(raised.value) is kind


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        ([queue_event(msg="process_completed", event_id="e1", success=True, output={})], Cancelled, "cancelled"),
        (
            [queue_event(msg="process_completed", event_id="e1", success=False, output={"error": None})],
            ResponseError,
            "no reason",
        ),
        ([queue_event(msg="process_completed", event_id="e1", success=False, output=None)], ResponseError, "no reason"),
        ([queue_event(msg="close_stream", event_id=None)], Unavailable, "ended before"),
        ([queue_event(msg="unexpected_error", event_id=None, message="404: Not Found")], Unavailable, "404"),
        ([queue_event(msg="unexpected_error", message="queue broke")], ResponseError, "queue broke"),
        ([b"data: [1]\n\n"], BadAnswer, "no object"),
        ([b"data: <html>\n\n"], BadAnswer, "HTML"),
        (
            [queue_event(msg="process_completed", event_id="other", output={"data": [file_data()]})],
            Unavailable,
            "ended before",
        ),
    ],
)
async def test_a_queue_stream_that_fails(answer: Any, kind: type[ProviderError], text: str) -> None:
    with pytest.raises(ProviderError, match=text) as raised:
        await dev(queue_server(answer))
    assert type(raised.value) is kind


async def test_nan_in_an_answer_is_null() -> None:
    body = b'event: complete\ndata: [{"path": "/tmp/a.png", "size": NaN}, NaN, -Infinity]\n\n'
    events = await schnell(call_server([body]))
    assert isinstance(events[-1], ImageResponse)


async def test_a_picture_inline_of_megabytes() -> None:
    url = "data:image/png;base64," + "A" * 3_000_000
    events = await schnell(call_server([call_event("complete", [url])]))
    assert isinstance(events[-1], ImageResponse)
    assert events[-1].url == url


async def test_a_stream_that_stays_open_after_its_result() -> None:
    events = await schnell(call_server(streaming(call_event("complete", [file_data()]), stay=True)))
    assert isinstance(events[-1], ImageResponse)


async def test_previews_that_do_not_fit_cost_nothing_else() -> None:
    def generating(data: Any) -> bytes:
        return queue_event(msg="process_generating", event_id="e1", success=True, output={"data": data})

    events = await dev(
        queue_server(
            [
                generating([file_data("/tmp/1.png"), 7]),
                generating([[["replace", ["path"], "/tmp/2.png"]], []]),
                generating([[["replace", ["no", "such"], 1]], []]),
                generating("nonsense"),
                generating([[["replace", ["path"], "/tmp/3.png"]], []]),
                queue_event(msg="process_completed", event_id="e1", success=True, output={"data": [file_data()]}),
            ]
        )
    )
    previews = [event.url.rsplit("/", 1)[1] for event in events if isinstance(event, ImagePreview)]
    assert previews == ["1.png", "2.png", "3.png"]
    assert isinstance(events[-1], ImageResponse)


# -- deadlines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", [CALL, EVENTS])
async def test_a_call_that_never_answers(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_module, "CANCEL", 0.2)  # nor does it answer whoever comes to cancel
    server = call_server(streaming(stay=True))
    server.routes[where] = silent
    with pytest.raises(DeadlineExceeded):
        await schnell(server, timeout=0.2)


async def test_heartbeats_do_not_move_the_deadline() -> None:
    async def beating(request: web.Request) -> web.StreamResponse:
        answer = await stream(request, [call_event("heartbeat", None)])
        while True:
            await asyncio.sleep(0.02)
            await answer.write(call_event("heartbeat", None))

    server = call_server(beating)
    with pytest.raises(DeadlineExceeded, match="within 2 s"):
        await schnell(server, timeout=2)
    assert server.posts("/cancel")  # and it is told to stop


async def test_not_its_turn_within_the_queue_timeout() -> None:
    waiting = queue_event(msg="estimation", event_id="e1", rank=7, queue_size=9, rank_eta=60.0)
    server = queue_server(streaming(waiting, stay=True))
    async with serving(server.answer) as url:
        provider = BlackForestLabs_Flux1Dev(url=url, timeout=5)  # in which it has to be told that it waits
        provider.queue_timeout = 0.4
        with pytest.raises(DeadlineExceeded, match=r"turn within 0\.4 s"):
            await draw(provider)
    assert server.posts("/gradio_api/cancel")[0].body["event_id"] == "e1"


async def test_drawing_takes_too_long() -> None:
    chunks = [
        queue_event(msg="estimation", event_id="e1", rank=0, queue_size=1, rank_eta=None),
        queue_event(msg="process_starts", event_id="e1", eta=None),
    ]
    with pytest.raises(DeadlineExceeded, match=r"within 2\.5 s of drawing"):
        await dev(queue_server(streaming(*chunks, stay=True)), timeout=2.5)


async def test_a_predict_that_never_answers() -> None:
    async with serving(Told({"POST /run/predict": silent}).answer) as url:
        with pytest.raises(DeadlineExceeded):
            await draw(G4FFlux(url=url, timeout=0.2, poll_interval=0.05))


async def test_a_stream_that_falls_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "SILENCE", 0.2)
    server = call_server(streaming(call_event("heartbeat", None), stay=True))
    with pytest.raises(Unavailable, match="not a byte"):
        await schnell(server)
    assert server.posts("/cancel")


async def test_an_app_of_gradio_4_that_wants_a_name_and_a_password() -> None:
    """Its routes are not known then, and a guess would find another version's."""
    refused = raw(b'{"detail":"Not authenticated"}', status=401)
    async with serving(Told({"GET /config": refused, "GET /info": refused}).answer) as url:
        with pytest.raises(Unauthorized):
            await draw(GradioSpace(url=url))


# -- cancellation ------------------------------------------------------------------------------------------------


async def until(server: Told, kind: type[GradioProvider], leave: type[object], **options: Any) -> list[Any]:
    """Draw until an event of that class, then close."""
    seen = []
    async with serving(server.answer) as url, clean_session() as session:
        provider = kind(url=url, **options)
        async with aclosing(provider.generate(ImageRequest("a cat"), session)) as events:
            async for event in events:
                seen.append(event)
                if isinstance(event, leave):
                    break
    return seen


async def test_closing_cancels_a_call_by_its_event() -> None:
    server = call_server(streaming(call_event("generating", [file_data()]), stay=True))
    await until(server, BlackForestLabs_Flux1Schnell, ImagePreview)
    (cancel,) = server.posts("/cancel")
    assert cancel.body == {"session_hash": "e1", "fn_index": 0, "event_id": "e1"}


async def test_closing_cancels_a_queued_job_by_its_session() -> None:
    server = queue_server(streaming(queue_event(msg="estimation", event_id="e1", rank=1, queue_size=2), stay=True))
    await until(server, BlackForestLabs_Flux1Dev, Reasoning)
    (cancel,) = server.posts("/gradio_api/cancel")
    joined = server.posts("/gradio_api/queue/join")[0].body
    assert cancel.body == {"session_hash": joined["session_hash"], "fn_index": 2, "event_id": "e1"}


async def test_closing_at_the_ticket_cancels_too() -> None:
    server = queue_server(streaming(stay=True))
    seen = await until(server, BlackForestLabs_Flux1Dev, Ticket)
    assert json.loads(seen[-1].value)["event_id"] == "e1"
    # before Gradio 6 a job that waits leaves the queue only when the reader of its stream goes
    assert [seen.path for seen in server.seen][-2:] == ["/gradio_api/queue/data", "/gradio_api/cancel"]


async def test_detached_it_is_left_alone() -> None:
    server = queue_server(streaming(stay=True))
    async with serving(server.answer) as url, clean_session() as session:
        provider = BlackForestLabs_Flux1Dev(url=url)
        async with aclosing(provider.generate(ImageRequest("a cat"), session)) as events:
            async for event in events:
                if isinstance(event, Ticket):
                    provider.detach()
                    break
    assert not server.posts("/gradio_api/cancel")


async def test_g4f_passes_detaching_on() -> None:
    server = queue_server(streaming(stay=True))
    async with serving(server.answer) as url, clean_session() as session:
        provider = G4F(url=url)
        async with aclosing(provider.generate(ImageRequest("a cat", model="flux"), session)) as events:
            async for event in events:
                if isinstance(event, Ticket):
                    provider.detach()
                    break
    assert not server.posts("/gradio_api/cancel")


async def cancel_when(begun: asyncio.Event, server: Told, url: str) -> None:
    async with clean_session() as session:

        async def drawing() -> None:
            async with aclosing(BlackForestLabs_Flux1Dev(url=url).generate(ImageRequest("a cat"), session)) as events:
                async for _ in events:
                    pass

        task = asyncio.create_task(drawing())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_cancelling_the_task_cancels_there() -> None:
    begun = asyncio.Event()

    async def waiting(request: web.Request) -> web.StreamResponse:
        begun.set()
        return await stream(request, [queue_event(msg="estimation", event_id="e1", rank=0)], stay=True)

    server = queue_server(waiting)
    async with serving(server.answer) as url:
        await cancel_when(begun, server, url)
    assert len(server.posts("/gradio_api/cancel")) == 1


async def test_cancelling_during_the_hand_over_cancels_there() -> None:
    """The job is at the server before we know its id: the id is waited for."""
    begun = asyncio.Event()

    async def slow(_: web.Request) -> web.StreamResponse:
        begun.set()
        await asyncio.sleep(0.1)
        return web.json_response({"event_id": "late"})

    server = queue_server([])
    server.routes[JOIN] = slow
    async with serving(server.answer) as url:
        await cancel_when(begun, server, url)
    assert [cancel.body["event_id"] for cancel in server.posts("/gradio_api/cancel")] == ["late"]


async def test_a_cancellation_that_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_module, "CANCEL", 2.0)
    server = queue_server(streaming(stay=True))
    server.routes["POST /gradio_api/cancel"] = silent
    await until(server, BlackForestLabs_Flux1Dev, Ticket)
    assert server.posts("/gradio_api/cancel")


async def test_closing_a_predict_ends_its_request() -> None:
    begun, gone = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.StreamResponse:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            gone.set()
        raise AssertionError

    server = Told({"POST /run/predict": slow})
    async with serving(server.answer) as url, clean_session() as session:
        provider = G4FFlux(url=url, poll_interval=0.05)
        async with aclosing(provider.generate(ImageRequest("a cat"), session)) as events:
            async for event in events:
                if begun.is_set() and isinstance(event, Reasoning) and "Generating" in event.status:
                    break
        async with asyncio.timeout(30):
            await gone.wait()


# -- /config -----------------------------------------------------------------------------------------------------


async def test_config_decides_prefix_and_numbers() -> None:
    server = Told(
        {
            "GET /config": config("5.50.0", "infer", 9, trigger=44),
            JOIN: {"event_id": "e1"},
            DATA: [queue_event(msg="process_completed", event_id="e1", success=True, output={"data": [file_data()]})],
        }
    )
    async with serving(server.answer) as url:
        await draw(BlackForestLabs_Flux1Schnell(url=url, protocol="queue"))
    body = server.posts("/gradio_api/queue/join")[0].body
    assert (body["fn_index"], body["trigger_id"]) == (9, 44)


async def test_config_is_read_once_and_again_when_it_no_longer_fits() -> None:
    """A Space is rebuilt on another version of Gradio: the next draw finds the new routes by itself."""
    done = [queue_event(msg="process_completed", event_id="e1", success=True, output={"data": [file_data()]})]
    server = Told({"GET /config": config("5.50.0", "infer", 2), JOIN: {"event_id": "e1"}, DATA: done})
    async with serving(server.answer) as url:
        for _ in range(3):
            await draw(BlackForestLabs_Flux1Dev(url=url))
        assert sum(seen.path == "/config" for seen in server.seen) == 1
        server.routes = {
            "GET /config": config("4.44.1", "infer", 7),
            "POST /queue/join": {"event_id": "e1"},
            "GET /queue/data": done,
        }
        events = await draw(BlackForestLabs_Flux1Dev(url=url))
    assert isinstance(events[-1], ImageResponse)
    assert sum(seen.path == "/config" for seen in server.seen) == 2
    assert server.posts("/queue/join")[0].body["fn_index"] == 7


async def test_a_function_that_failed_is_not_run_twice() -> None:
    server = Told(
        {"GET /config": config("4.44.1", "predict", 3), "POST /run/predict": raw(b'{"error":null}', status=500)}
    )
    async with serving(server.answer) as url:
        for _ in range(2):
            with pytest.raises(ResponseError):
                await draw(G4FFlux(url=url))
    assert len(server.posts("/run/predict")) == 2


@pytest.mark.parametrize(
    "answer", [raw(b"<html>", kind="text/html"), raw(b"[]"), raw(b"<html>", status=503), raw(b"{}", status=500)]
)
async def test_without_a_config_the_documented_routes_serve(answer: Handler) -> None:
    server = call_server([call_event("complete", [file_data()])])
    server.routes["GET /config"] = answer
    assert isinstance((await schnell(server))[-1], ImageResponse)


async def test_predict_of_a_generator_goes_by_the_queue() -> None:
    server = queue_server(
        [queue_event(msg="process_completed", event_id="e1", success=True, output={"data": [file_data()]})]
    )
    server.routes["GET /config"] = config("6.31.0", "infer", 0, types={"generator": True})
    async with serving(server.answer) as url:
        await draw(BlackForestLabs_Flux1Schnell(url=url, protocol="predict"))
    assert server.posts("/gradio_api/queue/join")


async def test_an_unknown_protocol() -> None:
    with pytest.raises(InvalidParameter, match="call, queue, predict"):
        await schnell(Told(), protocol="carrier pigeon")


# -- input pictures and keys -------------------------------------------------------------------------------------


async def test_an_input_picture_that_is_none() -> None:
    async with serving(Told().answer) as url:
        with pytest.raises(InvalidParameter, match="no PNG"):
            await draw(DeepseekAI_JanusPro7b(url=url), ImageRequest("x", image=b"hello"))


async def test_an_input_picture_goes_where_documented() -> None:
    gallery = [[{"image": file_data(), "caption": None}]]
    answers = iter([["a red square"], gallery])

    async def data(request: web.Request) -> web.StreamResponse:
        output = {"data": next(answers)}
        return await stream(request, [queue_event(msg="process_completed", event_id="e1", success=True, output=output)])

    server = queue_server(data)
    server.routes["POST /gradio_api/upload"] = ["/tmp/gradio/x/in put.png"]
    async with serving(server.answer) as url:
        request = ImageRequest("make it blue", seed=7, image=b"\x89PNG\r\n\x1a\nrest")
        await draw(DeepseekAI_JanusPro7b(url=url), request)
    (upload,) = server.posts("/gradio_api/upload")
    assert b'name="files"' in upload.body
    assert b"rest" in upload.body
    looking, drawing = (seen.body for seen in server.posts("/gradio_api/queue/join"))
    assert upload.query == {"upload_id": looking["session_hash"]}
    assert looking["data"][0]["path"] == "/tmp/gradio/x/in put.png"
    assert looking["data"][1:] == ["make it blue", 7, 0.95, 0.1]
    assert (looking["fn_index"], looking["trigger_id"]) == (2, 10)
    assert drawing["data"] == ["make it blue\na red square", 7, 5, 1]


async def test_a_hub_token_is_not_given_away() -> None:
    """Only the Spaces' proxy sees it, in the header that it takes away; no other server does, in no header."""
    done = [queue_event(msg="process_completed", event_id="e1", success=True, output={"data": [file_data()]})]
    for kind in (BlackForestLabs_Flux1Dev, BlackForestLabs_Flux1Schnell, DeepseekAI_JanusPro7b, GradioSpace):
        server = queue_server(done)
        async with serving(server.answer) as url:
            provider = kind(url=url, api_key="hf_secret", protocol="queue")
            with suppress(ProviderError):  # not each finds its function there
                await draw(provider)
            async with clean_session() as session:
                with suppress(ProviderError):
                    await provider.check(session)
        assert server.seen
        assert not [seen for seen in server.seen if "hf_secret" in str(seen.headers)]
        own = kind(url="https://owner-name.hf.space", api_key="hf_secret")
        assert own.auth_headers() == {"X-HF-Authorization": "Bearer hf_secret"}
        for foreign in (
            "http://owner-name.hf.space",
            "https://hf.space",
            "https://a.b.hf.space",
            "https://hf.space.evil",
        ):
            assert kind(url=foreign, api_key="hf_secret").auth_headers() == {}


async def test_a_password_in_the_url_goes_as_a_header() -> None:
    server = call_server([call_event("complete", [file_data()])])
    async with serving(server.answer) as url:
        provider = BlackForestLabs_Flux1Schnell(url=url.replace("http://", "http://name:pass%20word@"))
        events = await draw(provider)
    assert {seen.headers.get("Authorization") for seen in server.seen} == {"Basic bmFtZTpwYXNzIHdvcmQ="}
    assert isinstance(events[-1], ImageResponse)
    assert "@" not in events[-1].url


async def test_a_proxy_carries_every_request() -> None:
    """An HTTP proxy is asked for absolute addresses; this one answers in the server's place."""
    server = call_server([call_event("complete", [file_data()])])
    async with serving(server.answer) as proxy:
        await draw(BlackForestLabs_Flux1Schnell(url="http://space.invalid", proxy=proxy))
    assert {seen.headers["Host"] for seen in server.seen} == {"space.invalid"}
    assert {seen.method for seen in server.seen} == {"GET", "POST"}


async def test_a_session_with_a_short_total_timeout_does_not_cut_a_draw() -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.3)
        return await stream(request, [call_event("complete", [file_data()])])

    impatient = aiohttp.ClientTimeout(total=0.1)
    async with serving(call_server(slow).answer) as url, aiohttp.ClientSession(timeout=impatient) as session:
        provider = BlackForestLabs_Flux1Schnell(url=url)
        events = [event async for event in provider.generate(ImageRequest("x"), session)]
    assert isinstance(events[-1], ImageResponse)


# -- any Space ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("info", [None, [], {}, {"named_endpoints": None}, {"named_endpoints": {"/x": 7}}])
async def test_info_that_is_none(info: Any) -> None:
    routes = {"GET /config": config("6.31.0", "infer", 0)}
    if info is not None:
        routes["GET /gradio_api/info"] = info
    async with serving(Told(routes).answer) as url:
        provider = GradioSpace(url=url)
        with pytest.raises((BadAnswer, InvalidParameter)):
            await draw(provider)
