"""What can be wrong with a standard that its types cannot say: sources, printed figures, dates, names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise
from typing import Literal

from junheng.standards.formula import Condition, Range
from junheng.standards.gaps import gaps
from junheng.standards.indicator import Indicator
from junheng.standards.limit import Graded, Limit, Threshold
from junheng.standards.limit_check import limits_in_vain, limits_lacking
from junheng.standards.model import Standard
from junheng.standards.source import Dated, Source
from junheng.standards.words import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right (error), or to know before relying on a rule (note)."""

    standard: str
    place: str
    message: str
    severity: Literal["error", "note"]


def check_standard(standard: Standard, columns: Set[str], counting: Set[str]) -> list[Problem]:
    """Return everything wrong with a standard, then what in it was not seen in print.

    Args:
        columns: every column that a rule may name, derived ones such as ``school_pupils`` included.
        counting: the kinds whose limit of 0 or 1 is our way of counting, never printed.
    """
    errors = (
        *_unknown_documents(standard),
        *_figures_not_printed(standard, counting),
        *_dates_out_of_order(standard),
        *_unknown_columns(standard, columns),
        *_unknown_names(standard),
        *_shares_above_one(standard),
        *_nothing_to_reach(standard),
        *_points_that_do_not_fit(standard),
        *limits_in_vain(standard),
    )
    gapped = ((gap.place, gap.message) for gap in gaps(standard))
    notes = (*_rules_not_seen(standard), *gapped, *limits_lacking(standard))
    found = [Problem(standard.id, place, message, "error") for place, message in errors]
    return found + [Problem(standard.id, place, message, "note") for place, message in notes]


Finding = tuple[str, str]


def _unknown_documents(standard: Standard) -> Iterator[Finding]:
    for place, source in standard.sources():
        if source.document not in standard.ledger:
            yield place, f"来源文件 {source.document} 没有登记，请在 sources.yaml 中补上"


def _figures_not_printed(standard: Standard, counting: Set[str]) -> Iterator[Finding]:
    """A slip of the pen between document and data: every number of a rule stands in its printed figure.

    One that we derived from the figure (全额 read as 100 %) is not printed; ``place`` says how it was derived, with it.
    """
    for place, source, numbers in _cited_numbers(standard, counting):
        said = figures(source.printed)
        if source.confidence != "seen":
            if not source.printed:
                continue
            said |= figures(source.place)
        missing = sorted(number for number in set(numbers) if number not in said)
        if missing:
            listed = "、".join(str(number) for number in missing)
            derived = "" if source.confidence == "seen" else "；由它推算的值，请在 place 中写明怎样推算、得多少"
            yield place, f"数值 {listed} 不在所引原文数字“{source.printed}”中，请核对 printed 和限值{derived}"


