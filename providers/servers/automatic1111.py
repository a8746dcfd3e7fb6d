"""AUTOMATIC1111's API, which Forge and SD.Next have as well. Source: `modules/api/api.py` and `models.py`.

Progress and interruption concern the whole server, not one job. They are this draw's only with `max_concurrency = 1` in
the catalogue, and if nobody else draws there.
"""

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, ClassVar

import aiohttp

from providers.bounds import names_of, number, plain, text, texts
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.choices import MAX_CHOICES, MAX_NAME, MAX_WORDS, Choice, Kind, split_tags
from providers.engines.bodies import parse_json
from providers.engines.deadline import Deadline
from providers.engines.http import ANSWER, Answer, Call, Json
from providers.engines.json_list import objects
from providers.engines.media import inline
from providers.engines.refusals import Refused, tidy
from providers.engines.single_request import Ask, SingleProvider
from providers.errors import (
    BadAnswer,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    ProviderError,
    ResponseError,
)
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.pictures.aspect_ratios import scaled
from providers.pictures.encoded import data_url, mime_of, plain_base64, size_of
from providers.request import CHOICE_PARAMETERS, OPTIONAL_PARAMETERS, ImageRequest
from providers.servers.server import ServerProvider
from providers.tasks import CUTOUT, UPSCALE

OPTIONS, MODELS = Call("GET", "/sdapi/v1/options"), Call("GET", "/sdapi/v1/sd-models")
PROGRESS = Call("GET", "/sdapi/v1/progress", query={"skip_current_image": "false"})
BUSY = Call("GET", "/sdapi/v1/progress", query={"skip_current_image": "true"})
SCRIPTS = Call("GET", "/sdapi/v1/scripts")
UPSCALERS = Call("GET", "/sdapi/v1/upscalers")
INTERRUPT = Call("POST", "/sdapi/v1/interrupt")
LISTS = {  # of each kind: the route, and the keys of the name and of what else it is called
    Kind.CHECKPOINT: ("/sdapi/v1/sd-models", "model_name", "filename"),
    Kind.SAMPLER: ("/sdapi/v1/samplers", "name", "aliases"),
    Kind.SCHEDULER: ("/sdapi/v1/schedulers", "label", "name"),
    Kind.LORA: ("/sdapi/v1/loras", "name", "alias"),
    Kind.VAE: ("/sdapi/v1/sd-vae", "model_name", "filename"),
    Kind.UPSCALER: ("/sdapi/v1/upscalers", "name", "model_name"),
}
SENT = {Kind.SCHEDULER: "name", Kind.CHECKPOINT: "title"}  # what the server takes in place of the name
NO_UPSCALER = "None"  # which the list has too, and which upscales nothing
VAES = ("Automatic", "None")  # which every server takes
LISTING = 30.0  # seconds
# How the answer's `info` begins to tell of a LoRA that is not there, or is of another architecture.
LORA_TROUBLE = re.compile(r"Networks (?:not found|with errors): [^\n]{1,300}")
PICTURE, MASK = "$picture", "$mask"  # in `extra`: where the input pictures ("$picture2" the second) and the mask go
INPAINTING = {"inpainting_fill": 1, "inpaint_full_res": False}  # begin from what is there; look at the whole picture
MAX_DEPTH = 8  # of `extra`
MAX_SCRIPTS = 1000
MEGAPIXEL = 1024 * 1024
UPSCALER, CUTTER = "R-ESRGAN 4x+", "u2net"  # where the catalogue names none
CHECK = 15.0  # seconds
MOST_SEEDS = 100  # of an answer
IN_ONE_JOB = 9  # pictures, drawn one after the other: they need no more memory than one


