"""Overlays: a province or county lists only what it changes or adds; loosening a limit needs a reason."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from junheng.standards.errors import LooserThanParentError, OverlayError
from junheng.standards.formula import Amount
from junheng.standards.indicator import Indicator
from junheng.standards.item import Item, ItemPart
from junheng.standards.limit import BalanceLimit, Graded, Limit
from junheng.standards.model import PART_NAMES, SchoolRule, Standard
from junheng.standards.softening import softer_deductions
from junheng.standards.source import Dated
from junheng.standards.words import amount_in_words, condition_in_words, limit_in_words, school_rule_in_words

Raw = dict[str, Any]
Entry = TypeVar("Entry", bound=Dated)
ABSENT = "（无）"
_DATED = ("thresholds", "balance", "pass_score", "limits")


def apply_overlay(parent: Raw, overlay: Raw, standard: str, parent_id: str) -> Raw:
    """Return the parent's raw content with the overlay's ``changes`` and ``adds`` made and its other keys replaced.

    ``changes`` maps the name of a rule, indicator, item, check or part to what is different in it; dated entries
    replace those of the same day and otherwise join them. ``adds`` maps ``resources`` or a part to new entries.
    """
    merged = deepcopy(parent)
    merged.pop("looser_because", None)  # The parent's reasons excuse nothing here.
    changes, adds = overlay.pop("changes", {}), overlay.pop("adds", {})
    rule = merged.get("balance_rule") or {}
    if rule.get("rule") == "mean" and not rule.get("indicators") and "rule" not in (changes.get("balance_rule") or {}):
        # A resource added here does not enter the parent's mean.
        rule["indicators"] = list(merged.get("resources", {}))
    for name, change in changes.items():
        places = list(_places(merged, name))
        if not places:
            raise OverlayError(standard=standard, name=name, parent=parent_id)
        for holder in places:
            holder[name] = _merge(holder[name], change)
    for part, entries in adds.items():
        holder = merged.setdefault(part, {})
        (holder if part in ("resources", "relaxations") else holder.setdefault("items", {})).update(entries)
    return merged | overlay


def _places(raw: Raw, name: str) -> Iterator[Raw]:
    """Every mapping that has an entry of this name: the standard, its resources, a part's items, an item's checks."""
    if name in raw:
        yield raw
    if name in raw.get("resources", {}):
        yield raw["resources"]
    for part in PART_NAMES:
        items = raw.get(part, {}).get("items", {})
        if name in items:
            yield items
        for item in items.values():
            if name in item.get("checks", {}):
                yield item["checks"]


def _merge(old: object, new: object) -> object:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    merged = dict(old)
    for key, value in new.items():
        if key in _DATED and isinstance(old.get(key), list):
            by_day = {entry["from"]: entry for entry in old[key]} | {entry["from"]: entry for entry in value}
            merged[key] = [by_day[day] for day in sorted(by_day)]
        else:
            merged[key] = _merge(old.get(key), value)
    return merged


@dataclass(frozen=True, slots=True)
class _Loosening:
    """One place where an overlay asks less than its parent: ``name`` is what a reason for it is filed under."""

    name: str
    label: str
    since: date
    parent: object
    own: object


def check_not_looser(standard: Standard, parent: Standard) -> None:
    """Refuse what is looser than in the parent, or computed in another way, unless the overlay says why.

    A dated entry says why in its own ``looser_because``; everything else, and an entry too, in that of the standard.

    Raises:
        LooserThanParentError: naming the place, the day and what both ask.
    """
    for found in _loosenings(standard, parent):
        if not standard.looser_because.get(found.name):
            raise LooserThanParentError(
                standard=standard.id, indicator=found.label, since=found.since, parent=found.parent, own=found.own
            )


def _loosenings(standard: Standard, parent: Standard) -> Iterator[_Loosening]:
    own, base = dict(standard.indicators()), dict(parent.indicators())
    since = standard.in_force.since
    for name, theirs in base.items():
        ours = own.get(name)
        if ours is None:
            yield _Loosening(name, theirs.label.zh, since, "有", ABSENT)
            continue
        yield from _looser_thresholds(name, ours, theirs)
        yield from _looser_balance(name, ours.label.zh, ours.balance, theirs.balance)
        yield from _other_formula(name, ours, theirs, since)
    yield from _looser_rules(standard, parent)
    yield from _looser_items(standard, parent)
    listed = [entry.where for entry in parent.leave_out]
    for entry in standard.leave_out:
        if entry.where not in listed:
            left_out = f"不计入（{condition_in_words(entry.where)}）"
            yield _Loosening("leave_out", f"不计入的学校·{entry.label.zh}", since, "计入", left_out)


def _at(entries: tuple[Entry, ...], day: date) -> Entry | None:
    """The entry of the parent that held when an own one began."""
    return max((entry for entry in entries if entry.since <= day), key=lambda entry: entry.since, default=None)


def _looser_thresholds(name: str, own: Indicator, base: Indicator) -> Iterator[_Loosening]:
    for entry in own.thresholds:
        before = _at(base.thresholds, entry.since)
        if before is None or before == entry or entry.looser_because:
            continue
        for stage in ("primary", "junior", None):
            theirs = before.limits(stage)
            for ours in entry.limits(stage):
                # What the parent asked of these rows: its limit for the same rows, else the one for all others.
                held = next((limit for limit in theirs if limit.where == ours.where), None)
                held = held or next((limit for limit in theirs if not limit.where), None)
                if held is not None and _looser(ours, held):
                    yield _Loosening(name, own.label.zh, entry.since, *_both_in_words(held, ours))


def _both_in_words(held: Limit, ours: Limit) -> tuple[object, object]:
    """Plain values where nothing else differs, else the limits in words."""
    plain = held.operator == ours.operator and not isinstance(held.value, Graded) and not isinstance(ours.value, Graded)
    return (held.value, ours.value) if plain else (limit_in_words(held), limit_in_words(ours))


def _looser_balance(
    name: str, label: str, own: tuple[BalanceLimit, ...], base: tuple[BalanceLimit, ...]
) -> Iterator[_Loosening]:
    for entry in own:
        before = _at(base, entry.since)
        if before is None or entry.looser_because:
            continue
        for stage in ("primary", "junior"):
            ours, theirs = entry.limit(stage), before.limit(stage)
            if ours is not None and theirs is not None and ours > theirs:
                yield _Loosening(name, label, entry.since, theirs, ours)


def _other_formula(name: str, own: Indicator, base: Indicator, since: date) -> Iterator[_Loosening]:
    """Any change of what is computed: whether it is looser cannot be told, so that it needs a reason."""
    if own.level != base.level:
        yield _Loosening(name, f"{own.label.zh}·计算到", since, base.level, own.level)
    for field in type(own.formula).model_fields:
        ours, theirs = getattr(own.formula, field), getattr(base.formula, field)
        if ours != theirs:
            yield _Loosening(name, f"{own.label.zh}·算法 {field}", since, _in_words(theirs), _in_words(ours))


def _in_words(value: object) -> str:
    if isinstance(value, Amount):
        return amount_in_words(value) or ABSENT
    if isinstance(value, dict):
        return condition_in_words(value) or ABSENT
    if isinstance(value, tuple):
        return "、".join(value) or ABSENT
    return ABSENT if value in (None, "") else str(value)


def _looser_rules(standard: Standard, parent: Standard) -> Iterator[_Loosening]:
    since = standard.in_force.since
    if (theirs := parent.school_rule) is not None:
        yield from _looser_school_rule(standard, parent, theirs)
    if (rule := parent.balance_rule) is not None:
        label, own = "差异系数规则", standard.balance_rule
        if own is None:
            yield _Loosening("balance_rule", label, since, rule.rule, ABSENT)
        elif (rule.rule, own.rule) == ("each", "mean"):
            yield _Loosening("balance_rule", label, since, "each（逐项判定）", "mean（按平均值判定）")
        else:
            before, after = parent.balanced(), standard.balanced()
            # One more may lower a mean; where each decides it only adds.
            if set(before) - set(after) or (own.rule == "mean" and rule.rule == "mean" and set(before) != set(after)):
                yield _Loosening("balance_rule", f"{label}·指标", since, "、".join(before), "、".join(after))
            yield from _looser_balance("balance_rule", "综合差异系数", own.limits, rule.limits)


def _looser_school_rule(standard: Standard, parent: Standard, theirs: SchoolRule) -> Iterator[_Loosening]:
    """A rule that was not found may be filled in; one that was found may not be forgotten, nor turned into another."""
    name, label, since, ours = "school_rule", "学校达标规则", standard.in_force.since, standard.school_rule
    added = len(set(standard.counted()) - set(parent.counted()))
    if ours is None or _kind(ours) != _kind(theirs):
        if ours is None or not theirs.not_found:
            said = ABSENT if ours is None else school_rule_in_words(ours, len(standard.counted()))
            yield _Loosening(name, label, since, school_rule_in_words(theirs, len(parent.counted())), said)
        return
    if (ours.at_least or 0) < (theirs.at_least or 0):
        yield _Loosening(name, f"{label}·至少达标项数", since, theirs.at_least, ours.at_least)
    elif theirs.rest is not None and (ours.rest is None or ours.rest < theirs.rest):
        rest = ABSENT if ours.rest is None else ours.rest
        yield _Loosening(name, f"{label}·余项不低于要求的", since, theirs.rest, rest)
    if (
        ours.score
        and theirs.score
        and _lower_mark((ours.score.at_least, ours.score.total), (theirs.score.at_least, theirs.score.total))
    ):
        marks = [f"{score.at_least or '未见'}（满分 {score.total}）" for score in (theirs.score, ours.score)]
        yield _Loosening(name, f"{label}·合格线", since, *marks)
    if ours.not_seen + added < theirs.not_seen:
        yield _Loosening(name, f"{label}·内容未见的项数", since, theirs.not_seen, ours.not_seen)
    for key, indicator in parent.resources.items():
        own = standard.resources.get(key)
        if own is not None and indicator.points is not None and own.points != indicator.points:
            yield _Loosening(key, f"{own.label.zh}·分值", since, indicator.points, own.points or ABSENT)


def _kind(rule: SchoolRule) -> str:
    return "score" if rule.score else "not_found" if rule.not_found else "at_least"


def _lower_mark(ours: tuple[Decimal | None, Decimal | None], theirs: tuple[Decimal | None, Decimal | None]) -> bool:
    """Whether a pass mark asks for a smaller share of its total, or is no longer known; each is (mark, total)."""
    if theirs[0] is None:
        return False
    if ours[0] is None or not ours[1] or not theirs[1]:
        return ours[0] is None or ours[0] < theirs[0]
    return Fraction(ours[0]) * Fraction(theirs[1]) < Fraction(theirs[0]) * Fraction(ours[1])


def _looser_items(standard: Standard, parent: Standard) -> Iterator[_Loosening]:
    own_parts = dict(standard.parts())
    for part_name, base in parent.parts():
        part = own_parts.get(part_name)
        if part is None:
            yield _Loosening(part_name, base.label.zh, standard.in_force.since, "有", ABSENT)
            continue
        for score in part.pass_score:
            mark = _at(base.pass_score, score.since)
            if mark is None or score.looser_because:
                continue
            if _lower_mark((score.at_least, part.total), (mark.at_least, base.total)):
                yield _Loosening(part_name, f"{part.label.zh}合格分", score.since, mark.at_least, score.at_least)
        yield from _looser_part(part_name, part, base, standard.in_force.since)
        for name, theirs in base.items.items():
            scored = base.rule == "score"
            yield from _looser_item(name, part.items.get(name), theirs, standard.in_force.since, scored=scored)


def _looser_part(name: str, own: ItemPart, base: ItemPart, since: date) -> Iterator[_Loosening]:
    """What a part accepts besides: fewer items unseen than were added, findings that pass, items taken out."""
    label = own.label.zh
    if (base.rule, own.rule) == ("all", "score"):
        yield _Loosening(name, f"{label}·判定方式", since, "全部达到", "计分")
    if own.not_seen + len(own.items.keys() - base.items.keys()) < base.not_seen:
        yield _Loosening(name, f"{label}·内容未见的项数", since, base.not_seen, own.not_seen)
    # Findings that do not pass (试行、部分达到) only say more exactly what is missing.
    if "basically" in own.findings and "basically" not in base.findings:
        yield _Loosening(name, f"{label}·认定结论", since, "达到才算达到", "基本达到也算达到")
    if own.rescale and not base.rescale:
        yield _Loosening(name, f"{label}·不适用的事项", since, "不折算", "不计分，其余折算")
    if base.plans and not own.plans:
        yield _Loosening(name, f"{label}·未达到的事项", since, "须写整改措施", "不须写")
    for key, branch in base.groups.items():
        ours = own.groups.get(key)
        if base.rule == "score" and branch.points is not None and (ours is None or ours.points != branch.points):
            points = ours.points if ours and ours.points is not None else ABSENT
            yield _Loosening(name, f"{branch.label.zh}·分值", since, branch.points, points)
        added = [item for item_name, item in own.items.items() if item_name not in base.items and item.group == key]
        if branch.not_seen and not (ours and ours.not_seen) and not added:
            yield _Loosening(name, f"{branch.label.zh}·未见的内容", since, "有", ABSENT)


def _looser_item(name: str, own: Item | None, base: Item, since: date, *, scored: bool) -> Iterator[_Loosening]:
    label = base.label.zh
    if own is None:
        yield _Loosening(name, label, since, "有", ABSENT)
        return
    if own.ends is not None and (base.ends is None or own.ends < base.ends):
        yield _Loosening(name, f"{label}·终止日", since, base.ends or "（不终止）", own.ends)
    if own.since is not None and own.since > max(since, base.since or since):
        yield _Loosening(name, f"{label}·起始日", since, base.since or "（自始）", own.since)
    if base.judged and not own.judged and own.checks.keys() <= base.checks.keys():
        yield _Loosening(name, f"{label}·人工认定", since, "须认定", "不认定，也没有增加 checks")
    if own.may_not_apply and not base.may_not_apply:
        yield _Loosening(name, f"{label}·不适用", since, "不可认定为不适用", "可认定为不适用")
    if scored and base.points is not None and own.points != base.points:
        yield _Loosening(name, f"{label}·分值", since, base.points, ABSENT if own.points is None else own.points)
    if scored and (softer := softer_deductions(own, base)) is not None:
        yield _Loosening(name, f"{label}·扣分规则", since, *softer)


def _looser(ours: Limit, theirs: Limit) -> bool:
    """Whether one limit asks less than the other for some size; one that points the other way always counts as such."""
    if ours.operator is None or theirs.operator is None:
        return False
    upward = ours.operator in ("at_least", "above")
    if upward != (theirs.operator in ("at_least", "above")):
        return True
    # At the same figure “above” asks more than “at least”.
    strict = theirs.operator in ("above", "below") and ours.operator in ("at_least", "at_most")
    pairs = [(mine, other) if upward else (other, mine) for mine, other in _values(ours, theirs)]
    return any(less < more or (strict and less == more) for less, more in pairs)


def _values(ours: Limit, theirs: Limit) -> Iterator[tuple[Fraction, Fraction]]:
    """The two values wherever one of them bends; between the bends both are straight lines."""
    graded = [limit.value for limit in (ours, theirs) if isinstance(limit.value, Graded)]
    sizes = [Fraction(size) for size in {size for value in graded for size in value.points}] or [Fraction(0)]
    same = len({value.by for value in graded}) <= 1
    for size in sizes:
        # Graded by different columns, any value of the one may meet any of the other.
        for other in [size] if same else sizes:
            yield _value_at(ours, size), _value_at(theirs, other)


def _value_at(limit: Limit, size: Fraction) -> Fraction:
    return limit.value.at(size) if isinstance(limit.value, Graded) else Fraction(limit.value or 0)