def _cited_numbers(standard: Standard, counting: Set[str]) -> Iterator[tuple[str, Source, list[Decimal]]]:
    """Each rule's place, source and the numbers that must be printed there."""
    for index, entry in enumerate(standard.leave_out):
        yield f"leave_out[{index}]", entry.source, _numbers_of_condition(entry.where)
    if standard.split:
        yield "split", standard.split.source, list(standard.split.weights.values())
    if standard.campuses.at_least:
        yield "campuses", standard.campuses.source, [Decimal(standard.campuses.at_least)]
    if rule := standard.school_rule:
        rest = [] if rule.rest is None else [rule.rest]
        scored = [] if rule.score is None else [rule.score.total, rule.score.at_least]
        counted = [] if rule.at_least is None else [Decimal(rule.at_least)]
        yield "school_rule", rule.source, [*counted, *rest, *(number for number in scored if number is not None)]
        for name, indicator in standard.resources.items():
            if indicator.points is not None and not _printed_at_limit(indicator):
                yield name, rule.source, [indicator.points]
    balances = (
        [("balance_rule.limits", limit) for limit in standard.balance_rule.limits] if standard.balance_rule else []
    )
    for name, indicator in standard.indicators():
        balances += [(name, limit) for limit in indicator.balance]
        for threshold in indicator.thresholds:
            yield f"{name}[{threshold.since}]", threshold.source, _numbers_of_threshold(indicator, threshold, counting)
    for name, balance in balances:
        limits = [entry.cv_at_most for entry in (balance.primary, balance.junior) if entry]
        yield f"{name}[{balance.since}]", balance.source, limits
    for name, part in standard.parts():
        for score in part.pass_score:
            yield f"{name}.pass_score[{score.since}]", score.source, [score.at_least]
        for item_name, item in part.items.items():
            if item.points is not None:
                yield f"{name}.{item_name}", item.source, [item.points]
            for deduction in item.deductions:
                lost = [number for number in (deduction.points, deduction.per) if number is not None]
                yield f"{name}.{item_name}.deductions[{deduction.check}]", deduction.source, lost
    for name, relaxation in standard.relaxations.items():
        numbers = [
            number
            for change in relaxation.changes.values()
            for limit in change.limits
            for number in (*_numbers_of_limit(limit), *_numbers_of_condition(limit.where))
        ]
        yield f"relaxations.{name}", relaxation.source, numbers


def _printed_at_limit(indicator: Indicator) -> bool:
    """Whether the points of a resource are printed beside its limit; else they are printed with the school rule."""
    printed = (figures(threshold.source.printed) for threshold in indicator.thresholds)
    return any(indicator.points in found for found in printed)


def _numbers_of_threshold(indicator: Indicator, threshold: Threshold, counting: Set[str]) -> list[Decimal]:
    formula = indicator.formula
    if formula.kind == "some_of":
        return []
    numbers = [Decimal(own) for own in (formula.per, formula.floor) if own is not None]
    for limit in (*threshold.primary, *threshold.junior, *threshold.all):
        numbers += _numbers_of_condition(limit.where)
        numbers += [n for n in _numbers_of_limit(limit) if not (formula.kind in counting and n in (0, 1))]
    return numbers


def _numbers_of_limit(limit: Limit) -> list[Decimal]:
    if isinstance(limit.value, Graded):
        return [*(Decimal(at) for at in limit.value.points), *limit.value.points.values()]
    return [] if limit.value is None else [limit.value]


def _numbers_of_condition(condition: Condition) -> list[Decimal]:
    ranges = [wanted for wanted in condition.values() if isinstance(wanted, Range)]
    bounds = [bound for wanted in ranges for bound in (wanted.at_least, wanted.at_most, wanted.above, wanted.below)]
    return [bound for bound in bounds if bound is not None]


_ROMAN = {"Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "Ⅳ": "4"}
_CHINESE = dict(zip("一二三四五六七八九", range(1, 10), strict=True)) | {"两": 2}
_NUMBER = re.compile(r"(?<![A-Za-z\d.])(\d+(?:\.\d+)?)(%|万)?")


def figures(printed: str) -> set[Decimal]:
    """The numbers that a printed text holds, in every form a rule may use: ``85%`` is 85 and 0.85, ``Ⅲ级`` is 3."""
    text = unicodedata.normalize("NFKC", "".join(_ROMAN.get(sign, sign) for sign in printed)).replace(",", "")
    found = set()
    for digits, mark in _NUMBER.findall(text):
        number = Decimal(digits)
        found.add(number)
        if mark:
            found.add(number / 100 if mark == "%" else number * 10_000)
    return found | {Decimal(_chinese(word)) for word in re.findall("[一二三四五六七八九十两]+", text)}


def _chinese(word: str) -> int:
    """三 → 3, 十二 → 12, 八十五 → 85."""
    tens, ten, ones = word.rpartition("十")
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)


