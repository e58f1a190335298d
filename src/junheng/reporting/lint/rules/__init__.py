"""The rules, one module each; a module that declares ``ID``, ``LABEL`` and ``find`` is a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from junheng.reporting.lint.document import Document
from junheng.reporting.lint.finding import Finding


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for: its id, what it is in Chinese, and the function that finds it."""

    id: str
    label: str
    find: Callable[[Document], Iterator[Finding]]


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of this folder, by id."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return tuple(Rule(module.ID, module.LABEL, module.find) for module in sorted(modules, key=lambda one: one.ID))
