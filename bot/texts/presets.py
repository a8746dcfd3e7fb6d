"""The names of presets, as people read them."""

from bot.texts.fluent import LanguageTexts
from providers.catalog.catalog import Catalog
from providers.catalog.presets import CatalogPreset


def preset_name(texts: LanguageTexts, preset: CatalogPreset) -> str:
    """As the operator calls it, else in the person's language."""
    key = f"preset-{preset.id}"
    return preset.label or (texts.get(key) if key in texts else preset.id)


def style_name(texts: LanguageTexts, catalog: Catalog, name: str) -> str:
    """That of a stored style: an id of the catalogue's, or the name of a preset of one's own."""
    preset = catalog.presets.get(name)
    return preset_name(texts, preset) if preset is not None else name