def _dates_out_of_order(standard: Standard) -> Iterator[Finding]:
    force = standard.in_force
    if force.ends and force.ends < force.since:
        yield "in_force", f"废止日 {force.ends} 早于生效日 {force.since}"
    if force.checked_on < force.since:
        yield "in_force", f"核对日 {force.checked_on} 早于生效日 {force.since}"
    for place, entries in _dated_lists(standard):
        for entry in entries:
            if entry.ends and entry.ends < entry.since:
                yield place, f"终止日 {entry.ends} 早于起始日 {entry.since}"
        for before, after in pairwise(entries):
            if after.since <= before.since:
                yield place, f"日期须由早到晚，{after.since} 却排在 {before.since} 之后"
            elif before.ends and before.ends >= after.since:
                yield place, f"自 {before.since} 起的一段到 {before.ends} 才止，与自 {after.since} 起的一段重叠"


def _dated_lists(standard: Standard) -> Iterator[tuple[str, Sequence[Dated]]]:
    if standard.balance_rule:
        yield "balance_rule.limits", standard.balance_rule.limits
    for name, indicator in standard.indicators():
        yield f"{name}.thresholds", indicator.thresholds
        yield f"{name}.balance", indicator.balance
    for name, part in standard.parts():
        yield f"{name}.pass_score", part.pass_score


def _unknown_columns(standard: Standard, columns: Set[str]) -> Iterator[Finding]:
    for place, named in _named_columns(standard):
        for column in sorted(named - columns):
            near = get_close_matches(column, sorted(columns), n=1)
            meant = f"是不是 {near[0]}？" if near else "填报项写编号，见参考手册“表册”；"
            yield place, f"没有名为 {column} 的填报项，{meant}自己加的列写在标准文件夹的 tables 中"


def _named_columns(standard: Standard) -> Iterator[tuple[str, set[str]]]:
    for index, entry in enumerate(standard.leave_out):
        yield f"leave_out[{index}]", set(entry.where)
    yield "campuses", set(standard.campuses.merge)
    for name, indicator in standard.indicators():
        yield name, indicator.columns()
    for name, relaxation in standard.relaxations.items():
        for change in relaxation.changes.values():
            terms = (*change.add.all, *change.add.primary, *change.add.junior)
            named = change.add.columns() | {column for term in terms for column in term.where}
            for limit in change.limits:
                named |= set(limit.where) | ({limit.value.by} if isinstance(limit.value, Graded) else set())
            yield f"relaxations.{name}", named


def _unknown_names(standard: Standard) -> Iterator[Finding]:
    """Names that rules give to other entries of the same standard."""
    indicators = [name for name, _ in standard.indicators()]
    for name, times in Counter(indicators).items():
        if times > 1:
            yield name, f"指标编号 {name} 用了 {times} 次，请改成不同的编号"
    split = standard.split.indicators if standard.split else ()
    yield from _not_among("split.indicators", split, indicators)
    yield from _not_among("required", standard.required, standard.resources)
    rule = standard.balance_rule
    yield from _not_among("balance_rule.indicators", rule.indicators if rule else (), standard.resources)
    for name, relaxation in standard.relaxations.items():
        yield from _not_among(f"relaxations.{name}", relaxation.changes, indicators)
    holders = [standard.resources, *(item.checks for _, part in standard.parts() for item in part.items.values())]
    for holder in holders:
        earlier: list[str] = []
        for name, indicator in holder.items():
            yield from _bundle_problems(name, indicator, holder, earlier)
            earlier.append(name)
    counted = len(standard.counted())
    if (school := standard.school_rule) and (school.at_least or 0) > counted + school.not_seen:
        yield "school_rule", f"要求至少 {school.at_least} 项达标，却只有 {counted + school.not_seen} 项"


def _shares_above_one(standard: Standard) -> Iterator[Finding]:
    """80 % of a limit written as 80 would be eighty times it."""
    rule = standard.school_rule
    if rule and rule.rest is not None and not 0 < rule.rest <= 1:
        yield "school_rule", f"rest 是限值的几成，须大于 0、不超过 1（80% 写成 0.80，加引号），这里是 {rule.rest}"


