"""汇入监测: approved data of counties go into the national store; then their years are judged, all counties alike.

Of each county the snapshot of its newest judgement on approved data goes in: it holds the approved data of the years
before too, so that one is enough. A snapshot that is in the store already is not loaded again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from junheng.standards.library import load_standard
from junheng.store.national import Load, NationalStore
from junheng.store.snapshot import Store
from junheng.web.access import Action, Person, places_for
from junheng.web.dashboards.models import Basis, Evaluation
from junheng.web.dashboards.selectors import newest_by_county
from junheng.web.regions.models import Place, PlaceKind
from junheng.workflow import tables_for
from junheng.workflow.nation import JudgedYear, judge_nation


@dataclass(frozen=True, slots=True)
class YearToJudge:
    """A school year that is to be judged again by a standard."""

    standard: str
    year: int


def counties_to_load(user: Person) -> QuerySet[Place]:
    """The counties whose data somebody may put into the national store."""
    return places_for(user, Action.LOAD_NATION).filter(kind=PlaceKind.COUNTY)


def judged_on_approved(counties: QuerySet[Place]) -> list[Evaluation]:
    """Of each county the newest judgement on approved data."""
    found = Evaluation.objects.filter(period__county__in=counties, basis=Basis.APPROVED)
    return list(newest_by_county(found.select_related("period__county")).values())


def load_snapshot(evaluation: Evaluation) -> Load:
    """Put the data that a judgement was made on into the national store.

    Raises:
        JunhengError: the snapshot is damaged or gone.
    """
    tables = tables_for(load_standard(evaluation.standard))
    dataset = Store(Path(settings.SNAPSHOTS)).open(evaluation.snapshot, tables)
    label = f"{evaluation.period.county} {evaluation.period}"
    return NationalStore(Path(settings.NATION)).append(dataset, label=label)


def years_to_judge(loaded: Iterable[tuple[Evaluation, Load]]) -> list[YearToJudge]:
    """The years that the loads are about, by each standard that their counties are judged by."""
    found = {(evaluation.standard, year) for evaluation, load in loaded for year in load.covers.get("filing", {})}
    return [YearToJudge(standard, year) for standard, year in sorted(found)]


def judge_years(years: Iterable[YearToJudge]) -> Iterator[JudgedYear]:
    """Judge these years of the national store, and keep what is watched of them."""
    for wanted in years:
        yield from judge_nation(Path(settings.NATION), standard=wanted.standard, years=[wanted.year])
