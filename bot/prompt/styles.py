"""Presets as words: their names in a prompt, and what they put around it."""

from collections.abc import Sequence

from providers.catalog.presets import PLACE, TEMPLATE_LENGTH

MOST_STYLES = 3  # of one picture
NAME_LENGTH = 32  # characters
NO_STYLE = "none"  # as a value of --style: not even those of the settings


def styled(prompt: str, templates: Sequence[str]) -> str:
    """The prompt within all templates, the first one innermost."""
    for template in templates:
        prompt = template.replace(PLACE, prompt, 1)
    return prompt


def read_names(text: str) -> tuple[str, ...] | None:
    """`oil, anime`: the names without spaces around them, each once. () for NO_STYLE; None for more than MOST_STYLES,
    an empty name or one that is too long."""
    if text.strip().casefold() == NO_STYLE:
        return ()
    names = tuple(dict.fromkeys(" ".join(name.split()) for name in text.split(",")))
    if len(names) > MOST_STYLES or not all(1 <= len(name) <= NAME_LENGTH for name in names):
        return None
    return names


def read_name(text: str) -> str | None:
    """A name for a preset of one's own; None for one that --style could not be given."""
    name = " ".join(text.split())
    usable = 1 <= len(name) <= NAME_LENGTH and name.casefold() != NO_STYLE and name.isprintable()
    return name if usable and not set(name) & set(',"“”«»„<>') else None


def read_template(text: str) -> str | None:
    """Words with {prompt} once in them; None for others, and for those that are too long."""
    template = text.strip()
    return template if template.count(PLACE) == 1 and len(template) <= TEMPLATE_LENGTH else None


def template_of(prompt: str, templates: Sequence[str]) -> str:
    """What a kept picture puts around other words: its own words after them, within its own templates. What is too
    long is cut."""
    words = prompt.replace(PLACE, "").strip()
    whole = styled(f"{PLACE}, {words}" if words else PLACE, templates)
    excess = len(whole) - TEMPLATE_LENGTH
    if excess > 0:
        words = words[: max(len(words) - excess, 0)].strip()
        whole = styled(f"{PLACE}, {words}" if words else PLACE, templates)
    return whole if len(whole) <= TEMPLATE_LENGTH else f"{PLACE}, {words}"[:TEMPLATE_LENGTH]
