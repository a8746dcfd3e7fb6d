"""The cards of a request, from its placeholder to its outcome (implements `bot.jobs.contracts.Presenter`).

Texts from users and back-ends are shortened before they are escaped, so that no entity is cut.
"""

import math
import re
from collections.abc import Collection, Sequence
from html import escape

from aiogram.types import InlineKeyboardMarkup

from bot.jobs.acceptance.parameters import (
    PHOTO,
    alternatives,
    loras_of,
    models_with_seeds,
    sent_prompt,
    tasks_of,
    twice_the_size,
    unused,
    varies,
    words_of,
)
from bot.jobs.contracts import DrawStatus, Failure, Outcome, Phase, Square
from bot.jobs.models.health import Health
from bot.keyboards.inline import inline_picture_keyboard
from bot.keyboards.picture import (
    cancelled_keyboard,
    failure_keyboard,
    more_keyboard,
    numbers_keyboard,
    picture_keyboard,
    placeholder_keyboard,
    single_keyboard,
    worked_keyboard,
)
from bot.keyboards.settings import percent
from bot.prompt.shortening import SHORTENED_FROM, complains_of_length
from bot.prompt.styles import styled
from bot.telegram.inline_mode import InlineMode
from bot.telegram.outbox.outbox import Card
from bot.texts.fluent import LanguageTexts, Markup, Texts
from bot.texts.lengths import CAPTION_LENGTH, shorten, units
from bot.texts.presets import style_name
from bot.texts.statuses import listed, parameter_names, status_line
from providers.catalog.catalog import Catalog
from providers.tasks import UPSCALE, VIDEO
from storage.records import Detour, Draw, DrawnWords, PictureRecord, Request

BAR = 10  # cells of the progress bar
PROMPT_SHOWN = 200  # units of the prompt, on cards without a picture
PROMPTS_SHOWN = 3900  # units of the prompts in one message
RICHER_SHOWN = 500  # units of an enhanced prompt under a picture
CHANGED_SHOWN = 60  # units of the words of a picture that is changed
FOLDED_FROM = 160  # units from which the prompt under a picture is folded
BETWEEN = " · "
PICKED_SHOWN = 40  # units of the name of a sampler or LoRA
CHOSEN_SHOWN = 400  # units of what varies
SEED_BESIDE = 7  # digits of seeds that fit beside a model, a size and a time on a phone; longer ones get a line
LEAST_EXPLAINED = 8  # characters of a back-end's words that may explain something; "no" and "Error" do not
# As it stands in front of what back-ends say, with "HTTP", "status" or "error code" before it and its name behind it.
_STATUS_CODE = re.compile(
    r"^\W*(?:HTTP(?:/[\d.]+)?|(?:error\s+|status\s+)+code|status|error)?\W*\b[1-5]\d\d\b"
    r"(?:\s+(?:Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Conflict"
    r"|Unprocessable (?:Entity|Content)|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable"
    r"|Gateway Time-?out))?[\s:,.;–—-]*",
    re.IGNORECASE,
)
# Another try would end as this one did.
_SAME_AGAIN = frozenset({"content", "refused", "parameter", "too-large", "output-refused", "blocked-words"})
# Failures that no other model would be spared.
_NOBODYS_FAULT = frozenset(
    {
        "input-picture",
        "delivery",
        "no-rights",
        "cache-chat",
        "output-refused",
        "output-unchecked",
        "internal",
        "blocked-words",
    }
)


