"""The independent check of a zoning, run on every plan before anybody sees it.

It knows the plan only by what it says: which block goes to which school, how far that is, what lacks, what it all
costs. All of that is worked out again from the filed rows, by code. With the planner it shares the reading of the
inputs and of the rules, and no more: not the town, not the model, not the cuts, not the search. Where seats lack is a
result, not a fault: the check then recounts how many.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from junheng.base.terms import Label, Stage
from junheng.planning.zoning.check_ground import Ground, flooded
from junheng.planning.zoning.inputs import Inputs
from junheng.planning.zoning.rules import Rule, rule_of

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """One thing looked at. ``must``: a plan that fails it is no plan."""

    check: str
    ok: bool
    says: Label
    must: bool = True


@dataclass(frozen=True)
class Missing:
    """Pupils beyond the seats of the stage, beyond those of the entry grade, beyond the size of schools.

    One pupil may count in all three: they are never added up.
    """

    seats: int
    entry: int
    size: int


@dataclass(frozen=True)
class Answer:
    """What a plan says, by code.

    Attributes:
        schools: stage → block → school.
        ways: stage → block → way to that school, whole metres (seconds).
        value: the objective, pupil-metres (pupil-seconds).
    """

    schools: Mapping[str, Mapping[str, str]]
    ways: Mapping[str, Mapping[str, int]]
    missing: Missing
    value: int


def check_zoning(inputs: Inputs, answer: Answer, open_schools: Collection[str]) -> list[Check]:
    """Look at a plan from the filed rows alone.

    Args:
        open_schools: codes of the schools that may take pupils.
    """
    recount = _Recount(inputs, answer, open_schools)
    found = [check for stage in answer.schools for check in recount.of_stage(stage)]
    if not all(check.ok for check in found):  # figures of a plan that is none would mean nothing
        return found
    missing = recount.missing()
    stated = _zh(answer.missing)
    found.append(_check("recount", missing == answer.missing, f"缺学位复算：{_zh(missing)}；方案所列：{stated}",
                        f"seats lacking recounted: {_en(missing)}; stated: {_en(answer.missing)}"))  # fmt: skip
    worth = recount.value()
    found.append(_check("value", worth == answer.value, f"目标值复算 {worth}，方案所列 {answer.value}",
                        f"objective recounted: {worth}, stated: {answer.value}"))  # fmt: skip
    says = Label(_zh(missing), _en(missing))
    return [*found, Check("seats", missing == Missing(0, 0, 0), says, must=False)]


def _check(name: str, ok: bool, zh: str, en: str) -> Check:
    return Check(name, ok, Label(zh, en))


def _zh(missing: Missing) -> str:
    told = [f"缺学位 {missing.seats} 个", f"起始年级缺学位 {missing.entry} 个", f"超校额 {missing.size} 人"]
    said = [words for words, count in zip(told, (missing.seats, missing.entry, missing.size), strict=True) if count]
    twice = "（按人次，同一名学生可能几项都算到）" if len(said) > 1 else ""
    return "、".join(said) + twice if said else "学位够用，班额、校额不超"


def _en(missing: Missing) -> str:
    told = [f"{missing.seats} seats lack", f"{missing.entry} in the entry grade", f"{missing.size} above school size"]
    said = [words for words, count in zip(told, (missing.seats, missing.entry, missing.size), strict=True) if count]
    twice = " (one pupil may count in several)" if len(said) > 1 else ""
    return ", ".join(said) + twice if said else "seats suffice"


def _list(names: Sequence[object]) -> str:
    return f"（{'、'.join(map(str, names[:5]))}）" if names else ""


class _Recount:
    def __init__(self, inputs: Inputs, answer: Answer, open_schools: Collection[str]) -> None:
        self.answer, self.open = answer, open_schools
        self.ground = Ground(inputs)
        rules = {row["stage"]: row for row in inputs.rows("rule")}
        self.rules: dict[str, Rule] = {stage: rule_of(stage, rules.get(stage, {})) for stage in answer.schools}
        self.pupils = inputs.rows("pupils")
        self.seats = {(row["stage"], row["school_code"]): row for row in inputs.rows("seats")}

    def of_stage(self, stage: str) -> list[Check]:
        word, chosen, rule = Stage(stage).zh, self.answer.schools[stage], self.rules[stage]
        rows = [row for row in self.pupils if row["stage"] == stage]
        everybody = sum(int(row["pupils"]) for row in rows)
        left = [code for code in self.ground.blocks if code not in chosen]
        whole = not left and set(chosen) == {row["block_code"] for row in rows}
        found = [_check(f"{stage}.everybody", whole,
                        f"{word}：{len(chosen)} 个地块、{everybody} 名学生各划给一所学校{_list(left)}",
                        f"{stage}: {len(chosen)} blocks, {everybody} pupils, each in one zone{_list(left)}"
                        )]  # fmt: skip
        strange = sorted({code for code in chosen.values() if not self._takes(stage, code)})
        found.append(_check(f"{stage}.open", not strange, f"{word}：只划给招生的学校{_list(strange)}",
                            f"{stage}: only schools that are open take pupils{_list(strange)}"))  # fmt: skip
        known = [code for code in sorted(set(chosen.values())) if code in self.ground.schools]
        zones = {code: {block for block, own in chosen.items() if own == code} for code in known}
        broken = [self.ground.schools[c]["school_name"] for c in known if not flooded(self.ground, zones[c], c)]
        found.append(_check(f"{stage}.contiguous", not broken, f"{word}：每个学区连成一片并挨着学校{_list(broken)}",
                            f"{stage}: every zone is in one piece at its school{_list(broken)}"))  # fmt: skip
        wrong = [block for block in chosen if not self._way_is_right(stage, rule, block)]
        found.append(_check(f"{stage}.way", not wrong, f"{word}：路程与填报或坐标一致，不超过硬性上限{_list(wrong)}",
                            f"{stage}: ways agree with what was filed and keep the firm limit{_list(wrong)}"
                            ))  # fmt: skip
        return found

    def missing(self) -> Missing:
        over_seats = over_entry = 0
        for stage, school in self._zones():
            over_seats += max(0, self._load(stage, school) - self._room(stage, school))
            over_entry += self._over_entry(stage, school)
        sizes = 0
        for school in sorted({school for _, school in self._zones()}):
            placed = sum(self._load(stage, school) for stage in self.answer.schools)
            sizes += max(0, placed + self._others(school) - self._cap(school))
        return Missing(over_seats, over_entry, sizes)

    def value(self) -> int:
        """The objective from its definition, block by block."""
        return sum(map(self._of_block, self.pupils)) + self._of_schools()

    def _of_block(self, row: Row) -> int:
        stage = row["stage"]
        if stage not in self.answer.schools:
            return 0
        rule, school = self.rules[stage], self.answer.schools[stage][row["block_code"]]
        way, pupils = self.answer.ways[stage][row["block_code"]], int(row["pupils"])
        extra = int(rule.beyond * (way - rule.longest)) if rule.longest is not None and way > rule.longest else 0
        total = max(pupils, 1) * (way + extra)
        if row["school_code"] not in (None, school):
            total += pupils * rule.move_cost + int(row["siblings"] or 0) * rule.split_cost
        return total

    def _of_schools(self) -> int:
        total = 0
        for stage, school in self._zones():
            rule, row, load = self.rules[stage], self.seats[stage, school], self._load(stage, school)
            use = rule.least_use if row["least_use"] is None else Decimal(row["least_use"])
            least = math.ceil(self._room(stage, school) * use / 100)
            over = max(0, load - self._room(stage, school)) + self._over_entry(stage, school)
            total += max(0, least - load) * rule.short_cost + over * rule.over_cost
        for school in {school for _, school in self._zones()}:
            own = [stage for stage in self.answer.schools if self._takes(stage, school)]
            left = max(0, self._cap(school) - self._others(school))
            # A limit that the seats of the stages cannot reach together is none.
            if len(own) > 1 and sum(self._room(stage, school) for stage in own) > left:
                beyond = max(0, sum(self._load(stage, school) for stage in own) - left)
                total += beyond * self.rules[own[0]].over_cost
        return total

    def _way_is_right(self, stage: str, rule: Rule, block: str) -> bool:
        way, school = self.answer.ways[stage].get(block), self.answer.schools[stage][block]
        if way is None or block not in self.ground.blocks or school not in self.ground.schools:
            return False
        too_far = rule.longest_is_firm and rule.longest is not None and way > rule.longest
        return not too_far and self.ground.way_holds(rule, block, school, way)

    def _zones(self) -> list[tuple[str, str]]:
        return [(stage, school) for stage, school in self.seats if self._takes(stage, school)]

    def _takes(self, stage: str, school: str) -> bool:
        return stage in self.answer.schools and school in self.open and (stage, school) in self.seats

    def _load(self, stage: str, school: str, column: str = "pupils") -> int:
        chosen = self.answer.schools[stage]
        mine = (row for row in self.pupils if row["stage"] == stage and chosen[row["block_code"]] == school)
        return sum(int(row[column] or 0) for row in mine)

    def _room(self, stage: str, school: str) -> int:
        """Seats: classes × class size, less where the school's size leaves no room for them."""
        row, rule, cap = self.seats[stage, school], self.rules[stage], self._cap(school, stage)
        return max(0, min(int(row["classes"]) * int(row["class_size"] or rule.class_size), cap - self._others(school)))

    def _over_entry(self, stage: str, school: str) -> int:
        row = self.seats[stage, school]
        filed = all(own["entry_pupils"] is not None for own in self.pupils if own["stage"] == stage)
        if row["entry_classes"] is None or not filed:
            return 0
        limit = int(row["entry_classes"]) * int(row["class_size"] or self.rules[stage].class_size)
        return max(0, self._load(stage, school, "entry_pupils") - limit)

    def _cap(self, school: str, stage: str | None = None) -> int:
        """Pupils that the school may have in all; of several stages the strictest."""
        stages = [stage] if stage else [own for own in self.answer.schools if self._takes(own, school)]
        is_nine_year = self.ground.schools[school]["nine_year"]
        return min(self.rules[own].nine_year_cap if is_nine_year else self.rules[own].school_cap for own in stages)

    def _others(self, school: str) -> int:
        """Pupils that the school has besides: in no table, or of a stage that was not planned."""
        left_out = [row for row in self.pupils if row["stage"] not in self.answer.schools]
        today = sum(int(row["pupils"]) for row in left_out if row["school_code"] == school)
        return int(self.ground.schools[school]["other_pupils"] or 0) + today
