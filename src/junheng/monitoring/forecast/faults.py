"""What can stand in the way of a forecast."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.base.errors import JunhengError


class NoHistoryError(JunhengError):
    """A forecast needs at least two school years."""

    code = "JH-N010"
    zh = "{name} 只有这些学年的学段情况：{years}。预测至少要连续两个学年的在校生数，请补上以前学年的“学段情况”再试。"
    en = "{name} has stages of {years} only; a forecast takes pupils of at least two school years in a row."


class ForecastInputsRefusedError(JunhengError):
    """The tables of entrants, births, migration or closures have errors."""

    code = "JH-N011"
    zh = "{name} 有 {count} 处错误，没有预测：{shown}"
    en = "{name} has {count} errors; nothing was forecast: {shown}"

    def __init__(self, *, name: str, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        more = f"……共 {len(lines)} 处" if len(lines) > 8 else ""
        super().__init__(name=name, count=len(lines), shown="；".join(lines[:8]) + more)


class HorizonError(JunhengError):
    """So many years ahead are not forecast."""

    code = "JH-N012"
    zh = "预测年数要在 1～{most} 之间，这里是 {years}。更远的入学人数还没有出生，数据说不出什么。"
    en = "A forecast reaches 1 to {most} years, not {years}: beyond that the entrants are not yet born."


class TooShortToTestError(JunhengError):
    """There are too few school years to hold any back."""

    code = "JH-N013"
    zh = (
        "{name} 只有 {count} 个学年（{years}），留出一年检验后不够两年，不能回测。"
        "请补上以前学年的数据，或用全国库回测。"
    )
    en = "{name} has {count} school years ({years}): too few to hold one back. Add earlier years to back-test."