class TextPresenter:
    """Makes cards in `request.language`. It has no state of its own. `enhances`: a chat model helps with prompts;
    `inline`: whether pictures can be brought into other chats."""

    def __init__(
        self,
        texts: Texts,
        catalog: Catalog,
        health: Health | None = None,
        inline: InlineMode | None = None,
        *,
        enhances: bool = False,
    ) -> None:
        self._texts = texts
        self._catalog = catalog
        self._health = health
        self._inline = inline
        self._enhances = enhances

    def progress(self, request: Request, status: DrawStatus) -> Card:
        texts = self._texts(request.language)
        doing = _doing(texts, status)
        if status.phase is Phase.SENDING and request.parameters.task == VIDEO:
            doing = texts.html("progress-sending-video")
        first = texts.join((doing, escape(self._label(status.model or request.model))), BETWEEN)
        continued = request.parameters.continued
        above = [self._opening(request), _changes(texts, request)] if continued else [self._opening(request)]
        below = [first, _measures(texts, status), self._instead(texts, status.detours)]
        text = "\n".join(above) + "\n\n" + "\n".join(line for line in below if line)
        return Card(text, placeholder_keyboard(texts, request.id, continued=continued))

    def finished(self, request: Request, outcome: Outcome, keys: Collection[str] = ()) -> Card:
        texts = self._texts(request.language)
        pictures = outcome.pictures
        notes = [self._facts(request, pictures, clock_time(outcome.seconds))]
        notes += self._picked(request, pictures, outcome.untaken)
        notes += self._styles(request)
        here = [picture for picture in pictures if picture.id not in outcome.elsewhere]
        if outcome.elsewhere:
            notes.append(_part(texts, 0, len(here), len(pictures)))
        notes += self._chosen(request, here)
        if outcome.detours:
            notes.append(self._instead(texts, outcome.detours))
        notes += self._ignored(texts, request, outcome)
        if len(pictures) < outcome.asked and not outcome.failures:
            notes.append(texts.html("caption-fewer", count=len(pictures), asked=str(outcome.asked)))
        unhelped = outcome.unhelped
        if request.parameters.enhance and not self._enhances:  # there is no help with prompts at all
            unhelped = "enhance"
        if unhelped is not None:
            notes.append(texts.html(f"caption-unhelped-{unhelped}"))
        if request.parameters.mask_stretched and "mask" not in self._unused(request, outcome):
            notes.append(texts.html("caption-mask-stretched"))
        if outcome.failures:
            reason = texts.get(f"reason-{outcome.failures[0]}")
            notes.append(texts.html("caption-failed", count=len(outcome.failures), reason=reason))
        if request.parameters.task is not None:
            return Card("\n".join([self._opening(request), *notes]), self.buttons(request, pictures, keys=keys))
        buttons = self.buttons(request, pictures, outcome.elsewhere)
        return Card(_caption(request, notes, self._richer(request, pictures)), buttons)

    def further(self, request: Request, pictures: Sequence[PictureRecord], first: int, total: int) -> Card:
        texts = self._texts(request.language)
        lines = [_part(texts, first, len(pictures), total), *self._chosen(request, pictures, first=first + 1)]
        keyboard = numbers_keyboard([picture.id for picture in pictures], first=first + 1)
        return Card("\n".join(lines if pictures else [self._opening(request)]), keyboard)

    def squares(self, request: Request, draws: Sequence[Draw], pictures: Sequence[PictureRecord]) -> tuple[Square, ...]:
        if len(draws) < 2 or any(draw.variant is None for draw in draws):
            return ()
        texts, drawn = self._texts(request.language), {picture.draw_id for picture in pictures}
        squares = []
        for draw in sorted(draws, key=lambda draw: draw.ordinal):
            assert draw.variant is not None
            words = list(draw.variant.words)
            if draw.variant.compared:
                words.insert(0, self._label(draw.model))
                if draw.id in drawn and draw.started_at is not None and draw.finished_at is not None:
                    seconds = max(round((draw.finished_at - draw.started_at).total_seconds()), 0)
                    words.append(texts.get("square-seconds", seconds=seconds))
            label = BETWEEN.join(words)
            if draw.id in drawn:
                squares.append(Square(label))
            elif draw.variant.compared:
                squares.append(Square(label, texts.get(f"reason-{draw.error or 'internal'}")))
        return tuple(squares)

    def buttons(
        self,
        request: Request,
        pictures: Sequence[PictureRecord],
        elsewhere: Collection[int] = (),
        keys: Collection[str] = (),
    ) -> InlineKeyboardMarkup:
        """The buttons under a picture or a sheet: the first page. Under an inline message, all there are."""
        if request.inline_message_id is not None:
            return self._inline_buttons(request, pictures)
        if request.parameters.task is not None:
            return self._worked_buttons(request, pictures, keys)
        compared = [(picture.model, self._label(picture.model)) for picture in pictures if _is_compared(picture)]
        return picture_keyboard(
            self._texts(request.language),
            request.id,
            prompt=self._sent(request, pictures),
            edits=not compared and self._edits(request, pictures),
            back=request.parent_id is not None,
            picture_ids=[
                picture.id for picture in pictures if (len(pictures) > 1 or compared) and picture.id not in elsewhere
            ],
            report=request.chat_kind != "private",
            compared=compared,
            favourite=pictures[0].favourite if len(pictures) == 1 and not compared else None,
            more=True,
            reworded=_reworded(pictures),
        )

    def _inline_buttons(self, request: Request, pictures: Sequence[PictureRecord]) -> InlineKeyboardMarkup:
        texts = self._texts(request.language)
        if not pictures:  # back from the models, below a failure
            return failure_keyboard(texts, request.id)
        return inline_picture_keyboard(
            texts,
            request.id,
            prompt=self._sent(request, pictures),
            picture_id=self._shared(request, pictures),
            takes_seed=self._takes_seed(request.model),
            varies=varies(self._catalog, request, pictures),
        )

    def _shared(self, request: Request, pictures: Sequence[PictureRecord]) -> int | None:
        """The one picture that can be brought into other chats: none that is covered, for it would not be there."""
        if self._inline is None or not self._inline.on or len(pictures) != 1 or request.parameters.spoiler:
            return None
        return None if pictures[0].adult else pictures[0].id

    def more_buttons(
        self, request: Request, pictures: Sequence[PictureRecord], keys: Collection[str] = ()
    ) -> InlineKeyboardMarkup:
        """The second page of buttons: less common actions, which not every model supports."""
        seeds, bigger = self._further(request, pictures, keys)
        takes_seed = self._takes_seed(request.model)
        texts, strength = self._texts(request.language), None
        if self._takes_strength(request):
            asked = request.parameters.strength
            strength = texts.get("value-auto") if asked is None else percent(asked)
        return more_keyboard(
            texts,
            request.id,
            takes_seed=takes_seed,
            seeds=seeds,
            bigger=bigger,
            strength=strength,
            compare=len(self._catalog.enabled(keys)) > 1 and not _differ(pictures),
            album=len(pictures) > 1,
            tasks=tasks_of(self._catalog, keys) if len(pictures) == 1 else (),
            enhance=self._can_enhance(request, pictures),
            shared=self._shared(request, pictures),
            varies=varies(self._catalog, request, pictures),
        )

    def _worked_buttons(
        self, request: Request, pictures: Sequence[PictureRecord], keys: Collection[str]
    ) -> InlineKeyboardMarkup:
        """What can be made of what was made of a picture: nothing of what was cut out, which would lose its
        transparency, nor of a video."""
        upscaled, moves = request.parameters.task == UPSCALE, request.parameters.task == VIDEO
        return worked_keyboard(
            self._texts(request.language),
            request.id,
            tasks=tasks_of(self._catalog, keys) if upscaled and len(pictures) == 1 else (),
            back=request.parent_id is not None,
            report=request.chat_kind != "private",
            favourite=bool(pictures) and pictures[0].favourite,
            again=moves,
        )

    def full(self, request: Request, picture: PictureRecord, number: int | None, keys: Collection[str] = ()) -> Card:
        texts = self._texts(request.language)
        if request.parameters.task is not None:
            facts = self._facts(request, [picture], texts.get("caption-again"))
            return Card(f"{self._opening(request)}\n{facts}", self._worked_buttons(request, [picture], keys))
        _, bigger = self._further(request, [picture], keys)
        keyboard = single_keyboard(
            texts,
            picture.id,
            prompt=self._sent(request, [picture]),
            takes_seed=picture.of_run == 1 and self._takes_seed(picture.model or request.model),
            bigger=bigger,
            edits=self._edits(request, [picture]),
            back=request.parent_id is not None,
            reworded=_reworded([picture]),
            favourite=picture.favourite,
            tasks=tasks_of(self._catalog, keys),
            shared=self._shared(request, [picture]),
        )
        title = texts.get("caption-full", number=number) if number is not None else texts.get("caption-again")
        richer = self._richer(request, [picture])
        notes = [self._facts(request, [picture], title), *self._picked(request, [picture]), *self._styles(request)]
        notes += self._chosen(request, [picture])
        return Card(_caption(request, notes, richer), keyboard)

    def prompts(self, request: Request, pictures: Sequence[PictureRecord], texts: LanguageTexts) -> list[Card]:
        """The person's words and those that were drawn, each to be copied by a tap: in one message where they fit."""
        words = next((picture.words for picture in pictures if picture.words is not None), None) or DrawnWords()
        shown = {
            "prompts-own": self._own(request, pictures),
            "prompts-drawn": _drawn_words(pictures, "\n"),
            "prompts-negative": words.negative_prompt,
        }
        cut = {key: shorten(said, PROMPTS_SHOWN) for key, said in shown.items() if said}
        blocks = [f"{texts.html(key)}\n<code>{escape(said, quote=False)}</code>" for key, said in cut.items()]
        if sum(map(units, cut.values())) <= PROMPTS_SHOWN:
            return [Card("\n\n".join(blocks))]
        return [Card(block) for block in blocks]

    def failed(self, request: Request, failure: Failure) -> Card:
        texts = self._texts(request.language)
        sentence = _explanation(texts, failure, self._label(failure.model or request.model))
        keyboard = failure_keyboard(
            texts,
            request.id,
            retry=failure.code != "model-gone",
            last=failure.code in _SAME_AGAIN,
            shorten=_too_long(failure) and len(request.full_prompt or request.prompt) >= SHORTENED_FROM,
            others=alternatives(
                self._catalog,
                request.model,
                request.parameters,
                [failure.model or request.model, *(detour.model for detour in failure.detours)],
                down=self._health.is_down if self._health is not None else None,
            )
            if failure.code not in _NOBODYS_FAULT
            else (),
            menu=request.parameters.task is None,
        )
        lines = [self._opening(request), "", sentence]
        if failure.detours:
            lines.append(self._instead(texts, failure.detours))
        lines += ["", texts.html("failure-number", number=str(request.id))]
        return Card("\n".join(lines), keyboard)

    def cancelled(self, request: Request) -> Card:
        texts = self._texts(request.language)
        return Card(f"{self._opening(request)}\n\n{texts.html('cancelled')}", cancelled_keyboard(texts, request.id))

    def ended(self, request: Request) -> Card:
        texts = self._texts(request.language)
        return Card(f"{self._opening(request)}\n\n{texts.html(f'ended-{request.state}')}")

    def _opening(self, request: Request) -> Markup:
        """What is drawn, in the person's words; of what is made of a picture first what that is."""
        words = Markup(f"<i>{escape(shorten(request.prompt, PROMPT_SHOWN), quote=False)}</i>")
        task = request.parameters.task
        if task is None:
            return words
        title = Markup(f"<b>{self._texts(request.language).html(f'button-{task}')}</b>")
        return title if request.prompt == PHOTO else Markup(f"{title} {words}")

    def _styles(self, request: Request) -> list[Markup]:
        """The line about presets; none without any."""
        if not request.parameters.styles:
            return []
        texts = self._texts(request.language)
        names = [style_name(texts, self._catalog, name) for name in request.parameters.styles]
        return [texts.html("caption-styles", count=len(names), names=listed(texts, names))]

    def _chosen(self, request: Request, pictures: Sequence[PictureRecord], *, first: int = 1) -> list[Markup]:
        """What varies from picture to picture, with the numbers of a sheet, from `first`; none where nothing does."""
        words = [BETWEEN.join(picture.variant.words) if picture.variant is not None else "" for picture in pictures]
        if not any(words):
            return []
        shown = words if len(words) == 1 else [f"{number}: {one}" for number, one in enumerate(words, start=first)]
        text = shorten("; ".join(shown), CHOSEN_SHOWN)
        return [self._texts(request.language).html("caption-chosen", words=text)]

    def _can_enhance(self, request: Request, pictures: Sequence[PictureRecord]) -> bool:
        """Whether there are richer words to be had: not for an instruction, and not twice."""
        instruction = self._edits(request, pictures) and bool(request.parameters.input_file_ids)
        return self._enhances and not instruction and not request.parameters.enhance

    def _richer(self, request: Request, pictures: Sequence[PictureRecord]) -> Markup | None:
        """The line with the enhanced prompt that was drawn, or with those of a sheet whose pictures differ."""
        words = _drawn_words(pictures, "; ") if request.parameters.enhance else ""
        if not words:
            return None
        return self._texts(request.language).html("caption-enhanced", words=shorten(words, RICHER_SHOWN))

    def _sent(self, request: Request, pictures: Sequence[PictureRecord]) -> str:
        """The words that the model got which drew these."""
        reworded = next((picture.words.prompt for picture in pictures if picture.words is not None), None)
        return reworded or self._own(request, pictures)

    def _own(self, request: Request, pictures: Sequence[PictureRecord]) -> str:
        """The person's words for the model which drew these."""
        drew = _drew(request, pictures)[0]
        prompt, whole = words_of(request, pictures[0].variant if len(pictures) == 1 else None)
        if drew not in self._catalog:
            return styled(whole or prompt, request.parameters.templates)
        pictures_in = len(request.parameters.input_file_ids)
        return sent_prompt(
            self._catalog[drew],
            prompt,
            whole,
            pictures=pictures_in,
            templates=request.parameters.templates,
        )

    def _edits(self, request: Request, pictures: Sequence[PictureRecord]) -> bool:
        """Whether the model that drew these changes pictures by instruction."""
        drew = _drew(request, pictures)[0]
        return drew in self._catalog and self._catalog[drew].capabilities.edits

    def _label(self, model_id: str) -> str:
        """A model's label; its id when the catalogue no longer has it."""
        return self._catalog[model_id].label if model_id in self._catalog else model_id

    def _instead(self, texts: LanguageTexts, detours: Sequence[Detour]) -> Markup:
        """The line about a fallback: the model that was asked for, and why another one draws. Empty without a
        fallback."""
        if not detours:
            return Markup("")
        asked = detours[0]
        return texts.html("instead", model=self._label(asked.model), reason=texts.get(f"reason-{asked.code}"))

    def _further(
        self, request: Request, pictures: Sequence[PictureRecord], keys: Collection[str]
    ) -> tuple[bool, tuple[int, int] | None]:
        """Whether other models support the same seed, and twice the size if this model supports that."""
        seeds = bool(models_with_seeds(self._catalog, request.model, keys))
        upscales = len(pictures) == 1 and bool(self._catalog.doing(UPSCALE, keys))
        if request.model not in self._catalog or upscales:
            return seeds, None
        return seeds, twice_the_size(self._catalog[request.model], pictures)

    def _ignored(self, texts: LanguageTexts, request: Request, outcome: Outcome) -> list[Markup]:
        """The line about options that the model ignored; of several models a line each."""
        if not any(map(_is_compared, outcome.pictures)):
            names = self._unused(request, outcome)
            return [texts.html("caption-unused", names=parameter_names(texts, names))] if names else []
        lines = []
        for model_id in _drew(request, outcome.pictures):
            if model_id in self._catalog and (names := unused(self._catalog[model_id], request.parameters)):
                named = parameter_names(texts, names)
                lines.append(texts.html("compare-unused", model=self._label(model_id), names=named))
        return lines

    def _unused(self, request: Request, outcome: Outcome) -> list[str]:
        """Options, and “words” of the prompt, that the model ignored; none for a model that is no longer offered."""
        drew = _drew(request, outcome.pictures)[0]
        if drew not in self._catalog:
            return []
        words = sorted(name for name in outcome.untaken if name.startswith("“"))
        return unused(self._catalog[drew], request.parameters, outcome.untaken) + words

    def _takes_seed(self, model_id: str) -> bool:
        return model_id in self._catalog and self._catalog[model_id].capabilities.takes("seed")

    def _takes_strength(self, request: Request) -> bool:
        """Whether the model takes a strength, and there is a source image."""
        if request.model not in self._catalog or not request.parameters.input_file_ids:
            return False
        return self._catalog[request.model].capabilities.takes("strength")

    def _picked(
        self, request: Request, pictures: Sequence[PictureRecord], untaken: Collection[str] = ()
    ) -> list[Markup]:
        """A line of the sampler, the LoRAs and the like that the model of the request has drawn with."""
        texts, asked = self._texts(request.language), request.parameters
        if _drew(request, pictures) != [request.model] or request.model not in self._catalog:
            return []
        can = self._catalog[request.model].capabilities
        vae = f"VAE {asked.vae}" if asked.vae else None
        names = {"checkpoint": asked.checkpoint, "sampler": asked.sampler, "scheduler": asked.scheduler, "vae": vae}
        names["upscaler"] = asked.upscaler
        shown = [
            name for parameter, name in names.items() if name and can.takes(parameter) and parameter not in untaken
        ]
        if can.takes("loras") and "loras" not in untaken:
            shown += [lora.name if lora.weight == 1 else f"{lora.name} {lora.weight:g}" for lora in loras_of(asked)]
        line = texts.join([escape(shorten(name, PICKED_SHOWN), quote=False) for name in shown], BETWEEN)
        return [Markup(line)] if shown else []

    def _facts(self, request: Request, pictures: Sequence[PictureRecord], last: str) -> Markup:
        """The line of facts: models, sizes, `last`, and the seed if all models used one; that of a run of several
        pictures would not give them again."""
        texts = self._texts(request.language)
        sizes = list(dict.fromkeys(f"{picture.width}×{picture.height}" for picture in pictures))
        models = _drew(request, pictures)
        labels = ", ".join(map(self._label, models))
        facts = [f"<b>{escape(labels, quote=False)}</b>", ", ".join(sizes[:3])]
        strength = request.parameters.strength
        if strength is not None and models == [request.model] and self._takes_strength(request):
            facts.append(texts.get("caption-strength", share=percent(strength)))
        if all(self._takes_seed(model_id) for model_id in models) and all(each.of_run == 1 for each in pictures):
            seeds = _seeds(pictures)
            seed = texts.get("caption-seed", seed=seeds)
            if len(seeds) > SEED_BESIDE:
                return Markup(f"{texts.join([*facts, last], BETWEEN)}\n{seed}")
            facts.append(seed)
        return texts.join([*facts, last], BETWEEN)