class Automatic1111(ServerProvider, SingleProvider):
    """The catalogue's `automatic1111`. `model`: a checkpoint by its title, name or file; without one the server draws
    with the loaded one. `extra`: more fields of the request: a sampler, hires fix, face restoration, scripts such as
    ADetailer and ControlNet. The text "$picture" in it stands for the input picture, which then is not used for
    image-to-image; parts without a picture for it are left out.

    With `task = "upscale"` `model` is an upscaler, and `scale` its factor; with `task = "cutout"` `model` is one of the
    extension stable-diffusion-webui-rembg. `extra` then has more fields of those requests.
    """

    label = "Stable Diffusion WebUI"
    api_endpoint = "/sdapi/v1/txt2img"
    supports_stream = True
    capabilities = Capabilities(
        frozenset((*OPTIONAL_PARAMETERS, *CHOICE_PARAMETERS)) - {"upscaler"},
        width=Bounds(64, 2048, 8),
        height=Bounds(64, 2048, 8),
        steps=Bounds(1, 150),
        progress=True,
        previews=True,
        cancel=True,
        images=IN_ONE_JOB,
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImagePreview, ImageResponse)
    describes = True
    tasks = frozenset({UPSCALE, CUTOUT})
    usual_scale = 2.0
    charged = Charged.NEVER
    listed = frozenset(LISTS)
    extra: Mapping[str, object] = {}  # more fields of the request, such as sampler_name
    scale: float | None = None

    @classmethod
    def capabilities_with(cls, model: str | None, options: Mapping[str, object]) -> Capabilities:
        """With several servers a run gives one picture, so that the servers share a request's pictures."""
        can, urls = super().capabilities_with(model, options), options.get("urls")
        return replace(can, images=1) if isinstance(urls, Sequence) and len(urls) > 1 else can

    def can(self, model: str) -> Capabilities:
        return self.capabilities_with(model, {"urls": self.urls})

    def drawing_seconds(self, request: ImageRequest) -> float:
        """`timeout` for each picture of the request."""
        return self.timeout * request.n

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name is valid: only the server knows its checkpoints."""
        return model or ""

    async def list_of_server(self, kind: Kind, session: aiohttp.ClientSession) -> Sequence[Choice]:
        """The server's names of a kind; LoRAs with the words in their files' metadata. Forge has no list of VAEs."""
        path, named, also = LISTS[kind]
        patience = Deadline(LISTING, LISTING)
        found: dict[str, Choice] = {name: Choice(name) for name in VAES} if kind is Kind.VAE else {}
        async with (
            self.open(session, patience, Call("GET", path), silence=ANSWER) as response,
            aclosing(objects(response, patience, server=self.translated)) as items,
        ):
            async for item in items:
                name = item.get(named) or item.get("name")
                if len(found) >= MAX_CHOICES:
                    break
                if isinstance(name, str) and _is_name(name) and (kind, name) != (Kind.UPSCALER, NO_UPSCALER):
                    words, often = _trigger_words(item.get("metadata")) if kind is Kind.LORA else ("", "")
                    value = str(item.get(SENT[kind]) or "") if kind in SENT else ""
                    found[name] = Choice(name, value, words, often, _aliases(item.get(also)))
        return list(found.values())

    def prepare(self, request: ImageRequest) -> tuple[ImageRequest, list[str]]:
        """LoRAs in the prompt count as picked, if people may pick any: the server would take all."""
        if self.choices:
            prompt, loras = split_tags(request.prompt)
            request = replace(request, prompt=prompt, loras=(*request.loras, *loras))
        return super().prepare(request)

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        await self.choose(session)
        with self.counted():
            async with aclosing(super()._draw(request, session)) as events:
                async for event in events:
                    yield event

    async def _answer(
        self, request: ImageRequest, session: aiohttp.ClientSession, patience: Deadline, call: Call
    ) -> ImageResponse:
        """The answer with all pictures. Servers that imitate this API do not know `n_iter`; missing pictures are asked
        for within the same job."""
        found = await super()._answer(request, session, patience, call)
        while len(found.images) < request.n:
            at = len(found.images)
            seed = (request.seed + at) % 2**32 if request.seed is not None else None
            rest = replace(request, n=request.n - at, seed=seed)
            try:
                more = self.images(await self.ask(session, patience, self.call(rest), silence=None), rest)
            except ProviderError:
                break  # what is there is worth showing
            found = ImageResponse([*found.images, *more.images], request.prompt)
        return found

    async def jobs(self, session: aiohttp.ClientSession, patience: Deadline) -> int:
        """1 while the server draws: it does not say how many jobs wait."""
        state = (await self.ask(session, patience, BUSY)).json().get("state")
        return int(isinstance(state, dict) and bool(state.get("job")))

    async def before(self, request: ImageRequest, ask: Ask) -> None:
        """Looks the checkpoint up, because the server silently ignores an unknown one; and the upscaler, because the
        server would use another one whose name begins alike."""
        if self.task == UPSCALE:
            find_upscaler(request.upscaler or request.model or UPSCALER, parse_json((await ask(UPSCALERS)).body))
        elif request.model and request.checkpoint is None and self.task != CUTOUT:
            find_checkpoint(request.model, parse_json((await ask(MODELS)).body))

    def call(self, request: ImageRequest) -> Call:
        if self.task in self.tasks:
            return self._work(request)
        fields: Json = {
            "prompt": _with_loras(request),
            "n_iter": request.n if request.n > 1 else None,
            "negative_prompt": request.negative_prompt,
            "seed": -1 if request.seed is None else request.seed,
            "steps": request.num_inference_steps,
            "cfg_scale": request.guidance_scale,
            "width": request.width,
            "height": request.height,
        }
        extra = _declared(self.extra, request)
        settings = extra.pop("override_settings", None) or {}
        if checkpoint := request.checkpoint or request.model:  # beside the operator's own ones
            settings = {**settings, "sd_model_checkpoint": checkpoint}
        if request.vae is not None:
            settings = {**settings, "sd_vae": request.vae}
        picked = {"sampler_name": request.sampler, "scheduler": request.scheduler}
        extra |= {name: value for name, value in picked.items() if value is not None}
        fields["override_settings"] = settings or None
        path = "/sdapi/v1/txt2img"
        if request.first_image is not None and not _holds_picture(self.extra):
            path = "/sdapi/v1/img2img"
            fields |= self._start_from(request, request.first_image)
        fields = {name: value for name, value in fields.items() if value is not None}
        return Call("POST", path, json={**fields, **extra})

    def _work(self, request: ImageRequest) -> Call:
        """The request of a task with a picture."""
        if request.first_image is None:
            raise InvalidParameter("there is no picture to work on")
        if self.task == CUTOUT:
            cut: Json = {"input_image": plain_base64(request.first_image), "model": request.model or CUTTER}
            return Call("POST", "/rembg", json={**cut, **self.extra})
        fields: Json = {
            "image": data_url(request.first_image, mime_of(request.first_image)),
            "resize_mode": 0,
            "upscaling_resize": self.scale or self.usual_scale,
            "upscaler_1": request.upscaler or request.model or UPSCALER,
        }
        return Call("POST", "/sdapi/v1/extra-single-image", json={**fields, **self.extra})

    def _start_from(self, request: ImageRequest, image: bytes) -> Json:
        fields: Json = {
            "init_images": [data_url(image, mime_of(image))],
            "denoising_strength": request.strength,
        }
        if request.mask is not None:
            fields |= {"mask": data_url(request.mask, mime_of(request.mask)), **INPAINTING}
        if request.width is None and request.height is None:  # the server's own default would squeeze it
            fields["width"], fields["height"] = scaled(*size_of(image), step=8, low=MEGAPIXEL // 4, high=MEGAPIXEL)
        return fields

    def images(self, answer: Answer, request: ImageRequest) -> ImageResponse:
        """The pictures that were asked for. A grid before them and ControlNet's maps after them are left out."""
        found = answer.json()
        if self.task in self.tasks:
            if not isinstance(image := found.get("image"), str) or not image:
                raise NoPicture(f"{self.host} answered without a picture")
            return ImageResponse([inline(image)], request.prompt)
        images = found.get("images")
        if not isinstance(images, list) and images is not None:
            raise BadAnswer(f"{self.host} answered with images that are no list")
        if not images or images[0] == "":  # the latter is how koboldcpp fails
            raise NoPicture(f"{self.host} answered without a picture")
        info = _info(found.get("info"))
        if request.loras and (trouble := LORA_TROUBLE.search(_comments(info))):
            raise InvalidParameter(plain(trouble[0]))
        first, seeds = _drawn(info)
        own = images[first:][: len(seeds) or None] or images[:1]
        known = seeds if len(set(seeds)) == len(own) > 1 else []
        return ImageResponse([inline(image) for image in own], request.prompt, seeds=known)

    async def describe(self, picture: bytes, session: aiohttp.ClientSession) -> str:
        """Describes the picture by CLIP, or by the entry's `model`: clip, deepdanbooru. The server loads their weights
        when it is first asked. Raises ProviderError."""
        await self.choose(session)
        patience = Deadline(self.timeout, self.timeout)
        body = {"image": data_url(picture, mime_of(picture)), "model": self.describe_model or "clip"}
        answer = await self.ask(session, patience, Call("POST", "/sdapi/v1/interrogate", json=body), silence=None)
        caption = text(answer.json().get("caption"))
        if not caption.strip():
            raise BadAnswer(f"{self.host} answered without a caption")
        return caption

    def look(self) -> Call:
        return PROGRESS

    def seen(self, answer: Answer, request: ImageRequest) -> list[Event]:
        found = answer.json()
        progress, state = _number(found.get("progress")), found.get("state")
        if not progress:  # idle, or still loading
            return []
        told: Mapping[str, Any] = state if isinstance(state, dict) else {}  # as it came
        step, steps = _number(told.get("sampling_step")), _number(told.get("sampling_steps"))
        text = found.get("textinfo")
        status = f"Step {step:.0f} of {steps:.0f}" if step and steps else tidy(text) if isinstance(text, str) else ""
        events: list[Event] = [
            Reasoning(status or "Generating", min(1.0, progress), eta=_number(found.get("eta_relative")))
        ]
        if found.get("current_image"):
            events.append(ImagePreview(inline(found["current_image"]), request.prompt))
        return events

    def interruption(self) -> Call:
        return INTERRUPT

    def refusal(self, refused: Refused) -> ProviderError:
        if self.task == CUTOUT and refused.no_route:
            return ModelNotFound(f"{refused}; is the extension stable-diffusion-webui-rembg installed?")
        if refused.status == 404 and refused.said == "Model not found":
            return ModelNotFound(str(refused))
        if refused.status == 404 and "error" in refused.answer:  # "Sampler not found" and its like
            return InvalidParameter(str(refused))
        if refused.status == 500 and refused.said == "Internal Server Error":
            # Forge does not say why, but it is up: this request broke something in it
            return InvalidParameter(f"{refused}; the server failed at this very request, perhaps for want of memory")
        return super().refusal(refused)

    async def check_server(self, session: aiohttp.ClientSession) -> None:
        """Checks that the server has the API's options, and the checkpoint and scripts that the catalogue names. Raises
        ProviderError."""
        patience = Deadline(CHECK, CHECK)
        try:
            known = "sd_model_checkpoint" in (await self.ask(session, patience, OPTIONS)).json()
        except BadAnswer:
            known = False
        if not known:
            raise NotThisServer(f"{self.host} has no Stable Diffusion WebUI; was it started with --api?")
        if self.task == UPSCALE:
            find_upscaler(self.model or UPSCALER, parse_json((await self.ask(session, patience, UPSCALERS)).body))
        if self.task in self.tasks:
            return
        if self.model:
            find_checkpoint(self.model, parse_json((await self.ask(session, patience, MODELS)).body))
        if isinstance(scripts := self.extra.get("alwayson_scripts"), dict) and scripts:
            find_scripts(scripts, (await self.ask(session, patience, SCRIPTS)).json())


