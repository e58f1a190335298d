"""The kinds of computation. A module here is found by being here: there is no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from junheng.indicators.kind import Kind
from junheng.standards.indicator import Indicator


@lru_cache(maxsize=1)
def all_kinds() -> dict[str, Kind]:
    """Every kind by name: the ``KIND`` of each module in this folder."""
    modules = (importlib.import_module(f"{__name__}.{entry.name}") for entry in pkgutil.iter_modules(__path__))
    return {module.KIND.name: module.KIND for module in modules}


def kind_problems(indicator: Indicator) -> list[str]:
    """What an indicator lacks for its kind, in Chinese; empty when it can be computed."""
    formula = indicator.formula
    kind = all_kinds().get(formula.kind)
    if kind is None:
        return [f"没有名为 {formula.kind} 的计算方式，已有：{'、'.join(all_kinds())}"]
    given = {
        "amount": bool(formula.amount.columns()),
        "base": bool(formula.base.columns()),
        "over": bool(formula.over),
        "of": bool(formula.of),
        **{name: getattr(formula, name) is not None for name in ("per", "floor", "years", "count")},
    }
    problems = [f"计算方式 {kind.name} 需要 {name}" for name in sorted(kind.needs) if not given[name]]
    if formula.span != "each" and not kind.spans:
        problems.append(f"计算方式 {kind.name} 不看多个年度，不能写 span")
    if indicator.level not in kind.levels:
        problems.append(
            f"计算方式 {kind.name} 不能用在 {indicator.level} 一级，只能用在 {'、'.join(sorted(kind.levels))}"
        )
    return problems
