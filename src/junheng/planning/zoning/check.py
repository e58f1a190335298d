"""The independent check of a zoning: no code of the model, the cuts or the search; only the filed facts and loops.

Run on every plan before anybody sees it. Where seats lack is a result, not a fault: the check then recounts how many.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.base.terms import Label, Stage
from junheng.planning.zoning.town import Town


@dataclass(frozen=True)
class Check:
    """One thing looked at. ``must``: a plan that fails it is no plan."""

    check: str
    ok: bool
    says: Label
    must: bool = True


def check_zoning(
    town: Town,
    travel: Sequence[Mapping[str, object]],
    schools_of: Mapping[str, Sequence[int]],
    open_schools: frozenset[int],
    *,
    missing: int,
    value: int,
) -> list[Check]:
    """Look at a zoning from the facts alone.

    Args:
        travel: the filed rows of ways, empty where straight lines count.
        schools_of: by stage, the school (position) of each block.
        missing: pupils without a seat, as the plan says.
        value: the objective, as the plan says.
    """
    found = []
    for stage in schools_of:
        found += _of_stage(town, travel, stage, list(map(int, schools_of[stage])), open_schools)
    lacking = _missing_seats(town, schools_of)
    found.append(_check("recount", lacking == missing, f"缺学位数复算 {lacking}，方案所列 {missing}",
                        f"seats lacking recounted: {lacking}, stated: {missing}"))  # fmt: skip
    worth = _value(town, schools_of, open_schools)
    found.append(_check("value", worth == value, f"目标值复算 {worth}，方案所列 {value}",
                        f"objective recounted: {worth}, stated: {value}"))  # fmt: skip
    says = "学位够用，班额、校额不超" if lacking == 0 else f"有 {lacking} 名学生没有学位"
    english = "seats suffice" if lacking == 0 else f"{lacking} pupils have no seat"
    found.append(Check("seats", lacking == 0, Label(says, english), must=False))
    return found


def _check(name: str, ok: bool, zh: str, en: str) -> Check:
    return Check(name, ok, Label(zh, en))


def _of_stage(
    town: Town,
    travel: Sequence[Mapping[str, object]],
    stage: str,
    schools: list[int],
    open_schools: frozenset[int],
) -> list[Check]:
    word = Stage(stage).zh
    count = len(town.blocks)
    whole = len(schools) == count and all(0 <= school < len(town.schools) for school in schools)
    placed = sum(int(row["pupils"]) for row in town.pupils[stage][: len(schools)])
    everybody = sum(int(row["pupils"]) for row in town.pupils[stage])
    found = [_check(f"{stage}.everybody", whole and placed == everybody,
                    f"{word}：{count} 个地块、{everybody} 名学生各划给一所学校",
                    f"{stage}: {count} blocks, {everybody} pupils, each in one zone")]  # fmt: skip
    strange = [
        town.schools[s]["school_name"] for s in set(schools) if s not in open_schools or (stage, s) not in town.seats
    ]
    found.append(_check(f"{stage}.open", not strange, f"{word}：只划给招生的学校{_list(strange)}",
                        f"{stage}: only schools that are open take pupils{_list(strange)}"))  # fmt: skip
    broken = [town.schools[s]["school_name"] for s in sorted(set(schools)) if not _flooded(town, schools, s)]
    found.append(_check(f"{stage}.contiguous", not broken, f"{word}：每个学区连成一片并挨着学校{_list(broken)}",
                        f"{stage}: every zone is in one piece at its school{_list(broken)}"))  # fmt: skip
    wrong = [b for b, s in enumerate(schools) if not _way_holds(town, travel, stage, b, s)]
    names = [town.blocks[b]["block_code"] for b in wrong[:5]]
    found.append(_check(f"{stage}.way", not wrong, f"{word}：路程与填报或坐标一致，不超过硬性上限{_list(names)}",
                        f"{stage}: ways agree with what was filed and keep the firm limit{_list(names)}"))  # fmt: skip
    return found


def _list(names: Sequence[object]) -> str:
    return f"（{'、'.join(map(str, names))}）" if names else ""


def _flooded(town: Town, schools: list[int], school: int) -> bool:
    """Pour water on one block of the zone: does all of it get wet, and does it reach the school's block?"""
    dry = {block for block, own in enumerate(schools) if own == school}
    touches = any(block == town.home[school] or town.home[school] in town.neighbours[block] for block in dry)
    wet = [dry.pop()]
    while wet:
        block = wet.pop()
        for near in [other for other in town.neighbours[block] if other in dry]:
            dry.remove(near)
            wet.append(near)
    return touches and not dry