def find_scripts(names: Mapping[str, object], listed: Json) -> None:
    """Raises ResponseError for scripts that are not installed: each draw would fail with 422."""
    known = {name.lower() for kind in ("txt2img", "img2img") for name in texts(listed.get(kind), MAX_SCRIPTS)}
    if missing := [name for name in names if name.lower() not in known]:
        raise ResponseError(f"there are no scripts {', '.join(missing)}; there are: {names_of(sorted(known), 30)}")


def find_upscaler(name: str, listed: object) -> None:
    """Raises ModelNotFound, with some names that exist."""
    if not isinstance(listed, list):
        raise BadAnswer("the list of upscalers is none")
    names = [each["name"] for each in listed if isinstance(each, dict) and isinstance(each.get("name"), str)]
    if name not in names:
        raise ModelNotFound(f"there is no upscaler {name!r}; there are: {names_of(names, 30)}")


def find_checkpoint(name: str, listed: object) -> None:
    """The checkpoint's title, which is "name.safetensors [hash]". Raises ModelNotFound, with some titles that exist."""
    if not isinstance(listed, list):
        raise BadAnswer("the list of checkpoints is none")
    titles = []
    for item in listed:
        if not isinstance(item, dict):
            continue
        title = str(item.get("title", ""))
        file = str(item.get("filename", "")).replace("\\", "/").rpartition("/")[2]
        if name in (title, title.partition(" [")[0], file, item.get("model_name"), item.get("hash")):
            return
        titles.append(title)
    raise ModelNotFound(f"there is no checkpoint {name!r}; there are: {names_of(titles)}")


