"""Translates the status lines of back-ends: those that we know; any other is shown as it came."""

import re
from collections.abc import Sequence

from bot.texts.fluent import LanguageTexts, Markup

# Of Gradio and of our providers; tried in order against the whole line, named groups become the text's values.
_KNOWN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), key)
    for pattern, key in (
        (r"(?:step\s*)?(?P<step>\d{1,4})\s*(?:of|/)\s*(?P<steps>\d{1,4})(?:\s*steps)?", "status-step"),
        (r"(?:in (?:the )?queue|queued|waiting|pending)\b.{0,40}", "status-queued"),
        (r"(?:loading|starting|waking|warming|booting|building)\b.{0,40}", "status-loading"),
        (r"(?:generating|drawing|sketching|processing|running|working|sampling)\b.{0,12}", "status-drawing"),
        (r"(?:finish(?:ed|ing)|done|completed?|saving|decoding)\b.{0,12}", "status-finishing"),
        (r".{1,60} does not take: (?P<names>[a-z_, ]{1,200})", "status-dropped"),
        (r".{1,60} does not know (?P<words>“.{1,100}”)", "status-unknown-words"),
    )
)

# The texts that name the fields of `ImageRequest`.
_PARAMETERS = {
    "negative_prompt": "setting-negative",
    "aspect_ratio": "setting-aspect-ratio",
    "width": "setting-width",
    "height": "setting-height",
    "seed": "setting-seed",
    "guidance_scale": "setting-guidance",
    "num_inference_steps": "setting-steps",
    "image": "setting-image",
    "strength": "setting-strength",
    "mask": "setting-mask",
    "checkpoint": "setting-checkpoint",
    "sampler": "setting-sampler",
    "scheduler": "setting-scheduler",
    "loras": "setting-lora",
    "vae": "setting-vae",
    "upscaler": "setting-upscaler",
    "expand": "setting-expand",
}

# As the language writes them; else as English does.
_QUOTES = {
    **dict.fromkeys(("ru", "uk", "es", "fa"), ("«", "»")),
    "fr": ("«\u00a0", "\u00a0»"),
    "de": ("„", "“"),
}
_COMMAS = {"fa": "، ", "zh-Hans": "、"}
_QUOTED = re.compile("“([^”]*)”")

_NOUNS_ARE_CAPITALISED = frozenset({"de"})


def status_line(texts: LanguageTexts, status: str) -> Markup:
    """A back-end's status line in the person's language, or as it came where it is not known."""
    for pattern, key in _KNOWN:
        if match := pattern.fullmatch(status.strip(" .…")):
            values = match.groupdict()
            if "names" in values:
                values["names"] = parameter_names(texts, values["names"].split(","))
            if "words" in values:
                values["words"] = listed(texts, [_quoted(texts, word) for word in _QUOTED.findall(values["words"])])
            return texts.html(key, **values)
    return texts.html("status-other", status=status)


def parameter_names(texts: LanguageTexts, names: list[str]) -> str:
    """The names that people know for fields of `ImageRequest`, as they stand within a sentence, and “words”; others
    stay."""
    return listed(texts, [_inner(texts, name.strip()) for name in names])


def listed(texts: LanguageTexts, names: Sequence[str]) -> str:
    """One after the other, with the language's comma."""
    return _COMMAS.get(texts.language, ", ").join(names)


def _quoted(texts: LanguageTexts, word: str) -> str:
    opening, closing = _QUOTES.get(texts.language, ("“", "”"))
    return f"{opening}{word}{closing}"


def _inner(texts: LanguageTexts, name: str) -> str:
    key = _PARAMETERS.get(name)
    if key is None:
        return _QUOTED.sub(lambda word: _quoted(texts, word[1]), name)
    title = texts.get(key)
    return title if texts.language in _NOUNS_ARE_CAPITALISED else title[:1].lower() + title[1:]