def _bundle_problems(
    name: str, indicator: Indicator, holder: Mapping[str, Indicator], earlier: Sequence[str]
) -> Iterator[Finding]:
    formula = indicator.formula
    if formula.kind != "some_of":
        return
    yield from _not_among(name, formula.of, holder)
    for part in formula.of:
        if part in holder and part not in earlier:
            yield name, f"子项 {part} 须写在合并它的 {name} 之前"
    if formula.count is None or not 1 <= formula.count <= len(formula.of):
        yield name, f"count 须在 1 与子项数 {len(formula.of)} 之间"
    for threshold in indicator.thresholds:
        for limit in (*threshold.primary, *threshold.junior, *threshold.all):
            if limit.value != formula.count:
                yield name, f"限值须与 count（{formula.count}）相同"


def _not_among(place: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    listed = set(known)
    for name in names:
        if name not in listed:
            yield place, f"没有名为 {name} 的指标"


def _nothing_to_reach(standard: Standard) -> Iterator[Finding]:
    """An indicator that decides something but has no limit would leave everything 无法判定 without a word."""
    counted = standard.counted() if standard.school_rule else ()
    parts = {part for indicator in standard.resources.values() for part in indicator.formula.of}
    for name, indicator in standard.resources.items():
        decides = name in counted or name in parts
        if decides and indicator.formula.kind != "some_of" and not indicator.thresholds:
            yield name, "参与学校达标判定，却没有限值（thresholds）"
    for _, part in standard.parts():
        for item in part.items.values():
            for name, check in item.checks.items():
                if check.formula.kind != "some_of" and not check.thresholds:
                    yield name, "是事项的计算条件，却没有限值（thresholds）"
    rule = standard.balance_rule
    if rule and rule.rule == "mean" and not rule.limits:
        yield "balance_rule", "按平均值判定差异系数，却没有写 limits"
    if rule and rule.rule == "each" and not any(indicator.balance for indicator in standard.resources.values()):
        yield "balance_rule", "逐项判定差异系数，却没有一项写有 balance"


def _points_that_do_not_fit(standard: Standard) -> Iterator[Finding]:
    """Points of resources that do not add up to the total, and deductions that cannot be computed."""
    if (rule := standard.school_rule) and rule.score:
        points = [standard.resources[name].points for name in standard.counted() if name in standard.resources]
        known = sum((own for own in points if own is not None), Decimal(0))
        whole = None not in points and not rule.not_seen
        if known > rule.score.total or (whole and known != rule.score.total):
            yield "school_rule", f"各项指标分值之和为 {known}，满分为 {rule.score.total}，请核对 points 和 score.total"
        if rule.score.at_least is not None and rule.score.at_least > rule.score.total:
            yield "school_rule", f"合格线 {rule.score.at_least} 高于满分 {rule.score.total}"
    for name, part in standard.parts():
        for score in part.pass_score:
            if part.total is not None and score.at_least > part.total:
                yield f"{name}.pass_score[{score.since}]", f"合格线 {score.at_least} 高于满分 {part.total}"
        for item_name, item in part.items.items():
            for deduction in item.deductions:
                place = f"{name}.{item_name}.deductions[{deduction.check}]"
                if part.rule != "score":
                    yield place, "所在部分不计分（rule: score），扣分规则不起作用"
                elif deduction.per is not None and item.checks[deduction.check].formula.kind == "some_of":
                    yield place, "合并项没有可按步扣分的数值，请改为整项扣分"


def _rules_not_seen(standard: Standard) -> Iterator[Finding]:
    for place, source in standard.sources():
        if source.confidence != "seen":
            where = f"（{source.place}）" if source.place else ""
            yield place, f"属{CONFIDENCE[source.confidence]}，未见于所读文本{where}"
