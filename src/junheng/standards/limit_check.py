"""Limits that cannot mean what their author meant: never reached, for nobody, or a hundred times too small."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from junheng.base.terms import Stage
from junheng.standards.indicator import Indicator
from junheng.standards.limit import Graded, Limit, Threshold
from junheng.standards.model import Standard

Finding = tuple[str, str]


def limits_in_vain(standard: Standard) -> Iterator[Finding]:
    """Limits that no school is ever held against, and shares written as fractions: errors."""
    for name, indicator in standard.indicators():
        for threshold in indicator.thresholds:
            place = f"{name}[{threshold.since}]"
            for limits in (threshold.primary, threshold.junior, threshold.all):
                yield from ((place, message) for message in _after_the_rest(limits))
            if indicator.unit == "%":
                yield from ((place, message) for message in _fractions(threshold))


def _after_the_rest(limits: tuple[Limit, ...]) -> Iterator[str]:
    rest = next((number for number, limit in enumerate(limits) if not limit.where), len(limits))
    if rest < len(limits) - 1:
        yield (
            "不带 where 的限值（其余）之后还有限值，永远用不到：限值按顺序取第一条相符的，"
            "请把带 where 的写在前面，其余写在最后"
        )


def _fractions(threshold: Threshold) -> Iterator[str]:
    """30% is written "30": the value of a share is in per cent."""
    printed = threshold.source.printed.replace("％", "%")
    for limit in (*threshold.primary, *threshold.junior, *threshold.all):
        if isinstance(limit.value, Decimal) and 0 < limit.value < 1:
            percent = f"{(limit.value * 100).normalize():f}"
            if f"{percent}%" in printed:
                yield f'百分比指标的限值按百分数写：原文 {percent}% 应写 "{percent}"，不写 "{limit.value}"'


def limits_lacking(standard: Standard) -> Iterator[Finding]:
    """Stages, rows and days for which an indicator has no limit, so that they cannot be judged: notes."""
    for name, indicator in standard.resources.items():
        if not indicator.thresholds or indicator.formula.kind == "some_of":
            continue
        first = indicator.thresholds[0].since
        if first > standard.in_force.since:
            yield f"{name}[{first}]", f"自标准生效的 {standard.in_force.since} 到 {first} 没有限值，这段时间不能判定"
        for threshold in indicator.thresholds:
            place = f"{name}[{threshold.since}]"
            for stage in _stages(standard, indicator):
                limits, called = threshold.limits(stage), Stage(stage).zh
                if not limits:
                    yield place, f"没有{called}的限值：{called}学校这一项无法判定；值未见请写 not_found: true"
                elif all(limit.where for limit in limits) and not _covers(limits):
                    yield place, f"{called}的限值都带条件，没有写其余学校的：条件都不符的学校这一项无法判定"


def _stages(standard: Standard, indicator: Indicator) -> Iterator[str]:
    """The stages that an indicator concerns."""
    wanted = indicator.formula.where.get("stage")
    for stage in standard.stages:
        if not isinstance(wanted, tuple) or stage in wanted:
            yield stage


def _covers(limits: tuple[Limit, ...]) -> bool:
    """Whether conditions on one yes/no column name both answers; other sets of conditions are not searched."""
    answers = [limit.where for limit in limits]
    columns = {column for where in answers for column in where}
    if len(columns) != 1 or any(isinstance(limit.value, Graded) for limit in limits):
        return False
    column = columns.pop()
    return {where.get(column) for where in answers if isinstance(where.get(column), bool)} == {True, False}
