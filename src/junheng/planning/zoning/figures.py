"""What a zoning means for schools and children: loads, classes, ways, changes. The same figures for any zoning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from junheng.base.terms import Label, Stage
from junheng.planning.zoning.check import Missing
from junheng.planning.zoning.problem import NEVER, Ints
from junheng.planning.zoning.rules import large_class
from junheng.planning.zoning.statement import cap, class_size, entry_seats, others
from junheng.planning.zoning.town import Row, Town

Schools = Mapping[str, Sequence[int]]  # by stage, the school of each block; −1 where it is not known


@dataclass(frozen=True)
class Facts:
    """A zoning in its town: the stages planned, the schools that take pupils, who goes where."""

    town: Town
    open_schools: frozenset[int]
    schools: Schools

    def rows(self) -> list[dict[str, object]]:
        """A row per stage and open school."""
        return [
            self._row(stage, school)
            for stage in self.schools
            for school in sorted(self.open_schools)
            if (stage, school) in self.town.seats
        ]

    def missing(self) -> Missing:
        """What lacks, by what it lacks of."""
        rows = self.rows()
        size: dict[object, int] = {}
        for row in rows:
            size[row["school_code"]] = max(size.get(row["school_code"], 0), _whole(row["over_school_cap"]))
        seats, entry = (sum(_whole(row[name]) for row in rows) for name in ("missing_seats", "missing_entry_seats"))
        return Missing(seats, entry, sum(size.values()))

    def _row(self, stage: str, school: int) -> dict[str, object]:
        town, rule, row = self.town, self.town.rules[stage], self.town.seats[stage, school]
        zone = [block for block, own in enumerate(self.schools[stage]) if own == school]
        pupils = sum(_pupils(town, stage, block) for block in zone)
        ways = [(int(town.ways[stage][block, school]), _pupils(town, stage, block)) for block in zone]
        size = class_size(rule, row)
        limit, besides = cap(town, school, rule), others(town, list(self.schools), school)
        classes = int(row["classes"])
        seats = max(0, min(classes * size, limit - besides))
        entry, entry_limit = self.load(stage, school, "entry_pupils"), entry_seats(town, stage, school)
        in_school = besides + sum(self.load(of, school) for of in self.schools if (of, school) in town.seats)
        return {
            "stage": stage,
            "school_code": town.schools[school]["school_code"],
            "school_name": town.schools[school]["school_name"],
            "blocks": len(zone),
            "pupils": pupils,
            "seats": seats,
            "missing_seats": max(0, pupils - seats),
            "entry_pupils": None if entry_limit is None else entry,
            "entry_seats": entry_limit,
            "missing_entry_seats": None if entry_limit is None else max(0, entry - entry_limit),
            "classes": classes,
            "classes_needed": ceil(pupils / size),
            "class_size": size,
            "largest_class": ceil(pupils / classes) if classes else None,
            "is_over_class_size": pupils > classes * size,
            "is_large_class": pupils > classes * (large_class() - 1),
            "share_of_seats": pupils / seats if seats else None,
            "in_school": in_school,
            "school_cap": limit,
            "over_school_cap": max(0, in_school - limit),
            "is_over_school_cap": in_school > limit,
            "mean_km": _mean_km(rule.in_minutes, ways),
            "max_km": None if rule.in_minutes or not ways else max(way for way, _ in ways) / 1000,
            "mean_way": _shown(rule.in_minutes, _mean(ways)),
            "max_way": _shown(rule.in_minutes, max((way for way, _ in ways), default=None)),
        }

    def load(self, stage: str, school: int, column: str = "pupils") -> int:
        owned = zip(self.town.pupils[stage], self.schools[stage], strict=True)
        return sum(int(row[column] or 0) for row, own in owned if own == school)

    def totals(self, stage: str) -> dict[str, object]:
        """Ways, nearness and change of one stage; what lacks there."""
        town, rule = self.town, self.town.rules[stage]
        rows = [row for row in self.rows() if row["stage"] == stage]
        ways: list[tuple[int, int]] = []
        near = moved_blocks = moved = split = beyond = known = 0
        for block, school in enumerate(map(int, self.schools[stage])):
            filed, pupils = town.pupils[stage][block], _pupils(town, stage, block)
            today = filed["school_code"]
            if school >= 0 and today is not None and today != town.schools[school]["school_code"]:
                moved_blocks += 1
                moved += pupils
                split += int(filed["siblings"] or 0)
            way = NEVER if school < 0 else int(town.ways[stage][block, school])
            if way == NEVER:
                continue
            known += pupils
            ways.append((way, pupils))
            near += pupils if way <= nearest_way(town, stage, block, self.open_schools) else 0
            beyond += pupils if rule.longest is not None and way > rule.longest else 0
        total = sum(way * pupils for way, pupils in ways)
        return {
            "stage": stage,
            "pupils": sum(_pupils(town, stage, block) for block in range(len(town.blocks))),
            "travel": total / (3600 if rule.in_minutes else 1000),
            "mean_way": _shown(rule.in_minutes, _mean(ways)),
            "max_way": _shown(rule.in_minutes, max((way for way, count in ways if count), default=None)),
            "nearest_pupils": near,
            "nearest_share": near / known if known else None,
            "missing_seats": sum(_whole(row["missing_seats"]) for row in rows),
            "missing_entry_seats": sum(_whole(row["missing_entry_seats"]) for row in rows),
            "schools_over": sum(bool(row["missing_seats"] or row["missing_entry_seats"]) for row in rows),
            "schools_with_large_classes": sum(bool(row["is_large_class"]) for row in rows),
            "schools_over_cap": sum(bool(row["is_over_school_cap"]) for row in rows),
            "broken_zones": sum(
                not _in_one_piece(town, self.schools[stage], school) for school in sorted(self.open_schools)
            ),
            "moved_blocks": moved_blocks,
            "moved_pupils": moved,
            "split_siblings": split,
            "beyond_longest": beyond,
        }


def why_no_today(town: Town, stages: Sequence[str]) -> Label | None:
    """Why the zones of today cannot be set beside a plan; None where they can."""
    for stage in stages:
        blank = [str(row["block_code"]) for row in town.pupils[stage] if row["school_code"] is None]
        if blank:
            return Label(
                f"{Stage(stage).zh}有 {len(blank)} 个地块没有填现划学校（{'、'.join(blank[:5])}），没有与现状比较。",
                f"{stage}: {len(blank)} blocks have no school of today ({', '.join(blank[:5])}): no comparison.",
            )
        taking = {str(row["school_code"]) for row in town.pupils[stage]}
        seated = {str(town.schools[school]["school_code"]) for of, school in town.seats if of == stage}
        names = {str(row["school_code"]): str(row["school_name"]) for row in town.schools}
        without = [names[code] for code in sorted(taking - seated)]
        if without:
            return Label(
                f"现划学校 {'、'.join(without)} 没有{Stage(stage).zh}的“学校学位”行，现状的学位算不出来，"
                "没有与现状比较。停办的学校也请填上原来的可编班数。",
                f"No row of seats for the schools of today {', '.join(without)} ({stage}): no comparison with today.",
            )
    return None


def today(town: Town, stages: Sequence[str]) -> Facts | None:
    """The zoning of today; None where it is not known (``why_no_today``)."""
    if why_no_today(town, stages) is not None:
        return None
    found: dict[str, list[int]] = {}
    for stage in stages:
        rows = [town.school(str(row["school_code"])) for row in town.pupils[stage]]
        found[stage] = [int(school) for school in rows if school is not None]
    taking = {school for schools in found.values() for school in schools}
    open_today = {number for number, row in enumerate(town.schools) if row["status"] in (None, "open")}
    return Facts(town, frozenset(taking | open_today), found)


def nearest(town: Town, stages: Sequence[str], open_schools: frozenset[int]) -> Facts:
    """Every block to the nearest school, as is often done: whether there are seats or not."""
    found: dict[str, list[int]] = {}
    for stage in stages:
        taking = [school for school in sorted(open_schools) if (stage, school) in town.seats]
        found[stage] = []
        for ways in town.ways[stage]:
            known = [(int(ways[school]), school) for school in taking if ways[school] != NEVER]
            found[stage].append(min(known)[1] if known else -1)
    return Facts(town, open_schools, found)


def nearest_way(town: Town, stage: str, block: int, open_schools: frozenset[int]) -> int:
    ways: Ints = town.ways[stage][block]
    known = [int(ways[school]) for school in open_schools if (stage, school) in town.seats and ways[school] != NEVER]
    return min(known, default=NEVER)


def _in_one_piece(town: Town, schools: Sequence[int], school: int) -> bool:
    zone = {block for block, own in enumerate(schools) if own == school}
    if not zone:
        return True
    seen, queue = set(), [min(zone)]
    while queue:
        block = queue.pop()
        if block not in seen:
            seen.add(block)
            queue += [near for near in town.neighbours[block] if near in zone]
    return seen == zone and bool(zone & {town.home[school], *town.neighbours[town.home[school]]})


def _pupils(town: Town, stage: str, block: int) -> int:
    row: Row = town.pupils[stage][block]
    return int(row["pupils"])


def _whole(value: object) -> int:
    """A count of a row, 0 where it is not looked at."""
    return value if isinstance(value, int) else 0


def _mean(ways: Sequence[tuple[int, int]]) -> float | None:
    everybody = sum(pupils for _, pupils in ways)
    return sum(way * pupils for way, pupils in ways) / everybody if everybody else None


def _mean_km(in_minutes: bool, ways: Sequence[tuple[int, int]]) -> float | None:
    mean = _mean(ways)
    return None if in_minutes or mean is None else mean / 1000


def _shown(in_minutes: bool, way: float | None) -> float | None:
    """A way in the unit shown: minutes or kilometres."""
    return None if way is None else way / (60 if in_minutes else 1000)
