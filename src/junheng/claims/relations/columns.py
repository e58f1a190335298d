"""A table as the relations read it: what its columns hold, by their heads, and what its cells stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from junheng.claims.agree import Agreement, Estimate, agreement
from junheng.claims.grids import Grid, GridCell
from junheng.claims.numerals import Form, Numeral
from junheng.claims.roles import EACH, Each
from junheng.claims.terms import terms


class Meaning(StrEnum):
    """What a column's figures are among the others."""

    PLAIN = "plain"
    SUM = "sum"  # 合计
    EACH = "each"  # 生均, 班额
    RATIO = "ratio"  # 师生比
    SHARE = "share"  # 占比
    GROWTH = "growth"  # 增长率
    CHANGE = "change"  # 增减
    OTHER = "other"  # rates, ranks, remarks


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its head.

    Attributes:
        words: its heads without units, from the top down; ``lowest`` the last of them.
        unit: as printed in the head or the caption, scale word included; ``scale`` what that word multiplies by.
        concept, facets, rest: what the words name (``terms.Named``); of an average, what it is an average of.
        ratio: concepts over concepts, for a ratio.
        relation, formula: of the claims about it.
    """

    words: str
    lowest: str
    unit: str
    scale: int
    meaning: Meaning
    concept: str
    facets: frozenset[str]
    rest: str
    each: Each | None = None
    ratio: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    relation: str = ""
    formula: str = "÷"


@dataclass(frozen=True, eq=False)
class Table:
    """A grid and its columns. Rows and columns count from 0, heads left out."""

    grid: Grid
    columns: tuple[Column, ...]

    def cell(self, row: int, column: int) -> GridCell:
        """A cell that is there."""
        found = self.grid.body[row][column]
        if found is None:
            raise LookupError(f"no cell at {row}, {column}")
        return found

    def numeral(self, row: int, column: int) -> Numeral | None:
        """The number of a cell as it is compared, of a ratio its larger side; None for words, blanks and masks."""
        found = self.grid.body[row][column]
        numeral = None if found is None else found.numeral
        if numeral is None or numeral.value is None:
            return None
        if numeral.form is Form.RATIO:
            return replace(numeral, form=Form.PLAIN, value=numeral.right if numeral.left == 1 else numeral.left)
        return numeral

    def masked(self, row: int, column: int) -> bool:
        """Whether a cell holds a number that may not be read."""
        found = self.grid.body[row][column]
        return found is not None and found.numeral is not None and found.numeral.value is None

    def estimate(self, row: int, column: int) -> Estimate | None:
        """What a cell may stand for in its base unit; None where it has no number. Whole numbers are exact."""
        numeral = self.numeral(row, column)
        if numeral is None or numeral.value is None:
            return None
        scale = self.columns[column].scale
        half = Fraction(0) if numeral.step >= 1 and scale == 1 else numeral.step / 2
        return Estimate(numeral.value - half, numeral.value, numeral.value + half).times(scale)

    def named(self, concept: str) -> list[int]:
        """The columns that state, or add up, how much there is of a concept."""
        stated = (Meaning.PLAIN, Meaning.SUM)
        return [index for index, one in enumerate(self.columns) if one.meaning in stated and one.concept == concept]

    def stated_before(self, column: int) -> list[int]:
        """The columns of stated figures to the left of one."""
        return [index for index in range(column) if self.columns[index].meaning is Meaning.PLAIN]


Place = tuple[Table, int, int]


@dataclass(frozen=True, slots=True)
class Check:
    """One cell with what it should be.

    Attributes:
        actual: in the cell's own unit.
        inputs: cells in the order the formula names them.
        doubtful: a cell that differs may be right all the same.
    """

    row: int
    column: int
    actual: Estimate
    inputs: tuple[Place, ...]
    relation: str
    formula: str
    doubtful: bool = False

    def agreement(self, table: Table) -> Agreement:
        """How the cell relates to what it should be; only cells with numbers are checked."""
        numeral = table.numeral(self.row, self.column)
        if numeral is None:
            raise LookupError(f"no number at {self.row}, {self.column}")
        return agreement(numeral, self.actual)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to recompute a row or column.

    Attributes:
        sure: the words say so; otherwise the cells that agree must.
    """

    checks: tuple[Check, ...]
    sure: bool


