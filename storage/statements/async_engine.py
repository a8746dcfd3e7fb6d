"""SQLAlchemy's asyncio engine without the ORM, which storage does not use.

`sqlalchemy/ext/asyncio/__init__.py` imports the sessions, and with them the whole ORM: a tenth of the CPU of a start,
and 6 MB. This module registers that package without running its `__init__`. When somebody asks the package for a name,
the `__init__` runs then, so other code that uses sessions works as before.
"""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType

_PACKAGE = "sqlalchemy.ext.asyncio"


def _put_in_place() -> None:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.loader is None:
        return
    package, loader = module_from_spec(spec), spec.loader

    def missing(name: str) -> object:
        if name.startswith("__") or find_spec(f"{_PACKAGE}.{name}") is not None:
            raise AttributeError(name)  # a submodule: the import statement goes on and imports it
        vars(package).pop("__getattr__", None)
        loader.exec_module(package)
        return getattr(package, name)

    vars(package)["__getattr__"] = missing
    sys.modules[_PACKAGE] = package
    _parent().asyncio = package  # type: ignore[attr-defined]  # as an import does


def _parent() -> ModuleType:
    import sqlalchemy.ext

    return sqlalchemy.ext


if _PACKAGE not in sys.modules:
    _put_in_place()

from sqlalchemy.ext.asyncio.engine import AsyncConnection, AsyncEngine, create_async_engine  # noqa: E402

__all__ = ["AsyncConnection", "AsyncEngine", "create_async_engine"]
