"""Limits, conditions and amounts in Chinese words. What columns and codes are called is the caller's to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from junheng.standards.model import Amount, Condition, Graded, Limit, Operator, Range, Term, Threshold

ColumnLabel = Callable[[str], str]
CodeLabel = Callable[[str, str], str]
SIGNS: dict[Operator, str] = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<"}
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
    """``小学 ≥ 4.2；初中 ≥ 5.3``; limits for certain rows say which: ``城乡分类为城区的 ≥ 15，其余 ≥ 20``."""

    def words(limits: tuple[Limit, ...]) -> Iterable[str]:
        for limit in limits:
            said = limit_in_words(limit, unit, label_of_column)
            if limit.where:
                yield f"{condition_in_words(limit.where, label_of_column, label_of_code)}的 {said}"
            else:
                yield f"其余 {said}" if len(limits) > 1 else said

    groups = (("小学 ", threshold.primary), ("初中 ", threshold.junior), ("", threshold.all))
    return "；".join(prefix + "，".join(words(limits)) for prefix, limits in groups if limits)


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


def quantity(value: Decimal, unit: str) -> str:
    """A number with its unit: ``85%``, ``4.5 ㎡``."""
    return f"{value}{unit}" if unit in ("", "%") else f"{value} {unit}"
