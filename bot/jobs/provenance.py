"""What the files of a request's pictures say of their origin."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.jobs.acceptance.parameters import sent_prompt, words_of
from bot.pictures.fit import Fitted
from bot.pictures.metadata import CREATOR, EDITED, GENERATED, MAX_PARAMETERS, UNTRAINED, PictureMetadata, utf16_units
from bot.pictures.signing import Signing
from bot.prompt.infotext import infotext
from bot.prompt.styles import styled
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from storage.records import PictureRecord, Request


@dataclass(frozen=True, slots=True)
class Origin:
    """`source` is an IPTC digital source type, "" for none; `parameters` are A1111's."""

    source: str = ""
    parameters: str = ""


class Provenance:
    """`signing` None: the operator has no certificate."""

    def __init__(self, catalog: Catalog, metadata: PictureMetadata = "full", signing: Signing | None = None) -> None:
        self._catalog = catalog
        self._metadata = metadata
        self._signing = signing

    async def signed(self, fitted: Fitted, origin: Origin) -> Fitted:
        """A file with our manifest. Photos stay as they are: Telegram encodes them anew."""
        if self._signing is None or not fitted.as_document or not origin.source:
            return fitted
        return await self._signing.signed(fitted, origin.source)

    def of(self, request: Request, pictures: Sequence[PictureRecord]) -> Origin:
        """That of one picture, or of the sheet of several: of a sheet no parameters, for each square has its own."""
        if self._metadata == "off":
            return Origin()
        source = self._source(request, pictures)
        return Origin(source, self._parameters(request, pictures[0]) if len(pictures) == 1 else "")

    def _source(self, request: Request, pictures: Sequence[PictureRecord]) -> str:
        drew = [self._catalog.get(picture.model or request.model) for picture in pictures]
        if all(model is not None and model.provider_class.offline for model in drew):
            return UNTRAINED
        # A picture to start from that came with a chain is the bot's own.
        return EDITED if request.parameters.input_file_ids and request.parent_id is None else GENERATED

    def _parameters(self, request: Request, picture: PictureRecord) -> str:
        model_id, asked = picture.model or request.model, request.parameters
        model = self._catalog.get(model_id)

        def used(name: str) -> bool:
            return model is None or model.capabilities.takes(name)

        prompt, negative = "", None
        if self._metadata == "full":
            prompt = _prompt(request, picture, model)
            if asked.loras and used("loras"):  # as A1111 writes them
                prompt = " ".join((prompt, *(f"<lora:{lora}>" for lora in asked.loras)))
            if used("negative_prompt"):
                negative = (picture.words.negative_prompt if picture.words else None) or asked.negative_prompt
        pairs = (
            ("Steps", asked.steps if used("num_inference_steps") else None),
            ("Sampler", asked.sampler if used("sampler") else None),
            ("Schedule type", asked.scheduler if used("scheduler") else None),
            ("CFG scale", asked.guidance_scale if used("guidance_scale") else None),
            ("Seed", picture.seed if picture.of_run == 1 else None),
            ("Size", f"{picture.width}x{picture.height}"),
            ("Model", model_id),
            ("Denoising strength", asked.strength if asked.input_file_ids and used("strength") else None),
            ("Checkpoint", asked.checkpoint if used("checkpoint") else None),
            ("VAE", asked.vae if used("vae") else None),
            ("Version", CREATOR),
        )
        text = infotext(prompt, negative, pairs)
        return text if utf16_units(text) <= MAX_PARAMETERS else infotext("", None, pairs)


def _prompt(request: Request, picture: PictureRecord, model: Model | None) -> str:
    """The words that the model got."""
    if picture.words is not None and picture.words.prompt is not None:
        return picture.words.prompt
    asked = request.parameters
    prompt, whole = words_of(request, picture.variant)
    if model is None:
        return styled(whole or prompt, asked.templates)
    return sent_prompt(model, prompt, whole, pictures=len(asked.input_file_ids), templates=asked.templates)
