"""Two standards side by side: where they differ, and what only one of them asks, in plain Chinese words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from junheng.standards.indicator import Indicator
from junheng.standards.item import Item, ItemPart
from junheng.standards.limit import BalanceLimit, Threshold
from junheng.standards.model import BalanceRule, Campuses, Compare, Standard
from junheng.standards.source import Dated
from junheng.standards.words import (
    SPANS,
    STAGES,
    CodeLabel,
    ColumnLabel,
    amount_in_words,
    code_as_it_is,
    column_as_it_is,
    condition_in_words,
    deduction_in_words,
    school_rule_in_words,
    threshold_in_words,
)

ABSENT = "（无）"
LEVELS = {"stage": "每校每学段", "school": "每校", "county_stage": "全县分学段", "county": "全县"}
ROWS = {"stages": "各校各学段", "schools": "各校"}
RULES, RESOURCES = "规则", "资源配置"

Entry = TypeVar("Entry", bound=Dated)
FormulaWords = Callable[[Indicator, Mapping[str, Indicator]], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two standards differ, with what each says there.

    Attributes:
        part: the part of the standard, as it is called there.
        name: what it is about; both names where the two call it differently.
        aspect: of that, what differs (口径, 要求, …); empty for a rule, and where only one has it.
        before, after: in words; （无） where a standard has no such thing.
    """

    part: str
    name: str
    aspect: str
    before: str
    after: str

    @property
    def only(self) -> Literal["before", "after"] | None:
        """Which of the two has such a thing at all, where one does not."""
        return "after" if self.before == ABSENT else "before" if self.after == ABSENT else None


