"""Import aiogram without building the validators of its 1289 pydantic models; each is built when it is first used.

A plain `import aiogram` takes several seconds of CPU and 165 MB, nearly all of it for models that a bot like this one
never uses. aiogram asks for deferred building already (`defer_build` in `aiogram/types/base.py`), and then calls
`model_rebuild` for every type at the end of `aiogram/types/__init__.py`, to resolve forward references with a
namespace of its own. So while aiogram loads, `model_rebuild` only remembers that namespace; the first use of a type
builds it with the same one. Methods are deferred, too. Nothing else of aiogram is changed.

Sources: pydantic `main.py` (`model_rebuild`) and `_internal/_mock_val_ser.py` (what a deferred model does at its first
use), aiogram `types/__init__.py` and `methods/base.py`.
"""

import importlib
import logging
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

log = logging.getLogger(__name__)

# Versions whose sources were read and whose models the tests compare with those of a plain import.
KNOWN = {"aiogram": "3.31.", "pydantic": "2.13."}


def load_aiogram() -> bool:
    """Import aiogram with deferred models; call it before anything else imports aiogram.

    True: aiogram is loaded this way. False: aiogram was loaded before, or a version is unknown (then a warning is
    logged and the import that follows is the plain one).
    """
    if "aiogram" in sys.modules:
        return False
    for package, known in KNOWN.items():
        if not (found := version(package)).startswith(known):
            log.warning("%s %s is not known to the lean import, so the start takes longer", package, found)
            return False
    _load()
    return True


def _load() -> None:
    from pydantic import BaseModel

    given: dict[str, Any] = {}  # the namespace of aiogram.types; its values are classes and typing's forms

    def remember(cls: type[BaseModel], *, _types_namespace: dict[str, Any] | None = None, **_: object) -> None:
        given.update(_types_namespace or {})

    plain = BaseModel.__dict__["model_rebuild"]
    # A class inherits the configuration of its bases, BaseModel's included, when it is made.
    BaseModel.model_config["defer_build"] = True
    BaseModel.model_rebuild = classmethod(remember)  # type: ignore[method-assign, assignment, arg-type]  # while it loads
    try:
        importlib.import_module("aiogram")
    finally:
        BaseModel.model_rebuild = plain  # type: ignore[method-assign]
        BaseModel.model_config.pop("defer_build")

    from aiogram.methods.base import Response, TelegramMethod
    from aiogram.types.base import TelegramObject

    _build_with(TelegramObject, given)
    _build_with(TelegramMethod, given)  # a method names types, whose own references need it
    _build_with(Response, given)  # likewise the answer to a method, such as `Response[Message | bool]`
    for model in _models_of_aiogram(BaseModel):
        if not issubclass(model, TelegramObject | TelegramMethod):
            model.model_config.pop("defer_build", None)
            model.model_rebuild(force=True)


def _build_with(base: Any, namespace: dict[str, Any]) -> None:  # a model class, whose method is replaced
    """Let the models below `base` resolve their forward references with this namespace and no caller's."""
    from pydantic import BaseModel

    plain = BaseModel.__dict__["model_rebuild"].__func__

    def model_rebuild(
        cls: type[BaseModel],
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: dict[str, Any] | None = None,
    ) -> bool | None:
        names = namespace if _types_namespace is None else _types_namespace
        rebuilt: bool | None = plain(cls, force=force, raise_errors=raise_errors, _types_namespace=names)
        return rebuilt

    base.model_rebuild = classmethod(model_rebuild)


def _models_of_aiogram(model: type[Any]) -> Iterator[type[Any]]:
    for below in model.__subclasses__():
        if below.__module__.startswith("aiogram."):
            yield below
        yield from _models_of_aiogram(below)
