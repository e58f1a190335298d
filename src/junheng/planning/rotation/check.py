"""The second opinion on a rotation plan: every rule and the whole cost again, person by person, from the tables.

It shares no code with the program, the flows or the needs, and reads the tables' rows as they stand. A plan that it
refuses never leaves the program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from math import atan2, cos, hypot, radians, sin
from pathlib import Path
from typing import Any

import polars as pl
import yaml

import junheng_standards
from junheng.standards.library import load_standard
from junheng.verdict.judgement import Judgement

Row = Mapping[str, Any]
_FOLDER: Path = junheng_standards.FOLDER / "planning" / "rotation"
_DEGREES = ("doctor", "master", "bachelor", "associate", "secondary", "below_secondary")
_SPECIALISTS = ("pe", "music", "fine_arts", "arts")
_COLUMNS = {
    *("teachers", "backbone_teachers", "teachers_mid_title", "teachers_senior_title"),
    *(f"teachers_{word}" for word in (*_DEGREES, *_SPECIALISTS)),
}
_TITLED, _GRADUATE = {"middle", "senior", "professor"}, {"bachelor", "master", "doctor"}


@dataclass(frozen=True)
class Checked:
    """What the check found: broken rules in words, and the cost in tenths of a point."""

    faults: tuple[str, ...]
    tenths: int
    lacking: Mapping[tuple[str, str, str], int]


def check_plan(
    tables: Mapping[str, Sequence[Row]],
    goes: Mapping[str, str],
    *,
    judgement: Judgement | None = None,
    emphasis: str = "gaps",
) -> Checked:
    """Check an assignment of persons.

    Args:
        tables: rows by table, as in ``junheng_standards/planning/rotation``.
        goes: teacher → school, for those who move.
    """
    county = _County(tables, goes, judgement, emphasis)
    lacking = {key: max(0, need - have) for key, (need, have) in county.needs().items()}
    return Checked(tuple(county.faults()), county.tenths(lacking), {key: n for key, n in lacking.items() if n})


class _County:
    def __init__(
        self, tables: Mapping[str, Sequence[Row]], goes: Mapping[str, str], judgement: Judgement | None, emphasis: str
    ) -> None:
        self.tables, self.goes, self.judgement = tables, goes, judgement
        self.schools = {row["school_code"]: row for row in tables["school"]}
        self.teachers = {row["teacher_code"]: row for row in tables["teacher"]}
        self.rules = _rules(tables["setting"], judgement, emphasis)
        self.roads = {(row["from_school"], row["to_school"]): row["distance"] for row in tables["distance"]}
        self.moved = [(self.teachers[code], target) for code, target in goes.items()]
        self.longest_known = max(
            (km for a in self.schools for b in self.schools if (km := self.distance(a, b)) is not None), default=0
        )

    def after(self, teacher: Row) -> str:
        return str(self.goes.get(teacher["teacher_code"], teacher["school_code"]))

    def eligible(self, teacher: Row) -> bool:
        if teacher["eligible"] is not None:
            return bool(teacher["eligible"])
        return bool(teacher["years"] >= (self.rules["years_needed"] or 0))

    def distance(self, a: str, b: str) -> int | None:
        """In tenths of a kilometre."""
        road = self.roads.get((a, b), self.roads.get((b, a)))
        if road is not None:
            return int((road * 10).quantize(Decimal(1), ROUND_HALF_UP))
        places = []
        for code in (a, b):
            row = self.schools[code]
            if row["longitude"] is None or row["latitude"] is None:
                return None
            places.append((radians(row["longitude"]), radians(row["latitude"])))
        (x1, y1), (x2, y2) = places
        across = hypot(cos(y2) * sin(x2 - x1), cos(y1) * sin(y2) - sin(y1) * cos(y2) * cos(x2 - x1))
        arc = atan2(across, sin(y1) * sin(y2) + cos(y1) * cos(y2) * cos(x2 - x1))
        return int(Decimal(repr(arc * 63710.088)).quantize(Decimal(1), ROUND_HALF_UP))

    def faults(self) -> Iterator[str]:
        rules, hard = self.rules, {code for code, row in self.schools.items() if row["hardship"]}
        taught = {(t["school_code"], t["stage"], t["subject"]) for t in self.teachers.values()}
        posts = {(p["school_code"], p["stage"], p["subject"]) for p in self.tables["post"] if p["posts"]}
        for teacher, target in self.moved:
            who = f"{teacher['teacher_name']}（{teacher['teacher_code']}）"
            if not self.eligible(teacher):
                yield f"{who}不符合交流条件"
            if teacher["stays_because"]:
                yield f"{who}不能交流"
            if target == teacher["school_code"]:
                yield f"{who}没有换学校"
            if target in hard and teacher["hardship_done"] and rules["hardship_once"] is not None:
                yield f"{who}第二次派往边远困难学校"
            tenths = self.distance(teacher["school_code"], target)
            if rules["longest_distance"] is not None and (tenths is None or tenths > 10 * rules["longest_distance"]):
                yield f"{who}超过最远距离"
            if not teacher["must_go_to"] and (target, teacher["stage"], teacher["subject"]) not in taught | posts:
                yield f"{who}到了不教这个学科的学校"
        for teacher in self.teachers.values():
            if teacher["must_go_to"] and self.goes.get(teacher["teacher_code"]) != teacher["must_go_to"]:
                yield f"{teacher['teacher_name']}没有到指定的学校"
        eligible = sum(map(self.eligible, self.teachers.values()))
        moved, backbone = len(self.moved), sum(t["backbone"] for t, _ in self.moved)
        if rules["least_share"] is not None and 100 * moved < rules["least_share"] * eligible:
            yield f"交流 {moved} 人，不到符合条件 {eligible} 人的 {rules['least_share']}%"
        if rules["backbone_share"] is not None and 100 * backbone < rules["backbone_share"] * moved:
            yield f"骨干 {backbone} 人，不到交流 {moved} 人的 {rules['backbone_share']}%"
        for code, school in self.schools.items():
            own = [t for t in self.teachers.values() if t["school_code"] == code]
            then = [t for t in self.teachers.values() if self.after(t) == code]
            out = [t for t in own if self.after(t) != code]
            if rules["most_leaving"] is not None and len(out) > 1 and 100 * len(out) > rules["most_leaving"] * len(own):
                yield f"{school['school_name']}调出太多"
            change, allowed = abs(len(then) - len(own)), rules["headcount_change"]
            opening = max(1, sum(post["posts"] for post in self.tables["post"] if post["school_code"] == code))
            if allowed is not None and not own and change > opening:
                yield f"{school['school_name']}新开办，调入超过岗位数"
            if allowed is not None and own and change and 100 * (change - 1) >= allowed * len(own):
                yield f"{school['school_name']}人数变动太大"
            if lost := {(t["stage"], t["subject"]) for t in own} - {(t["stage"], t["subject"]) for t in then}:
                yield f"{school['school_name']}有学科断人：{sorted(lost)}"
            lost_backbone = sum(t["backbone"] for t in own) - sum(t["backbone"] for t in then)
            if code in hard and rules["hardship_backbone"] is not None and lost_backbone > rules["hardship_backbone"]:
                yield f"{school['school_name']}骨干教师减少"

    def needs(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """(school, stage, what) → (need, have afterwards)."""
        found: dict[tuple[str, str, str], tuple[int, int]] = {}
        then: dict[tuple[str, str], list[Row]] = defaultdict(list)
        now: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for teacher in self.teachers.values():
            now[teacher["school_code"], teacher["stage"]].append(teacher)
            then[self.after(teacher), teacher["stage"]].append(teacher)
        for post in self.tables["post"]:
            place, subject = (post["school_code"], post["stage"]), post["subject"]
            found[*place, f"post:{subject}"] = (post["posts"], sum(t["subject"] == subject for t in then[place]))
        part = self.rules["balance_share"]
        for what, good in (("title", _TITLED), ("degree", _GRADUATE)):
            for (school, stage), own in now.items():
                if part is None:
                    continue
                county = [t for t in self.teachers.values() if t["stage"] == stage]
                have = sum(t[what] in good for t in county)
                need = int(part * have * len(own) / (100 * len(county)))
                found[school, stage, f"balance:{what}"] = (need, sum(t[what] in good for t in then[school, stage]))
        for (school, stage, name), (needed, columns) in self._indicators().items():
            have = sum(sign * _is(column, t) for t in then[school, stage] for sign, column in columns)
            found[school, stage, f"indicator:{name}"] = (needed, have)
        return found

    def _indicators(self) -> dict[tuple[str, str, str], tuple[int, list[tuple[int, str]]]]:
        """What each school needs by the limits that the judge held against it."""
        if self.judgement is None:
            return {}
        found: dict[tuple[str, str, str], tuple[int, list[tuple[int, str]]]] = {}
        staffed = {(t["school_code"], t["stage"]) for t in (*self.teachers.values(), *self.tables["post"])}
        judged = self.judgement.in_scope.filter(pl.col("school_code").is_in([*self.schools])).to_dicts()
        for name, indicator in self.judgement.standard.resources.items():
            formula = indicator.formula
            for row in judged:
                if any(term.where or term.column not in _COLUMNS for term in formula.amount.terms(row["stage"])):
                    continue
                terms: list[tuple[int, str]] = [(t.sign, t.column) for t in formula.amount.terms(row["stage"])]
                limit, pupils = row.get(f"{name}__limit"), row["pupils"]
                if not terms or limit is None or (row["school_code"], row["stage"]) not in staffed:
                    continue
                needed = _needed(formula.kind, Fraction(Decimal(repr(limit))), pupils, Fraction(formula.scale))
                if needed is not None:
                    found[row["school_code"], row["stage"], name] = (-int(-needed // 1), terms)
        return found

    def tenths(self, lacking: Mapping[tuple[str, str, str], int]) -> int:
        """The cost of it all in tenths of a point."""
        weight = {name: int(value or 0) for name, value in self.rules.items() if name.startswith("weight_")}
        total = sum(10 * weight[f"weight_{what.partition(':')[0]}"] * n for (_, _, what), n in lacking.items())
        for teacher, target in self.moved:
            far = self.distance(teacher["school_code"], target)
            total += 10 * weight["weight_move"] + weight["weight_distance"] * (
                self.longest_known if far is None else far
            )
        share = self.rules["least_share"] or Fraction(0)
        for code in self.schools:
            eligible = sum(self.eligible(t) for t in self.teachers.values() if t["school_code"] == code)
            out = sum(t["school_code"] == code for t, _ in self.moved)
            even = -int(-(share * eligible / 100) // 1)
            total += 10 * weight["weight_uneven"] * max(0, out - even)
        return total


def _needed(kind: str, limit: Fraction, pupils: int | None, scale: Fraction) -> Fraction | None:
    """The number of teachers at the limit."""
    if kind == "amount":
        return limit
    if not pupils or kind not in ("per_pupil", "pupils_per"):
        return None
    return limit * pupils / scale if kind == "per_pupil" else pupils * scale / limit


def _rules(rows: Sequence[Row], judgement: Judgement | None, emphasis: str) -> dict[str, Fraction | None]:
    """What the county set, what the standard or the data say elsewhere; the emphasis on top."""
    given = {row["setting"]: row for row in rows}
    times = _data("emphases")[emphasis]["times"]
    rules: dict[str, Fraction | None] = {}
    for name, entry in _data("settings").items():
        if name in given:
            value = Fraction(given[name]["value"]) if given[name]["used"] else None
        else:
            value = Fraction(entry["default"]) if "default" in entry else _limit(entry["limit"], judgement)
        rules[name] = None if value is None else value * times.get(name, 1)
    return rules


def _limit(entry: Mapping[str, str], judgement: Judgement | None) -> Fraction:
    standards = [judgement.standard] if judgement else []
    for standard in (*standards, load_standard(entry["standard"])):
        for name, indicator in standard.indicators():
            if name == entry["check"]:
                value = indicator.thresholds[0].all[0].value
                assert isinstance(value, Decimal)
                return Fraction(value)
    raise AssertionError(f"no standard limits {entry['check']}")


@lru_cache
def _data(name: str) -> Any:  # noqa: ANN401
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))


def _is(column: str, teacher: Row) -> bool:
    """Whether a filed column counts a teacher."""
    if column == "teachers":
        return True
    if column == "backbone_teachers":
        return bool(teacher["backbone"])
    word = column.removeprefix("teachers_")
    if word in _SPECIALISTS:
        return bool(teacher["subject"] == word)
    if word in ("mid_title", "senior_title"):
        return teacher["title"] in ({"middle"} if word == "mid_title" else {"senior", "professor"})
    return bool(teacher["degree"] == word)
