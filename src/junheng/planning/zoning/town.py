"""The town that inputs describe: blocks, schools, ways and neighbours, checked against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from junheng.base.exact import half_up
from junheng.base.terms import Stage
from junheng.planning.zoning.errors import InputsRefusedError, NeighboursUnknownError, SchoolNowhereError
from junheng.planning.zoning.geometry import (
    Place,
    Plane,
    Shape,
    around_point,
    inside_point,
    overlapping,
    touching,
)
from junheng.planning.zoning.inputs import Inputs
from junheng.planning.zoning.problem import NEVER, Ints
from junheng.planning.zoning.rules import Rule, rule_of

Row = Mapping[str, Any]
_FARTHEST = 100_000  # metres from a school to the nearest block; no county is so wide


@dataclass(frozen=True)
class Town:
    """What is there, by position: block b, school s.

    Attributes:
        blocks, schools: the filed rows, in order of their codes.
        neighbours: by block, the blocks beside it that can be reached from it.
        home: by school, the block it stands in.
        rules: by stage that has pupils.
        pupils: stage → by block, its filed row.
        seats: (stage, school) → its filed row.
        ways: (blocks, schools) in whole metres or seconds, ``NEVER`` where a school cannot be reached.
        plane, outlines: of the map; None and empty where there are no degrees.
        overlaps: blocks whose outlines lie in one another.
    """

    blocks: tuple[Row, ...]
    schools: tuple[Row, ...]
    neighbours: tuple[frozenset[int], ...]
    home: tuple[int, ...]
    rules: Mapping[str, Rule]
    pupils: Mapping[str, tuple[Row, ...]]
    seats: Mapping[tuple[str, int], Row]
    ways: Mapping[str, Ints]
    places: tuple[Place | None, ...]
    plane: Plane | None
    outlines: Mapping[int, Shape]
    overlaps: tuple[tuple[str, str], ...]

    def school(self, code: str) -> int | None:
        return next((at for at, row in enumerate(self.schools) if row["school_code"] == code), None)


def build_town(inputs: Inputs) -> Town:
    """Put the inputs together.

    Raises:
        InputsRefusedError: rows that refer to nothing or contradict each other.
        SchoolNowhereError: a school in no known block.
        NeighboursUnknownError: no outlines and no table of neighbours.
    """
    blocks = tuple(sorted(inputs.rows("block"), key=lambda row: str(row["block_code"])))
    schools = tuple(sorted(inputs.rows("school"), key=lambda row: str(row["school_code"])))
    faults = list(_faults(inputs, {str(row["block_code"]) for row in blocks}))
    if faults:
        raise InputsRefusedError(name=inputs.name, lines=faults)
    at_block = {str(row["block_code"]): number for number, row in enumerate(blocks)}
    at_school = {str(row["school_code"]): number for number, row in enumerate(schools)}
    plane = _plane(inputs, blocks, schools)
    flat = {code: plane.flat(inputs.outlines[code]) for code in at_block if plane and code in inputs.outlines}
    places = tuple(_place(row, plane, flat.get(str(row["block_code"]))) for row in blocks)
    gates = tuple(_place(row, plane, None) for row in schools)
    by_stage = {row["stage"]: row for row in inputs.rows("rule")}
    stages = [stage for stage in ("primary", "junior") if any(r["stage"] == stage for r in inputs.rows("pupils"))]
    rules = {stage: rule_of(stage, by_stage.get(stage, {})) for stage in stages}
    faults = list(_lacking(inputs, blocks, schools, stages, rules, places, gates))
    if faults:
        raise InputsRefusedError(name=inputs.name, lines=faults)
    pupils = {}
    for stage in stages:
        found = {str(row["block_code"]): row for row in inputs.rows("pupils") if row["stage"] == stage}
        pupils[stage] = tuple(found[str(row["block_code"])] for row in blocks)
    return Town(
        blocks=blocks,
        schools=schools,
        neighbours=_neighbours(inputs, at_block, flat),
        home=_homes(schools, gates, places, at_block, flat),
        rules=rules,
        pupils=pupils,
        seats={(row["stage"], at_school[row["school_code"]]): row for row in inputs.rows("seats")},
        ways={stage: _ways(inputs, rules[stage], at_block, at_school, places, gates) for stage in stages},
        places=places,
        plane=plane,
        outlines={at_block[code]: shape for code, shape in flat.items()},
        overlaps=tuple(overlapping(flat)) if flat else (),
    )


def _faults(inputs: Inputs, blocks: set[str]) -> Iterator[str]:
    """Rows that name a block that is not listed, that are beside themselves, or whose parts exceed the whole."""
    if not blocks:
        yield "“居住地块”没有一行"
    for table, column in (
        ("pupils", "block_code"), ("school", "block_code"), ("travel", "block_code"),
        ("neighbour", "block_code"), ("neighbour", "neighbour_code"),
    ):  # fmt: skip
        for number, row in enumerate(inputs.rows(table)):
            if row[column] is not None and row[column] not in blocks:
                yield f"{inputs.place(table, number, column)}：地块 {row[column]} 不在“居住地块”中"
    for number, row in enumerate(inputs.rows("neighbour")):
        if row["block_code"] == row["neighbour_code"]:
            yield f"{inputs.place('neighbour', number, 'neighbour_code')}：地块不能与自己相邻"
    with_entry = {row["stage"] for row in inputs.rows("pupils") if row["entry_pupils"] is not None}
    for number, row in enumerate(inputs.rows("pupils")):
        for part, label in (("entry_pupils", "起始年级"), ("siblings", "有兄姐在现校")):
            if row[part] is not None and row[part] > row["pupils"]:
                told = f"{label} {row[part]} 人多于待安排学生 {row['pupils']} 人"
                yield f"{inputs.place('pupils', number, part)}：{told}"
        if row["entry_pupils"] is None and row["stage"] in with_entry:
            told = "其他地块填了起始年级学生数，这一格空着；没有的填 0"
            yield f"{inputs.place('pupils', number, 'entry_pupils')}：{told}"
        if row["siblings"] and row["school_code"] is None:
            yield f"{inputs.place('pupils', number, 'siblings')}：填了有兄姐在现校的人数，却没有填现划学校"


def _lacking(
    inputs: Inputs,
    blocks: tuple[Row, ...],
    schools: tuple[Row, ...],
    stages: list[str],
    rules: Mapping[str, Rule],
    places: tuple[Place | None, ...],
    gates: tuple[Place | None, ...],
) -> Iterator[str]:
    """What is not there and cannot be supposed: a missing number of pupils is not zero."""
    has_table = bool(inputs.rows("travel"))
    if len({rule.in_minutes for rule in rules.values()}) > 1:
        yield "“划片规则”各学段的路程单位须相同"
    for stage in stages:
        filed = {row["block_code"] for row in inputs.rows("pupils") if row["stage"] == stage}
        without = [str(row["block_code"]) for row in blocks if row["block_code"] not in filed]
        if without:
            word = Stage(stage).zh
            shown = "、".join(without[:5]) + ("等" if len(without) > 5 else "")
            yield f"“地块生源”缺{word}的行：{shown}（{len(without)} 个地块；没有学生的填 0）"
        if rules[stage].in_minutes and not has_table:
            yield "“划片规则”的路程单位是分钟，却没有“路程”表"
    if not has_table:
        for what, rows, found in (("地块", blocks, places), ("学校", schools, gates)):
            code = "block_code" if what == "地块" else "school_code"
            without = [str(row[code]) for row, place in zip(rows, found, strict=True) if place is None]
            if without:
                shown = "、".join(without[:5]) + ("等" if len(without) > 5 else "")
                by_map = "；地图里没有这些代码的边界" if inputs.outlines else "；有地块边界的，用 --map 给出"
                by_map = by_map if what == "地块" else ""
                yield f"{len(without)} 个{what}没有坐标（{shown}），又没有“路程”表，路程算不出来{by_map}"
    known = [place for place in places if place is not None]
    for school, gate in zip(schools, gates, strict=True):
        if gate is not None and known and min(_apart(gate, place) for place in known) > _FARTHEST:
            told = f"离最近的地块也超过 {_FARTHEST // 1000} 千米，坐标多半写错了"
            yield f"学校 {school['school_name']}（{school['school_code']}）{told}"


def _plane(inputs: Inputs, blocks: tuple[Row, ...], schools: tuple[Row, ...]) -> Plane | None:
    """The plane of the county, where any degrees are given."""
    places = [(float(r["lon"]), float(r["lat"])) for r in (*blocks, *schools) if _has(r, "lon", "lat")]
    for outline in inputs.outlines.values():
        west, south, east, north = outline.bounds
        places += [(west, south), (east, north)]
    return Plane.around(places) if places else None


def _has(row: Row, first: str, second: str) -> bool:
    return row.get(first) is not None and row.get(second) is not None


def _place(row: Row, plane: Plane | None, outline: Shape | None) -> Place | None:
    """Where a block or a school lies, in metres: its own coordinates, else the inside of its outline."""
    if plane is not None:
        if _has(row, "lon", "lat"):
            return plane.metres(float(row["lon"]), float(row["lat"]))
        return inside_point(outline) if outline is not None else None
    return (float(row["x"]), float(row["y"])) if _has(row, "x", "y") else None


def _neighbours(inputs: Inputs, at_block: Mapping[str, int], flat: Mapping[str, Shape]) -> tuple[frozenset[int], ...]:
    pairs = {frozenset(pair) for pair in touching(flat)} if flat else set()
    filed = inputs.rows("neighbour")
    if not pairs and not filed and len(at_block) > 1:
        raise NeighboursUnknownError(
            reason="各地块的边界没有公共的一段（只碰到一个角的不算相邻）" if flat else "不知道哪些地块相邻"
        )
    for row in filed:
        pair = frozenset((str(row["block_code"]), str(row["neighbour_code"])))
        if row["linked"] is False:
            pairs.discard(pair)
        else:
            pairs.add(pair)
    beside: list[set[int]] = [set() for _ in at_block]
    for first, second in (sorted(pair) for pair in pairs):
        beside[at_block[first]].add(at_block[second])
        beside[at_block[second]].add(at_block[first])
    return tuple(map(frozenset, beside))


def _homes(
    schools: tuple[Row, ...],
    gates: tuple[Place | None, ...],
    places: tuple[Place | None, ...],
    at_block: Mapping[str, int],
    flat: Mapping[str, Shape],
) -> tuple[int, ...]:
    """The block of each school: as filed, else the outline around its gate, else the nearest block."""
    known = [(place, number) for number, place in enumerate(places) if place is not None]
    found: list[int] = []
    nowhere: list[str] = []
    for row, gate in zip(schools, gates, strict=True):
        if row["block_code"] is not None:
            found.append(at_block[row["block_code"]])
        elif gate is not None and known:
            code = around_point(gate, flat) if flat else None
            nearest = min(known, key=lambda other: (_apart(gate, other[0]), other[1]))[1]
            found.append(nearest if code is None else at_block[code])
        else:
            nowhere.append(str(row["school_name"]))
    if nowhere:
        raise SchoolNowhereError(count=len(nowhere), schools="、".join(nowhere[:10]))
    return tuple(found)


def _apart(one: Place, other: Place) -> float:
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))


def _ways(
    inputs: Inputs,
    rule: Rule,
    at_block: Mapping[str, int],
    at_school: Mapping[str, int],
    places: tuple[Place | None, ...],
    gates: tuple[Place | None, ...],
) -> Ints:
    """(blocks, schools) the filed ways, or straight lines times the detour."""
    filed = inputs.rows("travel")
    ways = np.full((len(at_block), len(at_school)), NEVER, dtype=np.int64)
    if filed:
        for row in filed:
            way = half_up(Decimal(row["way"]) * rule.steps, 0)
            ways[at_block[str(row["block_code"])], at_school[str(row["school_code"])]] = int(way)
        return ways
    from_, to = np.array(places, dtype=float), np.array(gates, dtype=float)
    straight = np.hypot(from_[:, None, 0] - to[None, :, 0], from_[:, None, 1] - to[None, :, 1])
    whole: Ints = np.floor(straight * float(rule.detour) + 0.5).astype(np.int64)
    return whole