def _part(texts: LanguageTexts, first: int, count: int, total: int) -> Markup:
    """Which of a request's pictures a sheet shows; `first` is the ordinal of the first."""
    return texts.html("caption-part", first=str(first + 1), last=str(first + count), total=str(total))


def _drew(request: Request, pictures: Sequence[PictureRecord]) -> list[str]:
    """The models that drew these pictures, each once."""
    return list(dict.fromkeys(picture.model or request.model for picture in pictures)) or [request.model]


def _is_compared(picture: PictureRecord) -> bool:
    return picture.variant is not None and picture.variant.compared


def _differ(pictures: Sequence[PictureRecord]) -> bool:
    """Whether they have different words."""
    return len({picture.variant.prompt for picture in pictures if picture.variant is not None}) > 1


def clock_time(seconds: float) -> str:
    """Formats a duration: 1:05, or 1:00:05 from an hour on."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def progress_bar(progress: float) -> str:
    """A progress bar for a share from 0 to 1: ten cells and a percentage."""
    share = min(max(progress, 0.0), 1.0)
    filled = math.floor(share * BAR)
    return "▰" * filled + "▱" * (BAR - filled) + f" {math.floor(share * 100)}%"


def _doing(texts: LanguageTexts, status: DrawStatus) -> Markup:
    match status.phase:
        case Phase.QUEUED if status.position is None:
            return texts.html("progress-queued-unknown")
        case Phase.QUEUED if status.position == 1:
            return texts.html("progress-queued-next")
        case Phase.QUEUED:
            return texts.html("progress-queued", place=str(status.position))
        case Phase.STARTING:
            return texts.html("progress-starting")
        case Phase.RETRYING:
            return texts.html("progress-retrying", attempt=str(status.attempt))
        case Phase.SENDING:
            return texts.html("progress-sending")
        case Phase.DRAWING if status.position:
            return texts.html("progress-drawing-queued", place=str(status.position))
        case Phase.DRAWING if status.status:
            return status_line(texts, status.status)
        case Phase.DRAWING:
            return texts.html("progress-drawing")


def _measures(texts: LanguageTexts, status: DrawStatus) -> str:
    if status.phase is Phase.SENDING:
        return ""
    measures = []
    if status.progress is not None and status.phase is Phase.DRAWING:
        measures.append(progress_bar(status.progress))
    if status.total > 1:
        measures.append(texts.html("progress-done", done=str(status.done), total=str(status.total)))
    if status.elapsed >= 1:
        measures.append(clock_time(status.elapsed))
    if status.eta is not None and status.eta >= 1:
        measures.append(texts.html("progress-eta", time=clock_time(status.eta)))
    return texts.join(measures, BETWEEN)


def _explanation(texts: LanguageTexts, failure: Failure, model: str) -> Markup:
    """The sentence about a failure, with the back-end's own message or waiting time if there is one."""
    if _too_long(failure):
        return texts.html("failure-length", model=model)
    key = f"failure-{failure.code}"
    if (detail := spoken(failure.detail)) and f"{key}-detail" in texts:
        return texts.html(f"{key}-detail", model=model, detail=detail)
    if failure.retry_after and f"{key}-minutes" in texts:
        minutes = math.ceil(failure.retry_after / 60)
        if minutes <= 90:
            return texts.html(f"{key}-minutes", model=model, minutes=minutes)
        return texts.html(f"{key}-hours", model=model, hours=math.ceil(minutes / 60))
    return texts.first(key, "failure-provider-error", model=model)


