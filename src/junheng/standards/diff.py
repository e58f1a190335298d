"""Two standards side by side: what one asks and the other does not, in plain Chinese words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.standards.model import BalanceLimit, BalanceRule, Campuses, Compare, Indicator, Item, SchoolRule, Standard
from junheng.standards.words import (
    STAGES,
    CodeLabel,
    ColumnLabel,
    amount_in_words,
    code_as_it_is,
    column_as_it_is,
    condition_in_words,
    quantity,
    threshold_in_words,
)

ABSENT = "（无）"
LEVELS = {"stage": "每校每学段", "school": "每校", "county_stage": "全县分学段", "county": "全县"}
ROWS = {"stages": "各校各学段", "schools": "各校"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two standards differ, with what each says there."""

    place: str
    before: str
    after: str


def diff_standards(
    a: Standard,
    b: Standard,
    label_of_column: ColumnLabel = column_as_it_is,
    label_of_code: CodeLabel = code_as_it_is,
) -> list[Difference]:
    """Compare what two standards ask, whatever files it stands in; sources and wording of notes are left aside."""
    words = _Words(label_of_column, label_of_code)
    before, after = dict(words.statements(a)), dict(words.statements(b))
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        place, old = before.get(key, (after.get(key, ("", ""))[0], ABSENT))
        new = after[key][1] if key in after else ABSENT
        if old != new:
            found.append(Difference(place, old, new))
    return found


Statement = tuple[tuple[str, ...], tuple[str, str]]  # ids that say what it is about → (place, words)


class _Words:
    """Everything a standard asks as statements, keyed by ids so that renamed entries still meet."""

    def __init__(self, label_of_column: ColumnLabel, label_of_code: CodeLabel) -> None:
        self.label_of_column, self.label_of_code = label_of_column, label_of_code

    def statements(self, standard: Standard) -> Iterator[Statement]:
        yield ("label",), ("名称", standard.label.zh)
        force = standard.in_force
        until = f"，至 {force.ends} 止" if force.ends else ""
        yield ("in_force",), ("有效期", f"自 {force.since} 起{until}")
        yield ("stages",), ("学段", "、".join(STAGES[stage] for stage in standard.stages) or ABSENT)
        for entry in standard.leave_out:
            where = condition_in_words(entry.where, self.label_of_column, self.label_of_code)
            yield ("leave_out", where), (f"不计入·{entry.label.zh}", where)
        if standard.split:
            weights = "：".join(f"{STAGES[stage]} {weight}" for stage, weight in standard.split.weights.items())
            named = [
                standard.resources[name].label.zh for name in standard.split.indicators if name in standard.resources
            ]
            yield ("split",), ("学段分摊", f"{weights}；{'、'.join(named)}")
        yield ("campuses",), ("校区", _campuses(standard.campuses))
        yield ("compare",), ("比较", _compare(standard.compare))
        if standard.school_rule:
            yield ("school_rule",), ("学校达标规则", _school_rule(standard.school_rule, len(standard.counted())))
        if standard.balance_rule:
            yield ("balance_rule",), ("差异系数规则", _balance_rule(standard.balance_rule))
            yield from _balances(("balance_rule",), "综合差异系数", standard.balance_rule.limits)
        for name, indicator in standard.resources.items():
            yield from self._indicator(("resources", name), "资源配置", indicator)
        for name, part in standard.parts():
            for score in part.pass_score:
                place = f"{part.label.zh}·合格分·自 {score.since}"
                yield (name, "pass_score", str(score.since)), (place, f"≥ {score.at_least}（满分 {part.total}）")
            for item_name, item in part.items.items():
                place = f"{part.label.zh}·{item.label.zh}"
                yield (name, item_name), (place, _item(item))
                for check_name, check in item.checks.items():
                    yield from self._indicator((name, item_name, check_name), place, check)
        for name, relaxation in standard.relaxations.items():
            yield ("relaxations", name), ("可选宽限", relaxation.label.zh)

    def _indicator(self, key: tuple[str, ...], part: str, indicator: Indicator) -> Iterator[Statement]:
        place = f"{part}·{indicator.label.zh}"
        yield (*key, "formula"), (f"{place}·口径", self._formula(indicator))
        for threshold in indicator.thresholds:
            until = f"至 {threshold.ends}" if threshold.ends else ""
            said = threshold_in_words(threshold, indicator.unit, self.label_of_column, self.label_of_code)
            yield (*key, "threshold", str(threshold.since)), (f"{place}·自 {threshold.since}{until}", said)
        yield from _balances(key, f"{place}·差异系数", indicator.balance)

    def _formula(self, indicator: Indicator) -> str:
        formula = indicator.formula
        parts = [formula.kind]
        for title, amount in (("数量", formula.amount), ("基数", formula.base)):
            if amount.columns():
                parts.append(f"{title} {amount_in_words(amount, self.label_of_column, self.label_of_code)}")
        parts += [f"{title} {value}" for title, value in _settings(indicator) if value]
        if formula.where:
            parts.append(f"限{condition_in_words(formula.where, self.label_of_column, self.label_of_code)}")
        return "；".join(parts)


def _settings(indicator: Indicator) -> Iterator[tuple[str, str]]:
    formula = indicator.formula
    yield "计算到", LEVELS[indicator.level]
    yield "倍数", "" if formula.scale == 1 else str(formula.scale)
    yield "每", "" if formula.per is None else f"{formula.per} 个班"
    yield "下限", "" if formula.floor is None else f"{formula.floor} 人"
    yield "年数", "" if formula.years is None else str(formula.years)
    yield "汇总", ROWS.get(formula.over, formula.over)
    yield "子项", "、".join(formula.of)
    yield "至少", "" if formula.count is None else f"{formula.count} 项"


def _balances(key: tuple[str, ...], place: str, limits: tuple[BalanceLimit, ...]) -> Iterator[Statement]:
    for limit in limits:
        entries = [(STAGES[stage], limit.limit(stage)) for stage in ("primary", "junior")]
        words = "；".join(f"{stage} ≤ {value}" for stage, value in entries if value is not None)
        yield (*key, "cv", str(limit.since)), (f"{place}·自 {limit.since}", words)


def _campuses(campuses: Campuses) -> str:
    if campuses.mode == "merged":
        return "并入主校区判定"
    merged = f"，不足 {campuses.at_least} 人的并入主校区" if campuses.at_least else ""
    return f"分别判定{merged}"


def _compare(compare: Compare) -> str:
    return "按不取舍的值比较" if compare.mode == "exact" else f"按保留 {compare.digits or 0} 位小数的值比较"


def _school_rule(rule: SchoolRule, counted: int) -> str:
    rest = "" if rule.rest is None else f"，其余不低于限值的 {quantity((rule.rest * 100).normalize(), '%')}"
    return f"{counted} 项中至少 {rule.at_least} 项达标{rest}"


def _balance_rule(rule: BalanceRule) -> str:
    decides = "每项指标分别判定" if rule.rule == "each" else "以各项指标的平均值判定"
    return f"{decides}，{'按学生数加权' if rule.weights == 'pupils' else '不加权'}"


def _item(item: Item) -> str:
    ways = [
        word for word, holds in (("人工认定", item.judged), ("计算", item.checks), ("办学基本标准", item.gate)) if holds
    ]
    points = "" if item.points is None else f"，{item.points} 分"
    since = f"，自 {item.since} 起" if item.since else ""
    until = f"，至 {item.ends} 止" if item.ends else ""
    return "和".join(ways) + points + since + until
