"""Many counties in one year: how many have which outcome, where each stands, what is weakest, what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.report.runs import Figure, Quote
from junheng.standards.model import Standard

Row = Mapping[str, Any]
_PASSED = (Outcome.MET, Outcome.TOLERATED)


@dataclass(frozen=True, slots=True)
class Weak:
    """One indicator of one stage over all counties: in how many it is over its 差异系数, how many schools miss it."""

    stage: Stage
    label: str
    over: Figure
    partial: Figure
    unmet: Figure
    judged: Figure
    share: Figure


@dataclass(frozen=True, slots=True)
class WeakItem:
    """One item over all counties: in how many it is not met, in how many nobody knows."""

    part: str
    label: Quote
    unmet: Figure
    unknown: Figure


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What cannot be judged in one county."""

    county: CountyYear
    schools: Figure
    coefficients: Figure
    items: Figure

    @property
    def any(self) -> bool:
        return any(figure.value for figure in (self.schools, self.coefficients, self.items))


@dataclass(frozen=True)
class Province:
    """All counties of one judgement."""

    counties: tuple[CountyYear, ...]
    standard: Standard
    before: str

    def count(self, *outcomes: Outcome) -> Figure:
        """How many counties have one of these outcomes; all where none is named."""
        found = [county for county in self.counties if not outcomes or county.outcome in outcomes]
        return self._figure(f"outcome/{_which(outcomes)}", len(found), "个", f"{_words(outcomes)}的县数")

    def part_count(self, part: str, *outcomes: Outcome) -> Figure:
        """How many counties have one of these outcomes in a part of the standard."""
        found = [county for county in self.counties if county.parts.get(part) in outcomes]
        return self._figure(f"part/{part}/{_which(outcomes)}", len(found), "个", f"{_words(outcomes)}的县数")

    @property
    def parts(self) -> list[str]:
        return list(self.counties[0].parts) if self.counties else []

    def schools(self, stage: Stage, *outcomes: Outcome) -> Figure:
        """How many schools of all counties are judged, or have one of these outcomes."""
        total = sum(self._tally(county, stage, outcomes) for county in self.counties)
        return self._figure(f"schools/{stage}/{_which(outcomes)}", total, "所", f"{stage.zh}{_words(outcomes)}学校数")

    def share(self, stage: Stage) -> Figure:
        """The share of schools that pass, of all counties together."""
        value, absent = self._passing(self.counties, [stage])
        return self._figure(f"share/{stage}", value, "%", f"{stage.zh}达标学校占比", digits=1, absent=absent)

    def worst(self, county: CountyYear, stage: Stage) -> Row | None:
        """The deciding coefficient of a stage that is largest against its limit; None where none is known."""
        rows = county.balance.of_stage(stage)
        known = [row for row in rows if row["limit"] and row["cv"] is not None and not row["absent"]]
        return max(known, key=lambda row: row["cv"] / row["limit"], default=None)

    @cached_property
    def ranked(self) -> list[tuple[Figure, CountyYear]]:
        """Counties by the share of schools that pass, the highest first; equal shares have equal places.

        A county whose schools cannot all be judged has a share that may still rise: it is ranked by what is known to
        pass. Counties without a judged school are left out.
        """
        shares = {
            county.county: found
            for county in self.counties
            if self.standard.school_rule and (found := self._passing([county], self._stages)[0]) is not None
        }
        ordered = sorted(self.counties, key=lambda county: -shares.get(county.county, Fraction(-1)))
        return [
            (
                self._figure(
                    f"rank/{county.county}", 1 + sum(other > shares[county.county] for other in shares.values()), "",
                    "按达标学校占比的名次",
                ),
                county,
            )
            for county in ordered
            if county.county in shares
        ]  # fmt: skip

    def passed(self, county: CountyYear) -> Figure:
        """The share of a county's schools of all stages that pass."""
        value, absent = self._passing([county], self._stages)
        return self._figure(f"passed/{county.county}", value, "%", "达标学校占比", digits=1, absent=absent)

    @cached_property
    def weakest(self) -> list[Weak]:
        """Indicators over all counties, the one that most schools miss first."""
        found = []
        for name, indicator in self.standard.resources.items():
            for stage in self._stages:
                own = [row for county in self.counties if (row := county.balance.find(stage, name)) is not None]
                rows = [row[f"{name}__outcome"] for county in self.counties for row in self._rows[county.county, stage]]
                counts = Counter(rows)
                missed = counts[Outcome.UNMET] + counts[Outcome.TOLERATED]
                judged = len(rows) - counts[None] - counts[Outcome.UNKNOWN] if indicator.thresholds else 0
                absent = "无法判定" if indicator.thresholds else "不设限"
                share = Fraction(100 * missed, judged) if judged else None
                figure = partial(self._figure, absent=absent)
                at = f"weak/{stage}/{name}"
                over, partly = (
                    sum(row["outcome"] == Outcome.UNMET for row in own),
                    sum(row["absent"] > 0 for row in own),
                )
                found.append(
                    Weak(
                        stage,
                        indicator.label.zh,
                        figure(f"{at}/over", over, "个", "超过限值的县数"),
                        figure(f"{at}/partial", partly, "个", "差异系数数据不全的县数"),
                        figure(f"{at}/unmet", missed if judged else None, "所", "低于要求的学校数"),
                        figure(f"{at}/judged", judged or None, "所", "已判定的学校数"),
                        figure(f"{at}/share", share, "%", "低于要求的学校占比", digits=1),
                    )
                )
        return sorted(found, key=lambda weak: (-(weak.share.value or 0), -(weak.over.value or 0)))

    @cached_property
    def weak_items(self) -> list[WeakItem]:
        """Items that some county misses or that are not known somewhere, those missed most first."""
        counts: dict[tuple[str, str], Counter[str | None]] = {}
        for part, _ in self.standard.parts():
            for county in self.counties:
                for row in county.items.rows(part):
                    counts.setdefault((part, row["item"]), Counter())[row["outcome"]] += 1
        items = {(part, key): item for part, entry in self.standard.parts() for key, item in entry.items.items()}
        found = [
            WeakItem(
                part,
                Quote(items[part, key].label.zh),
                self._figure(f"item/{part}/{key}/unmet", count[Outcome.UNMET], "个", "未达标的县数"),
                self._figure(f"item/{part}/{key}/unknown", count[Outcome.UNKNOWN], "个", "无法判定的县数"),
            )
            for (part, key), count in counts.items()
            if count[Outcome.UNMET] or count[Outcome.UNKNOWN]
        ]
        return sorted(found, key=lambda item: (-(item.unmet.value or 0), -(item.unknown.value or 0)))

    @cached_property
    def unknowns(self) -> list[Unknowns]:
        """Of every county what cannot be judged."""
        return [self._unknown(county) for county in self.counties]

    @cached_property
    def _rows(self) -> dict[tuple[str, Stage], list[Row]]:
        return {
            (county.county, Stage(stage)): county.schools.of_stage(Stage(stage))
            for county in self.counties
            for stage in self.standard.stages
        }

    def _tally(self, county: CountyYear, stage: Stage, outcomes: Sequence[Outcome]) -> int:
        return sum(not outcomes or row["outcome"] in outcomes for row in self._rows[county.county, stage])

    def _passing(self, counties: Sequence[CountyYear], stages: Sequence[Stage]) -> tuple[Fraction | None, str]:
        """The share of schools that pass, or why there is none: where nothing could be judged it is not zero."""
        passed, judged, unknown = (
            sum(self._tally(county, stage, outcomes) for county in counties for stage in stages)
            for outcomes in (_PASSED, (), (Outcome.UNKNOWN,))
        )
        if judged == unknown:
            return None, "无法判定" if judged else "没有学校"
        return Fraction(100 * passed, judged), ""

    @property
    def _stages(self) -> list[Stage]:
        return [Stage(stage) for stage in self.standard.stages]

    def _unknown(self, county: CountyYear) -> Unknowns:
        schools = 0
        if self.standard.school_rule:
            schools = sum(self._tally(county, stage, (Outcome.UNKNOWN,)) for stage in self._stages)
        coefficients = sum(row["outcome"] == Outcome.UNKNOWN for row in county.balance.rows)
        items = sum(
            row["outcome"] == Outcome.UNKNOWN for part, _ in self.standard.parts() for row in county.items.rows(part)
        )
        at = f"unknown/{county.county}"
        return Unknowns(
            county,
            self._figure(f"{at}/schools", schools, "所", "无法判定的学校数（按学段计）"),
            self._figure(f"{at}/cvs", coefficients, "项", "无法判定的差异系数"),
            self._figure(f"{at}/items", items, "项", "无法判定的事项"),
        )

    def _figure(
        self, at: str, value: int | Fraction | None, unit: str, about: str, *, digits: int = 0, absent: str = "未填报"
    ) -> Figure:
        return Figure(
            f"{self.before}counties/{at}", value, unit, digits, absent=absent, about=about, origin="各县判定"
        )  # fmt: skip


def _which(outcomes: Sequence[Outcome]) -> str:
    return "+".join(outcome.value for outcome in outcomes) or "all"


def _words(outcomes: Sequence[Outcome]) -> str:
    return "、".join(outcome.zh for outcome in outcomes) or "参加判定"
