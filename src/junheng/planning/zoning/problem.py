"""The zoning problem in numbers: who is to be placed, where seats are, what each placing costs. All of it whole."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Owner = Ints  # (groups,): the unit that each group goes to; −1 while it goes nowhere

NEVER = -1  # in ``cost``: this group cannot go to that unit


@dataclass(frozen=True)
class Unit:
    """The seats of one school in one stage.

    Attributes:
        home: the group whose block the school stands in.
        seats: classes × class size, held down by the room that the school's size leaves.
        least: pupils that must be placed for the least use.
        entry_seats: entry classes × class size; None where the entry grade is not looked at.
    """

    home: int
    seats: int
    least: int = 0
    entry_seats: int | None = None


@dataclass(frozen=True)
class Problem:
    """Groups (a block in a stage) to units (a school in a stage).

    Every cost is a whole number of pupil-metres (pupil-seconds where ways are in minutes), so the value of a plan is
    exact and two plans can be told apart.

    Attributes:
        pupils, entry: (groups,) pupils, and those in the entry grade (0 where that is not looked at).
        neighbours: by group, the groups that touch it; groups of different stages never do.
        cost: (groups, units) of placing a whole group, ``NEVER`` where it cannot be.
        way: (groups, units) to school, in metres (seconds); it orders blocks by how near they are.
        over, short: (units,) cost of a pupil without a seat, and of one below the least use.
        sizes: schools whose stages share a limit of size: the units and the pupils there is room for.
    """

    pupils: Ints
    entry: Ints
    neighbours: tuple[tuple[int, ...], ...]
    units: tuple[Unit, ...]
    cost: Ints
    way: Ints
    over: Ints
    short: Ints
    sizes: tuple[tuple[tuple[int, ...], int], ...] = ()
    anchors: tuple[frozenset[int], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        near = tuple(frozenset((unit.home, *self.neighbours[unit.home])) for unit in self.units)
        object.__setattr__(self, "anchors", near)

    @property
    def groups(self) -> int:
        return len(self.pupils)

    def loads(self, owner: Owner) -> tuple[Ints, Ints]:
        """Pupils by unit, and those of the entry grade."""
        placed = owner >= 0
        return tuple(  # type: ignore[return-value]
            np.bincount(owner[placed], weights=what[placed], minlength=len(self.units)).astype(np.int64)
            for what in (self.pupils, self.entry)
        )

    def penalty(self, unit: int, load: int, entry: int) -> int:
        """What missing seats and unused ones cost at one unit."""
        own = self.units[unit]
        over = max(0, load - own.seats)
        if own.entry_seats is not None:
            over += max(0, entry - own.entry_seats)
        return int(self.over[unit]) * over + int(self.short[unit]) * max(0, own.least - load)

    def size_penalty(self, loads: Ints) -> int:
        """What schools beyond the size that their stages share cost."""
        return sum(
            int(self.over[units[0]]) * max(0, int(loads[list(units)].sum()) - room) for units, room in self.sizes
        )

    def value(self, owner: Owner) -> int:
        """The objective of a whole assignment, exactly."""
        loads, entry = self.loads(owner)
        own = int(self.cost[np.arange(self.groups), owner].sum())
        penalties = sum(self.penalty(u, int(loads[u]), int(entry[u])) for u in range(len(self.units)))
        return own + penalties + self.size_penalty(loads)