def _number(value: object) -> float | None:
    """A number that can be shown, else None."""
    return number(value, 0, 1e6)


def _info(info: object) -> Json:
    """The answer's `info`, JSON in a text."""
    try:
        found = parse_json(info.encode(errors="replace")) if isinstance(info, str) and len(info) < 1_000_000 else info
    except BadAnswer:
        found = None
    return found if isinstance(found, dict) else {}


def _comments(info: Json) -> str:
    said = info.get("comments")
    parts = said if isinstance(said, list) else [said, *_texts(info.get("infotexts"))]
    return "\n".join(part[:10_000] for part in parts if isinstance(part, str))


def _texts(value: object) -> list[str]:
    return [each for each in value[:4] if isinstance(each, str)] if isinstance(value, list) else []


def _drawn(found: Json) -> tuple[int, list[int]]:
    """The index of the first drawn picture, and the pictures' seeds ([]: unknown)."""
    first, told = found.get("index_of_first_image"), found.get("all_seeds")
    seeds = told[:MOST_SEEDS] if isinstance(told, list) else []
    if not all(isinstance(seed, int) and 0 <= seed < 2**32 for seed in seeds):
        seeds = []
    return (first if isinstance(first, int) and 0 < first < 100 else 0), seeds


def _with_loras(request: ImageRequest) -> str:
    """The prompt with LoRAs, as the server's own page writes them."""
    tags = [f"<lora:{lora.name}:{lora.weight:g}>" for lora in request.loras]
    return " ".join((request.prompt, *tags))


