"""Tables on a page of a PDF, from the lines ruled on it: cells lie between lines, and are merged where one is missing.

Geometry only. A table without ruled columns (三线表) is not one here: its rows are lines of text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from junheng.documents import limits
from junheng.documents.pdf_page import Rule

_NEAR = 3.0  # points between lines that are one: the two edges of a thick line, ends that do not quite meet


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of a grid: its place, counted from 0 at the top left, and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Grid:
    """A table's lines.

    Attributes:
        xs: of its upright lines, from the left; points.
        ys: of its level lines, from the top down; points from the bottom of the page.
        areas: the cells in reading order.
        owner: row and column between neighbouring lines → number of the area there.
    """

    xs: Sequence[float]
    ys: Sequence[float]
    areas: Sequence[Area]
    owner: Sequence[Sequence[int]]

    def area_at(self, x: float, y: float) -> int | None:
        """Number of the cell that holds a point; None outside the table."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, -y, key=lambda height: -height) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None

    def width(self, area: Area) -> float:
        """Of a cell, in points."""
        return self.xs[area.column + area.columns] - self.xs[area.column]


def grids(level: Sequence[Rule], upright: Sequence[Rule]) -> list[Grid]:
    """The tables that these lines make, each of two columns at least."""
    level, upright = _whole(level), _whole(upright)
    if len(level) + len(upright) > limits.TABLE_LINES:
        return []
    found = []
    for across, down in _crossing(level, upright):
        ys = _merged([rule.at for rule in across] + [end for rule in down for end in (rule.low, rule.high)])
        xs = _merged([rule.at for rule in down] + [end for rule in across for end in (rule.low, rule.high)])
        if len(xs) > 2 and len(ys) > 1:
            found.append(_grid(xs, ys[::-1], across, down))
    return [grid for grid in found if len(grid.areas) > 1]


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """The lines without what is drawn twice, and those whole that are drawn cell by cell."""
    whole: list[Rule] = []
    for at, group in _lines_at(rules):
        low, high = group[0].low, group[0].high
        for rule in group[1:]:
            if rule.low > high + _NEAR:
                whole.append(Rule(at, low, high))
                low, high = rule.low, rule.high
            high = max(high, rule.high)
        whole.append(Rule(at, low, high))
    return whole


def _lines_at(rules: Sequence[Rule]) -> Iterator[tuple[float, list[Rule]]]:
    """The rules that lie on one straight line, in order along it."""
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if group and rule.at - group[0].at > _NEAR / 2:
            yield group[0].at, sorted(group, key=lambda rule: rule.low)
            group = []
        group.append(rule)
    if group:
        yield group[0].at, sorted(group, key=lambda rule: rule.low)


def _crossing(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that hang together, by touching."""
    free_across, free_down = list(level), list(upright)
    while free_down:
        across: list[Rule] = []
        down = [free_down.pop()]
        todo: list[tuple[Rule, bool]] = [(down[0], True)]
        while todo:
            line, is_upright = todo.pop()
            free, taken = (free_across, across) if is_upright else (free_down, down)
            touching = [other for other in free if _touch(other, line)]
            if touching:
                free[:] = [other for other in free if not _touch(other, line)]
                taken += touching
                todo += [(other, not is_upright) for other in touching]
        if across:
            yield across, down


def _touch(one: Rule, other: Rule) -> bool:
    """Whether a level and an upright line meet."""
    return one.low - _NEAR <= other.at <= one.high + _NEAR and other.low - _NEAR <= one.at <= other.high + _NEAR


def _merged(values: list[float]) -> list[float]:
    """The values in order, of those that lie together only the middle."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0] + group[-1]) / 2 for group in groups]


def _grid(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> Grid:
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[-1] * columns for _ in range(rows)]
    areas: list[Area] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            width = 1
            while (
                column + width < columns
                and owner[row][column + width] < 0
                and not _ruled(down, xs[column + width], (ys[row] + ys[row + 1]) / 2)
            ):
                width += 1
            height = 1
            while row + height < rows and not any(
                _ruled(across, ys[row + height], (xs[at] + xs[at + 1]) / 2) for at in range(column, column + width)
            ):
                height += 1
            for y in range(row, row + height):
                for x in range(column, column + width):
                    owner[y][x] = len(areas)
            areas.append(Area(row, column, height, width))
    return Grid(xs, ys, areas, owner)


def _ruled(rules: Sequence[Rule], at: float, through: float) -> bool:
    """Whether one of the lines at a place reaches past a point of it."""
    return any(abs(rule.at - at) <= 2 * _NEAR and rule.low <= through <= rule.high for rule in rules)
