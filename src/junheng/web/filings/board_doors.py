"""Every figure of the board as a door to the filings that it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from junheng.web.filings.board_selectors import STANDINGS, Board, Progress


@dataclass(frozen=True, slots=True)
class Door:
    """A count and the list behind it."""

    count: int
    href: str


@dataclass(frozen=True)
class Line:
    """One line of the board, ready to be shown."""

    progress: Progress
    href: str
    standings: tuple[Door, ...]
    total: Door
    late: Door
    filed: Door


def line_of(progress: Progress, board: Board, county: str) -> Line:
    """The line with its doors; the line of all narrows nothing."""
    where = {"year": str(board.year), "county": county}
    if progress.key:
        where["town" if county or len(board.counties) == 1 else "county"] = progress.key

    def door(count: int, **wanted: str) -> Door:
        return Door(count, _address({**where, **wanted}))

    return Line(
        progress,
        _address(where),
        tuple(door(progress.counts[key], standing=key) for key in STANDINGS),
        door(progress.total),
        door(progress.late, late="on"),
        door(progress.filed, standing="filed"),
    )


def _address(wanted: Mapping[str, str]) -> str:
    return f"?{urlencode({name: value for name, value in wanted.items() if value})}#rows"
