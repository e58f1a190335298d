"""The rules that a county may set: what each is worth now, and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import yaml

import junheng_standards
from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.planning.rotation.errors import RuleValueError, UnknownEmphasisError
from junheng.standards.library import load_standard
from junheng.standards.model import Standard
from junheng.tables.catalogue import planning_tables
from junheng.verdict.limits import limit_for

FOLDER = junheng_standards.FOLDER / "planning" / "rotation"
_SHARES = frozenset({"least_share", "backbone_share", "most_leaving", "headcount_change", "balance_share"})
_FLAGS = frozenset({"hardship_once"})  # rules that hold or do not
_MOST_POINTS = 1_000_000  # sums of points over a large county stay exact, and within what solvers tell apart


@lru_cache
def read_data(name: str) -> Any:  # noqa: ANN401
    """One of the planner's YAML files."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Rules:
    """The value of every rule, None where the county does without it.

    Attributes:
        values: setting → value in the unit of ``settings.yaml``, emphasis applied.
        given: the settings that the county's table has; the others have their default.
    """

    values: Mapping[str, Fraction | None]
    given: frozenset[str]

    def __getitem__(self, setting: str) -> Fraction | None:
        return self.values[setting]

    def share(self, setting: str) -> Fraction | None:
        """A rule in per cent, as a part of one."""
        value = self.values[setting]
        return None if value is None else value / 100

    def weight(self, setting: str) -> int:
        """Points; 0 where it is not used."""
        return int(self.values[setting] or 0)


def rules_from(rows: list[dict[str, Any]], *, standard: Standard | None, emphasis: str) -> Rules:
    """The rules of a county: its own values where it gave some, the defaults elsewhere.

    Raises:
        RuleValueError: a share above 100 %, a weight that is not whole or too large, a flag that is not 1.
        UnknownEmphasisError: there is no such emphasis.
    """
    emphases = read_data("emphases")
    if emphasis not in emphases:
        known = "、".join(f"{name}（{entry['label']['zh']}）" for name, entry in emphases.items())
        raise UnknownEmphasisError(name=emphasis, known=known)
    values: dict[str, Fraction | None] = {name: default_of(name, standard) for name in read_data("settings")}
    for row in rows:
        values[row["setting"]] = Fraction(row["value"]) if row["used"] else None
    for name, value in values.items():
        _check(name, value)
    for name, times in emphases[emphasis]["times"].items():
        value = values[name]
        values[name] = None if value is None else value * times
    return Rules(values, frozenset(row["setting"] for row in rows))


def default_of(setting: str, standard: Standard | None = None) -> Fraction:
    """What holds where the county sets nothing: a limit of a standard, or the assumption of ``settings.yaml``."""
    entry = read_data("settings")[setting]
    if "limit" not in entry:
        return Fraction(entry["default"])
    for candidate in (standard, load_standard(entry["limit"]["standard"])):
        check = dict(candidate.indicators()).get(entry["limit"]["check"]) if candidate else None
        limit = limit_for(check, {}) if check else None
        if limit is not None:
            return limit.value
    raise AssertionError(f"no standard limits {setting}")


def label_of(setting: str) -> Label:
    return planning_tables("rotation").code_lists["setting"].codes[setting].label


def unit_of(setting: str) -> Label:
    return Label(**read_data("settings")[setting]["unit"])


def note_of(setting: str) -> str:
    """The sentence beside a rule in the workbook: its unit and where its default comes from."""
    return f"单位：{unit_of(setting).zh}。{read_data('settings')[setting]['why']['zh']}"


def default_rows() -> list[dict[str, Any]]:
    """The table of rules as a county first sees it."""
    return [
        {"setting": name, "value": Decimal(plain(default_of(name))), "used": True, "note": note_of(name)}
        for name in read_data("settings")
    ]


def _check(name: str, value: Fraction | None) -> None:
    if value is None:
        return
    wrong = None
    if name in _SHARES and value > 100:
        wrong = ("百分比不能超过 100", "a percentage is 100 at most")
    elif name.startswith("weight_") and value.denominator != 1:
        wrong = ("分值须是整数", "points are whole numbers")
    elif name.startswith("weight_") and value > _MOST_POINTS:
        wrong = (f"分值不能超过 {_MOST_POINTS}", f"points are {_MOST_POINTS} at most")
    elif name in _FLAGS and value != 1:
        wrong = ("只能是 1；不要这条规则的，请把“启用”填“否”", "it is 1; switch the rule off to do without it")
    if wrong:
        raise RuleValueError(rule=label_of(name), value=plain(value), why=Label(*wrong))
