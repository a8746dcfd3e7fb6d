"""One entry of the catalogue: which provider draws it, with what key, limits and defaults."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from providers.base import Provider
from providers.capabilities import Capabilities
from providers.catalog.keys import ApiKey
from providers.catalog.own_keys import origin_of
from providers.choices import Choices, Kind, restricted
from providers.pictures.aspect_ratios import ratio_size
from providers.prompt import ASPECT_RATIOS
from providers.request import ImageRequest
from providers.tasks import DESCRIBE, DRAW, TIMEOUTS


@dataclass(frozen=True)
class Model:
    """An entry that `--model`, menus and buttons name. Times are in seconds. `cost` is per picture in the operator's
    own unit. `options` are keys of this provider only (`protocol`, `workflow`, `pace`, `parameters`, ...)."""

    id: str
    label: str
    provider: str
    provider_class: type[Provider]
    url: str | None = None
    model: str | None = None
    api_key: str | None = field(default=None, repr=False)
    api_keys: tuple[ApiKey, ...] = ()  # several, in the order in which they are used up; `api_key` is the first
    proxy: str | None = field(default=None, repr=False)
    fallback: tuple[str, ...] = ()
    timeout: float | None = None
    queue_timeout: float | None = None
    max_concurrency: int | None = None
    requires_key: bool = False
    key_name: str | None = None  # the environment variable that has the key
    enabled: bool = True
    cost: float = 0
    picture_hosts: tuple[str, ...] = ()
    # Where the operator knows better than the provider; None: as the provider says.
    input_images: int | None = None  # how many input pictures it takes
    edits: bool | None = None  # whether its prompt is an instruction
    images: int | None = None  # how many pictures one run gives
    task: str = DRAW  # or another one of `providers.tasks`
    reads: tuple[str, ...] = ()  # languages of prompts that it understands (`en`), the best first; empty: all
    options: Mapping[str, object] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)  # fields of ImageRequest, each with its own type

    @property
    def protocol(self) -> str | None:
        value = self.options.get("protocol")
        return None if value is None else str(value)

    @property
    def choices(self) -> Choices:
        """What people may pick by name, according to the catalogue."""
        found: Any = self.options.get("choices")  # as `Entry` has read it
        return found or {}

    def offers(self, kind: Kind) -> bool:
        """Whether people may pick something of this kind."""
        return kind in self.choices

    @cached_property
    def capabilities(self) -> Capabilities:
        """What the provider declares for this model, overridden by the catalogue's `input_images`, `edits` and
        `images`. People can pick by name only what its `choices` offer."""
        can = self.provider_class.capabilities_for(self.task, self.model, {"url": self.url, **self.options})
        can = restricted(can, self.choices)
        if self.input_images is not None:
            can = can.with_input_images(self.input_images)
        if self.images is not None and self.draws:
            can = replace(can, images=self.images)
        return can if self.edits is None else replace(can, edits=self.edits)

    @property
    def draws(self) -> bool:
        return self.task == DRAW

    @property
    def light_check(self) -> bool:
        """Whether `check` may run every few minutes: never if it would use a paid account."""
        return self.provider_class.light_check and not (self.provider_class.paid and self.api_key is not None)

    @property
    def missing_key(self) -> bool:
        """Whether it cannot draw because its key is not set."""
        return self.requires_key and not self.api_key

    @cached_property
    def lacking(self) -> str | None:
        """Why it cannot draw on this machine: a key or a library is missing. None: it can."""
        if not self.missing_key:
            return self.provider_class.lacking()
        return f"set {self.key_name}" if self.key_name else "it needs an api_key"

    @property
    def usable(self) -> bool:
        """Whether it can do its task for everybody."""
        return self.enabled and self.lacking is None

    def usable_by(self, with_key: Collection[str]) -> bool:
        """Whether it can do its task for somebody who has keys for the entries of these ids."""
        return self.usable or (self.id in with_key and self.usable_with_key)

    @property
    def key_origin(self) -> str | None:
        """The only origin to which a person's own key for this entry is sent. None: it takes none, because it has no
        `api_key` in the catalogue, has several servers, or has an address to which no secret should be sent."""
        has_setting = self.requires_key or self.key_name is not None or self.api_key is not None
        if not has_setting or self.task == DESCRIBE or self.provider_class.offline or "urls" in self.options:
            return None
        return origin_of(self.url or self.provider_class.url)

    @property
    def usable_with_key(self) -> bool:
        """Whether it can do its task for somebody who brings a key."""
        return self.enabled and self.key_origin is not None and self.provider_class.lacking() is None

    def with_key(self, key: str) -> "Model":
        """The same entry with this key in place of the operator's."""
        return replace(self, api_key=key, api_keys=())

    @property
    def keys(self) -> tuple[ApiKey, ...]:
        """All keys that it may draw with, in the order of use."""
        if self.api_keys or self.api_key is None:
            return self.api_keys
        return (ApiKey(self.api_key, self.key_name or "api_key"),)

    def create(self, key: ApiKey | None = None) -> Provider:
        """A provider for one draw. `key`: the one to use; None: the first."""
        api_key = self.api_key if key is None else key.value
        timeout = self.timeout if self.timeout is not None else TIMEOUTS.get(self.task)
        provider = self.provider_class(url=self.url, api_key=api_key, proxy=self.proxy, timeout=timeout)
        if self.queue_timeout is not None:
            provider.queue_timeout = self.queue_timeout
        provider.task = self.task
        if self.task == DESCRIBE:
            provider.describe_model = self.model
        else:
            provider.model = self.model
        provider.picture_hosts = (*provider.picture_hosts, *self.picture_hosts)
        provider.declared_input_images = self.input_images
        provider.declared_images = self.images
        provider.choices = {}
        for name, value in self.options.items():
            setattr(provider, name, value)
        return provider

    def request(self, prompt: str, **params: Any) -> ImageRequest:  # fields of ImageRequest, each with its type
        """A request for this model. Given values override `defaults`; None counts as not given.

        An explicit aspect ratio overrides the shape of a default size, which still sets the number of pixels. An
        explicit size overrides a default ratio.
        """
        given = {name: value for name, value in params.items() if value is not None}
        defaults = dict(self.defaults)
        if "aspect_ratio" in given:
            width, height = defaults.pop("width", None), defaults.pop("height", None)
            if width and height and given["aspect_ratio"] in ASPECT_RATIOS and not {"width", "height"} & set(given):
                can = self.capabilities
                size = ratio_size(given["aspect_ratio"], width * height, can.width, can.height)
                defaults["width"], defaults["height"] = size
        if "width" in given or "height" in given:
            defaults.pop("aspect_ratio", None)
        return ImageRequest(prompt, **{"model": self.model, **defaults, **given})