def _way_holds(town: Town, travel: Sequence[Mapping[str, object]], stage: str, block: int, school: int) -> bool:
    rule, way = town.rules[stage], int(town.ways[stage][block, school])
    if rule.longest_is_firm and rule.longest is not None and way > rule.longest:
        return False
    if travel:
        return way >= 0
    here, there = town.places[block], _gate(town, school)
    if here is None or there is None:
        return False
    return abs(math.dist(here, there) * float(rule.detour) - way) <= 1


def _gate(town: Town, school: int) -> tuple[float, float] | None:
    row = town.schools[school]
    if row["lon"] is not None and row["lat"] is not None and town.plane is not None:
        return town.plane.metres(float(row["lon"]), float(row["lat"]))
    return None if row["x"] is None or row["y"] is None else (float(row["x"]), float(row["y"]))


def _loads(town: Town, schools_of: Mapping[str, Sequence[int]], column: str) -> dict[tuple[str, int], int]:
    loads: dict[tuple[str, int], int] = {}
    for stage, schools in schools_of.items():
        for row, school in zip(town.pupils[stage], schools, strict=True):
            loads[stage, int(school)] = loads.get((stage, int(school)), 0) + int(row[column] or 0)
    return loads


def _others(town: Town, schools_of: Mapping[str, Sequence[int]], school: int) -> int:
    """Pupils that the school has besides: filed, or of a stage that was not planned."""
    total = 0
    for (_, at), row in town.seats.items():
        if at == school and row["other_pupils"] is not None:
            total += int(row["other_pupils"])
    for stage, rows in town.pupils.items():
        if stage not in schools_of:
            total += sum(int(r["pupils"]) for r in rows if r["school_code"] == town.schools[school]["school_code"])
    return total


def _seats(town: Town, schools_of: Mapping[str, Sequence[int]], stage: str, school: int) -> int:
    row, rule = town.seats[stage, school], town.rules[stage]
    in_classes = int(row["classes"]) * int(row["class_size"] or rule.class_size)
    size = rule.nine_year_cap if town.schools[school]["nine_year"] else rule.school_cap
    return max(0, min(in_classes, size - _others(town, schools_of, school)))


def _lacking(town: Town, schools_of: Mapping[str, Sequence[int]]) -> dict[tuple[str, int], int]:
    """Pupils without a seat, by the stage whose price they have and the school."""
    loads, entry = _loads(town, schools_of, "pupils"), _loads(town, schools_of, "entry_pupils")
    found: dict[tuple[str, int], int] = {}
    for (stage, school), load in loads.items():
        row, rule = town.seats[stage, school], town.rules[stage]
        over = max(0, load - _seats(town, schools_of, stage, school))
        if row["entry_classes"] is not None and all(r["entry_pupils"] is not None for r in town.pupils[stage]):
            limit = int(row["entry_classes"]) * int(row["class_size"] or rule.class_size)
            over += max(0, entry[stage, school] - limit)
        found[stage, school] = over
    for school in {school for _, school in loads}:
        stages = [stage for stage in schools_of if (stage, school) in town.seats]
        if len(stages) > 1:
            rules = [town.rules[stage] for stage in stages]
            nine = town.schools[school]["nine_year"]
            size = min(rule.nine_year_cap if nine else rule.school_cap for rule in rules)
            room = max(0, size - _others(town, schools_of, school))
            seats = sum(_seats(town, schools_of, stage, school) for stage in stages)
            if seats > room:
                beyond = max(0, sum(loads.get((stage, school), 0) for stage in stages) - room)
                found[stages[0], school] = found.get((stages[0], school), 0) + beyond
    return found


def _missing_seats(town: Town, schools_of: Mapping[str, Sequence[int]]) -> int:
    return sum(_lacking(town, schools_of).values())


def _value(town: Town, schools_of: Mapping[str, Sequence[int]], open_schools: frozenset[int]) -> int:
    """The objective from its definition, block by block."""
    total = 0
    for stage, schools in schools_of.items():
        rule = town.rules[stage]
        for block, (row, school) in enumerate(zip(town.pupils[stage], schools, strict=True)):
            way, pupils = int(town.ways[stage][block, int(school)]), int(row["pupils"])
            extra = int(rule.beyond * (way - rule.longest)) if rule.longest is not None and way > rule.longest else 0
            total += max(pupils, 1) * (way + extra)
            if row["school_code"] not in (None, town.schools[int(school)]["school_code"]):
                total += pupils * rule.move_cost + int(row["siblings"] or 0) * rule.split_cost
        loads = _loads(town, {stage: schools}, "pupils")
        for school in open_schools:
            if (stage, school) in town.seats:
                row = town.seats[stage, school]
                use = rule.least_use if row["least_use"] is None else row["least_use"]
                least = math.ceil(_seats(town, schools_of, stage, school) * use / 100)
                total += max(0, least - loads.get((stage, school), 0)) * rule.short_cost
    for (stage, _), over in _lacking(town, schools_of).items():
        total += over * town.rules[stage].over_cost
    return total
