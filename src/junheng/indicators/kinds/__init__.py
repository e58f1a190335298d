"""The kinds of computation. A module here is found by being here: there is no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from junheng.indicators.kind import Kind


@lru_cache(maxsize=1)
def all_kinds() -> dict[str, Kind]:
    """Every kind by name: the ``KIND`` of each module in this folder."""
    modules = (importlib.import_module(f"{__name__}.{entry.name}") for entry in pkgutil.iter_modules(__path__))
    return {module.KIND.name: module.KIND for module in modules}
