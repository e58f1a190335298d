"""Conditions that no row can meet, for they name a code that a column does not have: nobody would hear of them."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.indicators.rows import DERIVED
from junheng.standards.formula import Amount, Condition, Range
from junheng.standards.model import Standard
from junheng.tables.model import Column, ColumnType, Tables


def condition_problems(standard: Standard, tables: Tables) -> Iterator[tuple[str, str]]:
    """Place and message of every condition that asks of a column what its values cannot be."""
    filed = {name: column for table in tables.tables.values() for name, column in table.columns.items()}
    for place, condition in _conditions(standard):
        for name, wanted in condition.items():
            if name in filed:
                message = _problem(filed[name], wanted)
            else:
                message = "" if name not in DERIVED or isinstance(wanted, Range) else f"{name} 是数，须写范围"
            if message:
                yield place, message


def _problem(column: Column, wanted: bool | Range | tuple[str, ...]) -> str:
    name = f"{column.name}（{column.label.zh}）"
    if column.type is ColumnType.FLAG:
        return "" if isinstance(wanted, bool) else f"条件 {name} 只能写 true 或 false"
    if column.codes is not None:
        unknown = (
            [wanted] if not isinstance(wanted, tuple) else [code for code in wanted if code not in column.codes.codes]
        )
        listed = "、".join(f"{code}（{entry.label.zh}）" for code, entry in column.codes.codes.items())
        return f"条件 {name} 没有代码 {unknown[0]}，只能写：{listed}" if unknown else ""
    if column.type in (ColumnType.COUNT, ColumnType.DECIMAL, ColumnType.YEAR) and not isinstance(wanted, Range):
        return f'条件 {name} 是数，须写范围，如 {{at_least: "6"}}'
    return ""


def _conditions(standard: Standard) -> Iterator[tuple[str, Condition]]:
    for index, entry in enumerate(standard.leave_out):
        yield f"leave_out[{index}]", entry.where
    yield "campuses", standard.campuses.merge
    for name, indicator in standard.indicators():
        formula = indicator.formula
        yield name, formula.where
        yield from ((name, condition) for condition in _of_amount(formula.amount))
        yield from ((name, condition) for condition in _of_amount(formula.base))
        for threshold in indicator.thresholds:
            place = f"{name}[{threshold.since}]"
            yield from ((place, limit.where) for limit in (*threshold.primary, *threshold.junior, *threshold.all))
    for name, relaxation in standard.relaxations.items():
        for change in relaxation.changes.values():
            yield from ((f"relaxations.{name}", condition) for condition in _of_amount(change.add))
            yield from ((f"relaxations.{name}", limit.where) for limit in change.limits)


def _of_amount(amount: Amount) -> Iterator[Condition]:
    yield from (term.where for term in (*amount.all, *amount.primary, *amount.junior))