def diff_standards(
    a: Standard,
    b: Standard,
    label_of_column: ColumnLabel = column_as_it_is,
    label_of_code: CodeLabel = code_as_it_is,
    formula_words: FormulaWords | None = None,
) -> list[Difference]:
    """Compare what two standards ask, whatever files it stands in; sources and wording of notes are left aside.

    What stands under one id in both is compared; of the rest what is computed in the same way, and items of the same
    name: provinces call one thing by several names.

    Args:
        formula_words: a formula in words, given its indicator and those beside it.
    """
    words = _Words(label_of_column, label_of_code, formula_words)
    before, after = list(words.entries(a)), list(words.entries(b))
    pairs = _matched(before, after)
    partners = {id(old): new for old, new in pairs}
    taken = {id(new) for _, new in pairs}
    found = [difference for old in before for difference in _between(old, partners.get(id(old)))]
    return found + [difference for new in after if id(new) not in taken for difference in _between(None, new)]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing that a standard says: its aspects in words, and what it may be known by, the surest first."""

    part: str
    name: str
    aspects: Mapping[str, str]
    known_by: tuple[Hashable, ...]


def _matched(before: list[_Entry], after: list[_Entry]) -> list[tuple[_Entry, _Entry]]:
    """The entries of both that are about the same thing, each at most once."""
    pairs: list[tuple[_Entry, _Entry]] = []
    left, right = list(before), list(after)
    for sureness in range(max((len(entry.known_by) for entry in (*before, *after)), default=0)):
        waiting: dict[Hashable, list[_Entry]] = {}
        for entry in right:
            if sureness < len(entry.known_by):
                waiting.setdefault(entry.known_by[sureness], []).append(entry)
        for entry in list(left):
            partners = waiting.get(entry.known_by[sureness], []) if sureness < len(entry.known_by) else []
            if partners:
                partner = partners.pop(0)
                pairs.append((entry, partner))
                left.remove(entry)
                right.remove(partner)
    return pairs


def _between(old: _Entry | None, new: _Entry | None) -> Iterator[Difference]:
    if old is None or new is None:
        entry = old or new
        if entry is not None:
            said = "\n".join(f"{aspect} {words}" if aspect else words for aspect, words in entry.aspects.items())
            yield Difference(entry.part, entry.name, "", *((said, ABSENT) if old else (ABSENT, said)))
        return
    name = old.name if old.name == new.name else f"{old.name} / {new.name}"
    for aspect in [*old.aspects, *(aspect for aspect in new.aspects if aspect not in old.aspects)]:
        was, now = old.aspects.get(aspect, ABSENT), new.aspects.get(aspect, ABSENT)
        if was != now:
            yield Difference(old.part, name, aspect, was, now)


class _Words:
    """Everything a standard asks as entries."""

    def __init__(
        self, label_of_column: ColumnLabel, label_of_code: CodeLabel, formula_words: FormulaWords | None
    ) -> None:
        self.label_of_column, self.label_of_code = label_of_column, label_of_code
        self.formula_words = formula_words or self._formula

    def entries(self, standard: Standard) -> Iterator[_Entry]:
        yield from self._rules(standard)
        for name, indicator in standard.resources.items():
            yield self._indicator(name, RESOURCES, "", indicator, standard.resources, standard)
        for name, part in standard.parts():
            yield from self._part(name, part, standard)
        for name, relaxation in standard.relaxations.items():
            yield _Entry("可选宽限", relaxation.label.zh, {"": name}, (("relaxations", name),))

    def _rules(self, standard: Standard) -> Iterator[_Entry]:
        yield _rule("名称", standard.label.zh)
        force = standard.in_force
        until = f"，至 {force.ends} 止" if force.ends else ""
        yield _rule("有效期", f"自 {force.since} 起{until}")
        yield _rule("学段", "、".join(STAGES[stage] for stage in standard.stages) or ABSENT)
        for entry in standard.leave_out:
            where = condition_in_words(entry.where, self.label_of_column, self.label_of_code)
            yield _Entry(RULES, f"不计入·{entry.label.zh}", {"": where}, (("leave_out", where),))
        if standard.split:
            weights = "：".join(f"{STAGES[stage]} {weight}" for stage, weight in standard.split.weights.items())
            named = [
                standard.resources[name].label.zh for name in standard.split.indicators if name in standard.resources
            ]
            yield _rule("学段分摊", f"{weights}；{'、'.join(named)}")
        yield _rule("校区", _campuses(standard.campuses))
        yield _rule("比较", _compare(standard.compare))
        if standard.school_rule:
            yield _rule("学校达标规则", school_rule_in_words(standard.school_rule, len(standard.counted())))
        if standard.balance_rule:
            yield _rule("差异系数规则", _balance_rule(standard.balance_rule))
            if standard.balance_rule.limits:
                yield _rule("综合差异系数", _dated(standard, standard.balance_rule.limits, _cv_limits))

    def _part(self, name: str, part: ItemPart, standard: Standard) -> Iterator[_Entry]:
        title = part.label.zh
        if part.rule == "score":
            marks = _dated(standard, part.pass_score, lambda score: f"≥ {score.at_least}") or "合格分未见"
            total = "满分未见" if part.total is None else f"满分 {part.total}"
            yield _Entry(title, "合格分", {"": f"{marks}（{total}）"}, ((name, "pass_score"),))
        yield _Entry(title, "判定方式", {"": "；".join(self._part_rule(part))}, ((name, "rule"),))
        for branch_name, branch in part.groups.items():
            points = "" if branch.points is None else f"{branch.points} 分"
            said = {"分值": points, "内容": "有的未见" if branch.not_seen else ""}
            known = {aspect: words for aspect, words in said.items() if words}
            if known:
                yield _Entry(title, branch.label.zh, known, ((name, "group", branch_name),))
        for item_name, item in part.items.items():
            said = {
                "判定": _item(item),
                "所属": "／".join(branch.label.zh for branch in part.path(item)),
                "扣分": "；".join(_deductions(item)),
                "佐证材料": "、".join(label.zh for label in item.evidence),
            }
            aspects = {aspect: words for aspect, words in said.items() if words}
            yield _Entry(title, item.label.zh, aspects, ((name, item_name), (name, "label", item.label.zh)))
            for check_name, check in item.checks.items():
                yield self._indicator(check_name, title, f"{item.label.zh}·", check, item.checks, standard)

    def _part_rule(self, part: ItemPart) -> Iterator[str]:
        """How the items decide, and what people may find."""
        yield "计分" if part.rule == "score" else "全部达到"
        yield "认定结论：" + "、".join(self.label_of_code("finding", code) for code in part.findings)
        if part.rescale:
            yield "不适用的事项不计分，其余折算"
        if part.plans:
            yield "未达到的事项须写整改措施"
        if part.not_seen:
            yield f"另有 {part.not_seen} 项的内容未见"

    def _indicator(
        self,
        name: str,
        part: str,
        of: str,
        indicator: Indicator,
        siblings: Mapping[str, Indicator],
        standard: Standard,
    ) -> _Entry:
        def limits(threshold: Threshold) -> str:
            return threshold_in_words(threshold, indicator.unit, self.label_of_column, self.label_of_code)

        aspects = {
            "要求": _dated(standard, indicator.thresholds, limits),
            "差异系数": _dated(standard, indicator.balance, _cv_limits),
            "分值": "" if indicator.points is None else f"{indicator.points} 分",
            "口径": self.formula_words(indicator, siblings),
        }
        where = "resources" if part == RESOURCES else "checks"
        formula = indicator.formula
        summed = (formula.amount.model_dump_json(), formula.base.model_dump_json(), "、".join(formula.of))
        computed = (where, indicator.level, formula.kind, *summed)
        rows = condition_in_words(formula.where)
        said = {aspect: words for aspect, words in aspects.items() if words}
        return _Entry(part, f"{of}{indicator.label.zh}", said, ((where, name), (*computed, rows), computed))

    def _formula(self, indicator: Indicator, _siblings: Mapping[str, Indicator]) -> str:
        formula = indicator.formula
        parts = [formula.kind]
        for title, amount in (("数量", formula.amount), ("基数", formula.base)):
            if amount.columns():
                parts.append(f"{title} {amount_in_words(amount, self.label_of_column, self.label_of_code)}")
        parts += [f"{title} {value}" for title, value in _settings(indicator) if value]
        if formula.where:
            parts.append(f"限{condition_in_words(formula.where, self.label_of_column, self.label_of_code)}")
        return "；".join(parts)


def _rule(name: str, words: str) -> _Entry:
    return _Entry(RULES, name, {"": words}, (("rule", name),))


def _dated(standard: Standard, entries: tuple[Entry, ...], words: Callable[[Entry], str]) -> str:
    """What is asked; with the day from which, where that is not the day of the whole standard."""
    if len(entries) == 1 and entries[0].since == standard.in_force.since and entries[0].ends is None:
        return words(entries[0])
    said = (f"自 {entry.since}{f' 至 {entry.ends}' if entry.ends else ''}：{words(entry)}" for entry in entries)
    return "；".join(said)


def _cv_limits(limit: BalanceLimit) -> str:
    entries = [(STAGES[stage], limit.limit(stage)) for stage in ("primary", "junior")]
    return "；".join(f"{stage} ≤ {value}" for stage, value in entries if value is not None)


def _settings(indicator: Indicator) -> Iterator[tuple[str, str]]:
    formula = indicator.formula
    yield "计算到", LEVELS[indicator.level]
    yield "倍数", "" if formula.scale == 1 else str(formula.scale)
    yield "每", "" if formula.per is None else f"{formula.per} 个班"
    yield "下限", "" if formula.floor is None else f"{formula.floor} 人"
    yield "年数", "" if formula.years is None else str(formula.years)
    yield "各年", "" if formula.span == "each" else SPANS[formula.span]
    yield "汇总", ROWS.get(formula.over, formula.over)
    yield "子项", "、".join(formula.of)
    yield "至少", "" if formula.count is None else f"{formula.count} 项"


def _campuses(campuses: Campuses) -> str:
    if campuses.mode == "merged":
        return "并入主校区判定"
    merged = f"，不足 {campuses.at_least} 人的并入主校区" if campuses.at_least else ""
    return f"分别判定{merged}"


def _compare(compare: Compare) -> str:
    return "按不取舍的值比较" if compare.mode == "exact" else f"按保留 {compare.digits or 0} 位小数的值比较"


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
    may_not = "，可认定为不适用" if item.may_not_apply else ""
    return "和".join(ways) + points + may_not + since + until


def _deductions(item: Item) -> Iterator[str]:
    for deduction in item.deductions:
        check = item.checks[deduction.check]
        yield f"{check.label.zh}{deduction_in_words(deduction, check.unit)}"
