"""What a report is written from: the judgement of a county, those of several counties together, plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from django.conf import settings
from django.db.models import QuerySet

from junheng.reporting.library import Maker
from junheng.standards.library import load_standard
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset
from junheng.verdict.judgement import Judgement
from junheng.web.access import Person
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import evaluations_for, evaluations_of_school, newest_by_county
from junheng.web.regions.models import Place, PlaceKind
from junheng.workflow import judge, tables_for


@dataclass(frozen=True)
class Round:
    """The counties below a place that were judged for one school year by one standard: of each what counts."""

    year: int
    standard: str
    gate: str
    evaluations: tuple[Evaluation, ...]

    @property
    def key(self) -> str:
        return f"{self.year}:{self.standard}:{self.gate}"


def evaluations_to_report(user: Person, place: Place, maker: Maker) -> QuerySet[Evaluation]:
    """The judgements that a report on a county or school may be written from: of a standard that it is made for."""
    if place.kind == PlaceKind.SCHOOL:
        found = evaluations_of_school(place)  # what the report shows of it is this school's
    else:
        found = evaluations_for(user).filter(period__county=place)
    standards = [name for name in _standards(found) if maker.suits(load_standard(name))]
    return found.filter(standard__in=standards).defer("rows", "filings").order_by("-made_at", "-pk")


def rounds_to_report(user: Person, top: Place, maker: Maker) -> list[Round]:
    """What a report on the counties below a place may be written from, the newest year and most counties first."""
    found = evaluations_for(user).filter(period__county__path__below=top.path)
    kinds = found.order_by().values_list("period__school_year", "standard", "gate").distinct()
    rounds = []
    for year, standard, gate in kinds:
        if maker.suits(load_standard(standard)):
            same = found.filter(period__school_year=year, standard=standard, gate=gate)
            rounds.append(Round(year, standard, gate, tuple(newest_by_county(same).values())))
    return sorted(rounds, key=lambda entry: (-entry.year, -len(entry.evaluations), entry.key))


def _standards(evaluations: QuerySet[Evaluation]) -> list[str]:
    return list(evaluations.order_by().values_list("standard", flat=True).distinct())


def judgement_of_counties(evaluations: Sequence[Evaluation]) -> Judgement:
    """Several counties judged together, on the latest of their days.

    Args:
        evaluations: of one school year, standard and gate; at least one.
    """
    first = evaluations[0]
    tables = tables_for(*(load_standard(name) for name in (first.standard, first.gate) if name))
    store = Store(settings.SNAPSHOTS)
    counties = [store.open(evaluation.snapshot, tables) for evaluation in evaluations]
    frames = {name: pl.concat([county[name] for county in counties]).sort(tables[name].key) for name in tables.tables}
    return judge(
        store.commit(Dataset(tables, frames)),
        standard=first.standard,
        on=max(evaluation.day for evaluation in evaluations),
        year=first.period.school_year,
        gate=first.gate or None,
    )