def _is_name(name: str) -> bool:
    return 0 < len(name) <= MAX_NAME and name.isprintable() and not set(name) & set("<>:")


def _aliases(value: object) -> tuple[str, ...]:
    """Other names of it; for a file, the file's name."""
    names = value if isinstance(value, list) else [value]
    parts = [name.replace("\\", "/").rpartition("/")[2] for name in names[:20] if isinstance(name, str)]
    return tuple(name for name in parts if _is_name(name))


def _trigger_words(metadata: object) -> tuple[str, str]:
    """The words that the maker declared (`modelspec`), and the most frequent tags of its training (kohya)."""
    found = metadata if isinstance(metadata, dict) else {}
    declared = plain(found.get("modelspec.trigger_phrase"), MAX_WORDS)
    counts = found.get("ss_tag_frequency")
    folders = list(counts.values())[:50] if isinstance(counts, dict) else []
    tags: dict[str, int] = {}
    for folder in folders:
        for tag, count in list(folder.items())[:5000] if isinstance(folder, dict) else []:
            if isinstance(count, int) and not isinstance(count, bool):
                tags[tag] = tags.get(tag, 0) + count
    often = sorted(tags, key=lambda tag: -tags[tag])[:3]
    return declared, "" if declared else plain(", ".join(often), MAX_WORDS)


def _holds_picture(value: object, depth: int = 0) -> bool:
    """Whether `extra` itself says where the input picture goes."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, Mapping | list):
        parts = value.values() if isinstance(value, Mapping) else value
        return any(_holds_picture(part, depth + 1) for part in parts)
    return isinstance(value, str) and value.startswith(PICTURE)


def _declared(extra: Mapping[str, Any], request: ImageRequest) -> Json:
    """`extra` with the pictures in their places, without the parts whose picture is missing."""
    pictures = {f"{PICTURE}{number}": image for number, image in enumerate(request.images, start=1)}
    if request.first_image is not None:
        pictures[PICTURE] = request.first_image
    if request.mask is not None:
        pictures[MASK] = request.mask
    return {name: value for name, given in extra.items() if (value := _placed(given, pictures)) is not None}


def _placed(value: Any, pictures: Mapping[str, bytes]) -> Any:  # JSON; None: it is left out
    if isinstance(value, str) and value.startswith((PICTURE, MASK)):
        return plain_base64(pictures[value]) if value in pictures else None
    if isinstance(value, Mapping):
        placed = {name: _placed(part, pictures) for name, part in value.items()}
        if any(part is None and isinstance(value[name], str) for name, part in placed.items()):
            return None  # a unit of ControlNet without its picture
        return {name: part for name, part in placed.items() if part is not None} or (None if value else {})
    if isinstance(value, list):
        kept = [part for each in value if (part := _placed(each, pictures)) is not None]
        return kept if kept or not value else None
    return value