def spoken(detail: str | None) -> str | None:
    """A back-end's explanation without its status code; None where nothing is left that explains anything."""
    words = _STATUS_CODE.sub("", detail or "").strip().rstrip(" .;")
    return words if len(words) >= LEAST_EXPLAINED else None


def _too_long(failure: Failure) -> bool:
    """Whether the back-end refused because of the prompt's length."""
    return failure.code in {"refused", "parameter"} and complains_of_length(failure.detail)


def _drawn_words(pictures: Sequence[PictureRecord], between: str) -> str:
    """What the pictures were drawn from in place of the person's words: once where that is the same, else with their
    numbers on the sheet. Empty where the words stayed."""
    drawn = [(picture.words and picture.words.prompt) or "" for picture in pictures]
    if len(set(drawn)) <= 1:
        return drawn[0] if drawn else ""
    if all(picture.variant is None or not picture.variant.prompt for picture in pictures):
        return next(filter(None, drawn))  # the words are the same, and some of the models read them as they are
    return between.join(f"{number}: {words}" for number, words in enumerate(drawn, start=1) if words)


def _reworded(pictures: Sequence[PictureRecord]) -> bool:
    return any(picture.words is not None and picture.words.prompt is not None for picture in pictures)


def _changes(texts: LanguageTexts, request: Request) -> Markup:
    """Which picture is changed, though the words do not name it: told by the last words that led to it."""
    earlier = request.full_prompt.removesuffix(request.prompt).strip()
    if not earlier or earlier == request.full_prompt.strip():
        return texts.html("progress-changes")
    return texts.html("progress-changes-words", words=shorten(earlier.rpartition("\n")[2], CHANGED_SHOWN))


def _caption(request: Request, notes: Sequence[Markup], richer: Markup | None = None) -> str:
    """The words of this step, shortened to fit above the notes; long ones are folded, and so are `richer` ones, which
    were drawn in their place."""
    below = "\n".join(notes)
    if richer is not None:
        below = f"<blockquote expandable>{richer}</blockquote>\n{below}"
    prompt = request.prompt
    # The notes' markup counts as text here, which errs on the safe side.
    shown = escape(shorten(prompt, CAPTION_LENGTH - units(below) - 1), quote=False)
    if units(prompt) >= FOLDED_FROM:
        return f"<blockquote expandable>{shown}</blockquote>\n{below}"
    return f"<i>{shown}</i>\n{below}"


def _seeds(pictures: Sequence[PictureRecord]) -> str:
    """The seeds: one, a range such as 7–10, or a list."""
    seeds = sorted({picture.seed for picture in pictures})
    if len(seeds) > 2 and seeds == list(range(seeds[0], seeds[0] + len(seeds))):
        return f"{seeds[0]}–{seeds[-1]}"
    return ", ".join(map(str, seeds))
