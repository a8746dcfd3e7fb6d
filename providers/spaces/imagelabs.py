"""ImageLabs: `sdxl-turbo` behind the editor at imagelabs.net, by submit-and-poll."""

import re
import time
from typing import ClassVar
from urllib.parse import urljoin

from providers.bounds import MAX_BODY, job_id, plain, text
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.deadline import Deadline
from providers.engines.http import Json
from providers.engines.polling import PollingProvider
from providers.errors import BadAnswer, ContentRejected, NoPicture, ResponseError
from providers.events import ImageResponse, Reasoning
from providers.request import ImageRequest

DEFAULT_SIZE = (1152, 896)
PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%")


class ImageLabs(PollingProvider):
    """Routes, bodies and headers are those of its own page, which is why a browser's are sent."""

    label = "ImageLabs"
    url = "https://editor.imagelabs.net"
    api_endpoint = "https://editor.imagelabs.net/txt2img"
    submit_path = "/txt2img"
    poll_path = "/progress"
    working = True
    supports_stream = False
    supports_system_message = False
    supports_message_history = False
    default_model = "sdxl-turbo"
    default_image_model = default_model
    image_models: ClassVar[list[str]] = [default_model]
    models: ClassVar[list[str]] = image_models
    charged = Charged.NEVER
    capabilities = Capabilities(
        frozenset({"negative_prompt", "width", "height", "seed"}),
        width=Bounds(64, 2048, 8),
        height=Bounds(64, 2048, 8),
        progress=True,
        resume=True,
    )
    seed_events = (ImageResponse,)

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """It has one model, whatever is asked for."""
        return cls.default_model

    def headers(self) -> dict[str, str]:
        return {
            "accept": "*/*",
            "accept-language": "en-US,en;q=0.9",
            "cache-control": "no-cache",
            "content-type": "application/json",
            "origin": self.url,
            "referer": f"{self.url}/",
            "x-requested-with": "XMLHttpRequest",
            "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/131.0.0.0 Safari/537.36",
        } | self.auth_headers()

    def submission(self, request: ImageRequest) -> Json:
        now = time.time()
        seed, randomize = self.seed_to_send(request)
        return {
            "prompt": request.prompt,
            "seed": str(int(now) if randomize else seed),
            "subseed": str(int(now * 1000) if randomize else seed),
            "attention": 0,
            "width": request.width or DEFAULT_SIZE[0],
            "height": request.height or DEFAULT_SIZE[1],
            "tiling": False,
            "negative_prompt": request.negative_prompt or "",
            "reference_image": "",
            "reference_image_type": None,
            "reference_strength": 30,
        }

    def job_id(self, answer: Json) -> str:
        return job_id(answer.get("task_id"))

    def question(self, job_id: str) -> Json:
        return {"task_id": job_id}

    def state(self, answer: Json, patience: Deadline) -> Reasoning | list[str]:
        status, image = plain(answer.get("status")), text(answer.get("final_image_url"), MAX_BODY)
        if "error" in status.lower():
            unwanted = "nsfw" in status.lower()
            raise (ContentRejected if unwanted else ResponseError)(f"ImageLabs: {status}")
        if image:
            try:
                return [urljoin(f"{self.url}/", image)]
            except ValueError:
                raise BadAnswer("ImageLabs names a picture by what is no address") from None
        if answer.get("final_image_url") or status == "Done":
            raise NoPicture("ImageLabs says it is done, but names no picture")
        if "queue" in status.lower():
            patience.in_queue()
        elif status:
            patience.begin_drawing()
        return Reasoning(status[:200] or "Waiting", _progress(status))


def _progress(status: str) -> float | None:
    """0 to 1 where the status names a percentage."""
    found = PERCENT.search(status)
    return min(1.0, float(found[1]) / 100) if found else None
