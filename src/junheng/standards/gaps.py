"""值未见: what a standard asks, but whose figure, rule or text was not found. A gap is named, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from junheng.standards.indicator import Indicator
from junheng.standards.item import ItemPart
from junheng.standards.model import Standard
from junheng.standards.words import stages_not_found

GapKind = Literal["value", "rule", "points", "item", "pass_mark"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that was not found.

    Attributes:
        place: ids, as the check of a standard names places.
        label: what it is about, in the words of the standard.
        missing: what of it was not found.
        kind: a limit's value, a rule, points, whole requirements or items, a pass mark (or the total it is of).
        count: how many, where several stand in one place.
    """

    place: str
    label: str
    missing: str
    kind: GapKind
    count: int = 1

    @property
    def message(self) -> str:
        """One sentence, said under the place."""
        found = "值未见：" if self.kind == "value" else ""
        return f"{found}“{self.label}”{self.missing}；有原文的可用地方标准补上"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many requirements of a standard have all their values, and how many do not.

    Attributes:
        complete: indicators and items whose values are all known.
        open: those with a value that was not found, or whose content was not.
    """

    complete: int
    open: int

    @property
    def total(self) -> int:
        return self.complete + self.open


def gaps(standard: Standard) -> Iterator[Gap]:
    """Everything that a standard leaves open, in the order in which it is judged."""
    yield from _of_school_rule(standard)
    for name, indicator in standard.resources.items():
        yield from _of_limits(name, indicator)
    for name, part in standard.parts():
        yield from _of_part(name, part)


def coverage(standard: Standard) -> Coverage:
    """Count the requirements (counted resources, items) with and without all their values."""
    states = [_known(standard.resources[name]) for name in standard.counted() if name in standard.resources]
    unseen = standard.school_rule.not_seen if standard.school_rule else 0
    for _, part in standard.parts():
        states += [all(map(_known, item.checks.values())) for item in part.items.values()]
        unseen += part.not_seen
    return Coverage(complete=sum(states), open=len(states) - sum(states) + unseen)


def _known(indicator: Indicator) -> bool:
    return stages_not_found(indicator) is None


def _of_school_rule(standard: Standard) -> Iterator[Gap]:
    rule = standard.school_rule
    if rule is None:
        return
    label = "学校达标规则"
    if rule.not_found:
        yield Gap("school_rule", label, "未见：各项指标怎样决定学校是否达标，只有全部达标的学校能判定", "rule")
    if rule.score and rule.score.at_least is None:
        yield Gap("school_rule", label, "的合格线未见，学校无法判定", "pass_mark")
    if rule.not_seen:
        yield Gap("school_rule", label, f"另有 {rule.not_seen} 项的内容未见，按未知计", "item", rule.not_seen)
    if rule.score:
        for name in standard.counted():
            if name in standard.resources and standard.resources[name].points is None:
                yield Gap(name, standard.resources[name].label.zh, "的分值未见，得分不能确定", "points")


def _of_limits(name: str, indicator: Indicator) -> Iterator[Gap]:
    for threshold in indicator.thresholds:
        stages = stages_not_found(indicator.model_copy(update={"thresholds": (threshold,)}))
        if stages is not None:
            place = f"{name}[{threshold.since}]"
            yield Gap(place, indicator.label.zh, f"的{stages}限值，无法据以判定", "value")


def _of_part(name: str, part: ItemPart) -> Iterator[Gap]:
    label = part.label.zh
    if part.not_seen:
        yield Gap(name, label, f"另有 {part.not_seen} 项的内容未见，按未知计", "item", part.not_seen)
    for key, branch in part.groups.items():
        if branch.not_seen:
            yield Gap(f"{name}.{key}", branch.label.zh, "下有内容未见，按未知计", "item")
    if part.rule == "score":
        if part.total is None:
            yield Gap(name, label, "的满分未见，不能与合格线比较", "pass_mark")
        if not part.pass_score:
            yield Gap(name, label, "的合格线未见，无法判定", "pass_mark")
    unknown = [key for key, item in part.items.items() if part.rule == "score" and item.points is None]
    if unknown and len(unknown) == len(part.items):
        yield Gap(name, label, f"{len(unknown)} 项的分值都未见，不能计分", "points", len(unknown))
    for key, item in part.items.items():
        if key in unknown and len(unknown) < len(part.items):
            yield Gap(f"{name}.{key}", item.label.zh, "的分值未见，得分不能确定", "points")
        for check_name, check in item.checks.items():
            yield from _of_limits(check_name, check)
