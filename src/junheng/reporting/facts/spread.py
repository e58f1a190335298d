"""How unlike the schools of a county are: who drives a coefficient, what would bring it down, groups compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.balance import Balance
from junheng.reporting.facts.digits import digits_beside, fewest
from junheng.reporting.report.runs import Figure, Name
from junheng.verdict.balance import COMPOSITE, contributions
from junheng.verdict.blocking import blocking_schools
from junheng.verdict.groups import GroupBy, compare_groups
from junheng.verdict.judgement import Judgement

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Driver:
    """One school's part in one coefficient.

    Attributes:
        distance: its value less the county mean, in per cent of the mean.
        share: its share of S².
    """

    code: str
    name: Name
    pupils: Figure
    value: Figure
    distance: Figure
    share: Figure
    below: bool


@dataclass(frozen=True, slots=True)
class Enough:
    """What would bring a coefficient to its limit: the schools below the mean that count most, raised to the mean.

    Attributes:
        schools: those that would be enough, the one with the largest share first; all below the mean where even they
            would not be.
        cv: the coefficient as it would then be.
        reached: whether it would keep the limit.
    """

    schools: tuple[Name, ...]
    count: Figure
    cv: Figure
    reached: bool


@dataclass(frozen=True)
class Spread:
    """The schools behind the coefficients of one county in one year."""

    judgement: Judgement
    county: str
    before: str
    balance: Balance

    @property
    def weighted(self) -> bool:
        """Whether schools count by their pupils."""
        return self.judgement.standard.weighted

    def drivers(self, row: Row) -> list[Driver]:
        """Every school that counts for one coefficient, the largest share of S² first."""
        return [self._driver(row, school) for school in self._shares(row)]

    def by_school(self, stage: Stage) -> list[tuple[Name, Figure, dict[str, Figure]]]:
        """Every school of a stage: name, pupils, its share of S² by indicator; the largest shares together first."""
        found: dict[str, tuple[Name, Figure, dict[str, Figure]]] = {}
        for row in self.balance.of_stage(stage):
            if row["indicator"] != COMPOSITE and row["mean"] is not None:
                for one in self.drivers(row):
                    found.setdefault(one.code, (one.name, one.pupils, {}))[2][row["indicator"]] = one.share
        return sorted(found.values(), key=lambda school: -sum(float(share.value or 0) for share in school[2].values()))

    def together(self, row: Row, most: int) -> Figure:
        """The share of S² of the first ``most`` schools, in per cent."""
        share = sum(school["share"] for school in self._shares(row)[:most])
        at = f"{self.before}share_of_first/{most}/{self.county}/{row['stage']}/{row['indicator']}"
        return Figure(at, share * 100, "%", 1, about=f"{self._label(row)}差异最大的几所学校合占", origin="差异来源")

    def how_many(self, row: Row, *, below: bool | None = None) -> Figure:
        """How many schools count for one coefficient, or are below (not below) the county mean."""
        own = [s for s in self._shares(row) if below is None or (s["value"] < row["mean"]) is below]
        which = {None: "all", True: "below", False: "above"}[below]
        at = f"{self.before}schools_of_mean/{which}/{self.county}/{row['stage']}/{row['indicator']}"
        about = f"{self._label(row)}{ {None: '计入的', True: '低于平均值的', False: '不低于平均值的'}[below] }学校数"
        return Figure(at, len(own), "所", about=about, origin="差异来源")

    def enough(self, row: Row) -> Enough | None:
        """See ``Enough``; None where the coefficient keeps its limit, has none, or is not known."""
        if row["outcome"] != Outcome.UNMET or row["indicator"] == COMPOSITE or row["mean"] is None:
            return None
        schools = [
            (float(school["pupils"]) if self.weighted else 1.0, school["value"], _called(school))
            for school in self._shares(row)
        ]
        mean, limit = row["mean"], row["limit"]
        low = [place for place, (_, value, _) in enumerate(schools) if value < mean]
        cv = row["cv"]
        for done, place in enumerate(low, start=1):
            schools[place] = (schools[place][0], mean, schools[place][2])
            cv = _cv(schools)
            if cv <= limit:
                return self._enough(row, low[:done], schools, cv, reached=True)
        return self._enough(row, low, schools, cv, reached=False) if low else None

    def dots(self, row: Row) -> list[dict[str, Any]]:
        """Every school's value, for a chart of how they lie."""
        name = row["indicator"]
        here = self._here(row).filter(pl.col(f"{name}__value").is_finite())
        wanted = ("school_name", f"{name}__value", f"{name}__outcome")
        limited = bool(self.judgement.standard.resources[name].thresholds)
        return [
            {"county": school, "value": value, "outcome": outcome if limited else None}
            for school, value, outcome in here.select(wanted).iter_rows()
        ]

    def groups(self, by: GroupBy) -> list[Row]:
        """The means of groups of schools, indicator by indicator (see ``compare_groups``); blank groups last."""
        return self._groups[by]

    def group_mean(self, by: GroupBy, row: Row) -> Figure:
        entry = self.judgement.standard.resources[row["indicator"]]
        at = f"{self.before}group/{self.county}/{by}/{row['group']}/{row['stage']}/{row['indicator']}"
        about = f"{row['group'] or '未填'}{Stage(row['stage']).zh}{entry.label.zh}平均值"
        digits = fewest(row["mean"])
        return Figure(at, row["mean"], entry.unit, digits, absent="没有数据", about=about, origin="分组比较")

    def group_schools(self, by: GroupBy, row: Row) -> Figure:
        at = f"{self.before}group_schools/{self.county}/{by}/{row['group']}/{row['stage']}"
        return Figure(at, row["schools"], "所", about=f"{row['group'] or '未填'}学校数", origin="分组比较")

    def group_label(self, by: GroupBy, group: str | None) -> str:
        """The words for a group; 未填报 for the blank one."""
        codes = self.judgement.dataset.tables["school"].columns[by].codes
        return "未填报" if group is None else codes.zh(group) if codes else group

    def limits(self, row: Row) -> set[float | None]:
        """The limits of the indicator that hold for the schools of the stage."""
        return set(self._here(row)[f"{row['indicator']}__limit"])

    def largest(self, stage: str, most: int = 3) -> list[Row]:
        """The largest coefficients of a stage, the composite aside."""
        own = [row for row in self.balance.of_stage(Stage(stage)) if row["indicator"] != COMPOSITE and row["cv"]]
        return sorted(own, key=lambda row: -row["cv"])[:most]

    def blocking(self) -> Figure:
        """How many schools miss the basic standard judged beside this one."""
        schools = blocking_schools(self.judgement, self.county)
        at = f"{self.before}blocking/{self.county}"
        return Figure(at, schools.height, "所", about="未达到办学基本标准的学校数", origin="办学基本标准判定")

    @staticmethod
    def called(name: str) -> Name:
        return Name(name, "school")

    @cached_property
    def _groups(self) -> dict[str, list[Row]]:
        return {"location": self._compared("location"), "town": self._compared("town")}

    def _compared(self, by: GroupBy) -> list[Row]:
        frame = compare_groups(self.judgement, by)
        if frame.is_empty():
            return []
        own = frame.filter(pl.col("county_code") == self.county).iter_rows(named=True)
        return sorted(own, key=lambda row: row["group"] is None)

    @cached_property
    def _ranked(self) -> dict[tuple[str, str], list[Row]]:
        return {}

    def _shares(self, row: Row) -> list[Row]:
        key = row["stage"], row["indicator"]
        if key not in self._ranked:
            found = contributions(self._here(row), row["indicator"], row["mean"], weighted=self.weighted)
            self._ranked[key] = list(found.iter_rows(named=True))
        return self._ranked[key]

    def _here(self, row: Row) -> pl.DataFrame:
        rows = self.judgement.in_scope
        return rows.filter(pl.col("county_code") == self.county, pl.col("stage") == row["stage"])

    def _driver(self, row: Row, school: Row) -> Driver:
        at = f"{self.before}school/{school['school_code']}/{row['stage']}"
        name = _called(school)
        about = f"{name}{self._label(row)}"
        unit = self.judgement.standard.resources[row["indicator"]].unit
        mean = row["mean"]
        return Driver(
            school["school_code"],
            Name(name, "school"),
            Figure(f"{at}/pupils", school["pupils"], "人", about="在校生数", origin="学段情况表"),
            Figure(
                f"{at}/{row['indicator']}/value", school["value"], unit, fewest(school["value"]), about=about,
                origin="学校判定",
            ),
            Figure(
                f"{self.before}from_mean/{school['school_code']}/{row['stage']}/{row['indicator']}",
                (school["value"] - mean) * 100 / mean if mean else None, "%", 1,
                absent="不可计算", about=f"{about}与全县平均值之差", origin="差异来源",
            ),
            Figure(
                f"{at}/{row['indicator']}/share", school["share"] * 100, "%", 1, about=f"{about}占差异的比重",
                origin="差异来源",
            ),
            below=school["value"] < mean,
        )  # fmt: skip

    def _enough(
        self, row: Row, places: list[int], schools: list[tuple[float, float, str]], cv: float, *, reached: bool
    ) -> Enough:
        at = f"{self.before}enough/{self.county}/{row['stage']}/{row['indicator']}"
        about = self._label(row)
        return Enough(
            tuple(Name(schools[place][2], "school") for place in places),
            Figure(f"{at}/schools", len(places), "所", about=f"{about}须提高的学校数", origin="差异来源"),
            Figure(
                f"{at}/cv", cv, "", digits_beside(cv, row["limit"], 3), fixed=True, about=f"提高后的{about}差异系数",
                origin="差异来源",
            ),
            reached,
        )  # fmt: skip

    def _label(self, row: Row) -> str:
        return f"{Stage(row['stage']).zh}{self.balance.label(row)}"


def _called(school: Row) -> str:
    return str(school["school_name"] or school["school_code"])


def _cv(schools: list[tuple[float, float, str]]) -> float:
    total = sum(weight for weight, _, _ in schools)
    mean = sum(weight * value for weight, value, _ in schools) / total
    return sqrt(sum(weight * (value - mean) ** 2 for weight, value, _ in schools) / total) / mean
