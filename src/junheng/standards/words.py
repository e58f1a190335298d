"""Limits, conditions and amounts in Chinese words. What columns and codes are called is the caller's to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from junheng.base.exact import plain
from junheng.standards.formula import Amount, Condition, Range, Term
from junheng.standards.indicator import Indicator
from junheng.standards.item import Deduction
from junheng.standards.limit import Graded, Limit, Operator, Threshold
from junheng.standards.model import SchoolRule

ColumnLabel = Callable[[str], str]
CodeLabel = Callable[[str, str], str]
SIGNS: dict[Operator, str] = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<"}
SPANS = {"each": "中最低", "mean": "平均"}  # said after 近 3 年
PURPOSES = {"evaluation": "评估标准", "gate": "办学基本标准", "checklist": "工作清单"}
CONFIDENCE = {"seen": "已见原文", "inferred": "推断", "general": "一般了解"}
STAGES = {"primary": "小学", "junior": "初中", "senior": "高中"}


def column_as_it_is(column: str) -> str:
    return column


def code_as_it_is(_column: str, code: str) -> str:
    return code


def limit_in_words(limit: Limit, unit: str = "", label_of_column: ColumnLabel = column_as_it_is) -> str:
    """``≥ 4.2 人/百名学生``; a graded limit says its points; one whose value was not found says so."""
    if limit.operator is None or limit.value is None:
        return "值未见"
    sign = SIGNS[limit.operator]
    if isinstance(limit.value, Graded):
        points = "，".join(f"{at} 为 {quantity(value, unit)}" for at, value in limit.value.points.items())
        return f"{sign} 按{label_of_column(limit.value.by)}取值：{points}，其间按直线内插"
    return f"{sign} {quantity(limit.value, unit)}"


def threshold_in_words(
    threshold: Threshold,
    unit: str = "",
    label_of_column: ColumnLabel = column_as_it_is,
    label_of_code: CodeLabel = code_as_it_is,
) -> str:
    """``小学 ≥ 4.2；初中 ≥ 5.3``; see ``limits_in_words``."""
    groups = (("小学 ", threshold.primary), ("初中 ", threshold.junior), ("", threshold.all))
    return "；".join(
        prefix + limits_in_words(limits, unit, label_of_column, label_of_code) for prefix, limits in groups if limits
    )


def limits_in_words(
    limits: tuple[Limit, ...],
    unit: str = "",
    label_of_column: ColumnLabel = column_as_it_is,
    label_of_code: CodeLabel = code_as_it_is,
    between: str = "，",
) -> str:
    """The limits of one stage; those for certain rows say which: ``城乡分类为城区的 ≥ 15，其余 ≥ 20``."""

    def words() -> Iterable[str]:
        for limit in limits:
            said = limit_in_words(limit, unit, label_of_column)
            if limit.where:
                yield f"{condition_in_words(limit.where, label_of_column, label_of_code)}的 {said}"
            else:
                yield f"其余 {said}" if len(limits) > 1 else said

    return between.join(words())


def stages_not_found(indicator: Indicator) -> str | None:
    """The stages of which an indicator has a limit whose value was not found (值未见): ``初中``.

    Empty where stages do not differ, None where every value is known.
    """
    limits = {
        stage: any(limit.not_found for threshold in indicator.thresholds for limit in getattr(threshold, stage))
        for stage in ("all", "primary", "junior")
    }
    if limits.pop("all"):
        return ""
    return "、".join(STAGES[stage] for stage, open_ in limits.items() if open_) or None


def condition_in_words(
    condition: Condition,
    label_of_column: ColumnLabel = column_as_it_is,
    label_of_code: CodeLabel = code_as_it_is,
) -> str:
    """``办学类型为小学教学点、本校义务教育学生数 < 50``."""
    return "、".join(
        _wanted_in_words(column, label_of_column(column), wanted, label_of_code) for column, wanted in condition.items()
    )


def _wanted_in_words(column: str, label: str, wanted: bool | Range | tuple[str, ...], label_of_code: CodeLabel) -> str:
    if isinstance(wanted, bool):
        return f"{label}为“{'是' if wanted else '否'}”"
    if isinstance(wanted, Range):
        bounds = ((sign, getattr(wanted, name)) for name, sign in SIGNS.items())
        return f"{label} " + " 且 ".join(f"{sign} {bound}" for sign, bound in bounds if bound is not None)
    return f"{label}为" + "或".join(label_of_code(column, code) for code in wanted)


def amount_in_words(
    amount: Amount,
    label_of_column: ColumnLabel = column_as_it_is,
    label_of_code: CodeLabel = code_as_it_is,
) -> str:
    """``教学及辅助用房面积 − 室内体育用房面积``; by stage where the stages count different columns."""

    def words(terms: tuple[Term, ...]) -> str:
        text = ""
        for term in terms:
            sign = "−" if term.sign == -1 else "+"
            text += f" {sign} " if text else sign * (term.sign == -1)
            text += label_of_column(term.column)
            if term.where:
                text += f"（限{condition_in_words(term.where, label_of_column, label_of_code)}）"
        return text

    groups = (("小学：", amount.primary), ("初中：", amount.junior), ("", amount.all))
    return "；".join(prefix + words(terms) for prefix, terms in groups if terms)


def school_rule_in_words(rule: SchoolRule, counted: int) -> str:
    """``10 项中至少 8 项达标，其余不低于限值的 60%``; ``满分 100，合格线 60``; ``达标规则未见``.

    Args:
        counted: how many indicators the standard counts, without those whose content was not found.
    """
    if rule.score is not None:
        mark = "未见" if rule.score.at_least is None else f" {rule.score.at_least}"
        text = f"按 {counted} 项指标计分，满分 {rule.score.total}，合格线{mark}"
    elif rule.at_least is None:
        text = f"{counted} 项指标怎样决定学校是否达标未见"
    else:
        text = f"{counted + rule.not_seen} 项中至少 {rule.at_least} 项达标"
        if rule.rest is not None:
            text += f"，其余不低于限值的 {plain(rule.rest * 100)}%"
    if rule.not_seen:
        text += f"，{'其中' if rule.at_least is not None else '另有'} {rule.not_seen} 项的内容未见"
    if rule.grades:
        text += f"；结论称{'、'.join(grade.zh for grade in rule.grades.values())}"
    return text


_STEPS = {"started": "，不足一步按一步计", "full": "，不足一步不计", "part": "，不足一步按比例计"}


def deduction_in_words(deduction: Deduction, unit: str) -> str:
    """``每差 1 个百分点扣 1 分，不足一步不计``; ``未达到扣 2 分``; ``未达到不得分``."""
    if deduction.points is None:
        return "未达到不得分"
    if deduction.per is None:
        return f"未达到扣 {deduction.points} 分"
    step = f"{deduction.per} 个百分点" if unit == "%" else quantity(deduction.per, unit)
    return f"每差 {step}扣 {deduction.points} 分{_STEPS[deduction.steps]}"


def quantity(value: Decimal, unit: str) -> str:
    """A number with its unit: ``85%``, ``4.5 ㎡``."""
    return f"{value}{unit}" if unit in ("", "%") else f"{value} {unit}"