_UNIT = re.compile(r"[(（](?:单位:?)?(?P<unit>[^()（）]{1,8})[)）]")
_CAPTION_UNIT = re.compile(r"单位:\s*(?P<unit>[^()、,;\s]+)(?P<more>[、,])?")
_SUM = re.compile(r"合计|总计|小计|共计|总和")
_SHARE = re.compile(r"占比|比重|所占|百分比|占[^,]{1,8}比|占[^,]*%|比例")
_GROWTH = re.compile(r"增长率|增幅|增速|降幅|增长(?:\(?%|$)|同比")
_CHANGE = re.compile(r"增减|增加|减少|净增|变化")
_RATE = re.compile(r"率$|得分|分值|名次|等级|备注|达标|系数|标准|单价|均价|平均|最[大小高低多少]")
_PER_CLASS = Each(("classes",))
_TEACHERS = ("full_time_teachers", "teachers", "staff")
_RATIOS = (
    (re.compile(r"师生比|生师比|师生之比"), ((("pupils",), _TEACHERS),)),
    (re.compile(r"生机比|机生比|人机比"), ((("pupils",), ("computers",)),)),
    (re.compile(r"师机比"), ((_TEACHERS, ("computers",)), (("computers",), _TEACHERS))),
    (re.compile(r"班师比|师班比"), ((_TEACHERS, ("classes",)),)),
)


def table_of(grid: Grid) -> Table:
    """A grid with its heads read."""
    columns = [_column(heads, grid.caption) for heads in grid.heads]
    for index, one in enumerate(columns):
        if one.meaning is Meaning.SUM and not one.concept:
            columns[index] = _of_neighbours(one, columns[max(0, index - 2) : index] or columns[index + 1 : index + 3])
    return Table(grid, tuple(columns))


def _of_neighbours(total: Column, parts: Sequence[Column]) -> Column:
    """A bare 合计 counts what the columns beside it count: 男生, 女生, 合计."""
    if len({part.concept for part in parts}) != 1 or any(part.meaning is not Meaning.PLAIN for part in parts):
        return total
    return replace(total, concept=parts[0].concept, facets=frozenset.intersection(*(part.facets for part in parts)))


def _column(heads: Sequence[str], caption: str) -> Column:
    words = "".join(_UNIT.sub("", head) for head in heads)
    lowest = _UNIT.sub("", heads[-1]) if heads else ""
    printed = next((found["unit"] for head in reversed(heads) if (found := _UNIT.search(head))), "")
    if not printed and (found := _CAPTION_UNIT.search(caption)) and not found["more"]:
        printed = found["unit"]
    scale = {"万": 10_000, "亿": 100_000_000, "千": 1000, "百": 100}.get(printed[:1], 1)
    each = next((one for pattern, one in EACH if pattern.search(words)), None)
    if each is None and re.search(r"班额|班级规模", words):
        each = _PER_CLASS
    named = terms().named(re.sub(r"(?:生|班|校|师|人)均|每百名?学生|平均|班额", "", words) if each else words)
    concept = named.concept
    if each is _PER_CLASS or (each is not None and each.of == ("classes",) and not concept):
        concept = concept or "pupils"
    if each is not None and concept in each.of:
        concept = next((other for other in reversed(named.others) if other not in each.of), "")
    meaning, relation, formula, ratio = _meaning(words, lowest, printed, each)
    return Column(
        words, lowest, printed, scale, meaning, concept, named.facets, named.rest, each, ratio, relation, formula
    )


def _meaning(
    words: str, lowest: str, unit: str, each: Each | None
) -> tuple[Meaning, str, str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    for pattern, ratio in _RATIOS:
        if pattern.search(words):
            return Meaning.RATIO, "ratio", "÷", ratio
    if each is not None:
        return Meaning.EACH, "each", "÷", ()
    if _GROWTH.search(words) and (unit in ("%", "") or "率" in words):
        return Meaning.GROWTH, "growth", "growth", ()
    if _SHARE.search(words):
        return Meaning.SHARE, "share", "÷", ()
    if _CHANGE.search(lowest):
        return Meaning.CHANGE, "difference", "−", ()
    if _RATE.search(words) or unit == "%":
        return Meaning.OTHER, "", "", ()
    if _SUM.search(words):
        return Meaning.SUM, "total", "+", ()
    return Meaning.PLAIN, "", "", ()
