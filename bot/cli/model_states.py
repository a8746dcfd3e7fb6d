"""Why a model is left out of menus: what `models` and `check` both say."""

from providers.catalog.model import Model


def why_off(model: Model) -> str | None:
    """None: it is in the menus."""
    if not model.enabled:
        return "not enabled"
    return model.lacking
