"""Evaluations for a person, and the judgement behind one: opened once, kept while it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404

from junheng.intake.sheet import index_of, split_address
from junheng.standards.library import load_standard
from junheng.store.snapshot import Store
from junheng.verdict.judgement import Judgement
from junheng.web.access import Action, Person, places_for
from junheng.web.dashboards.models import Evaluation
from junheng.web.filings.form import tables_of
from junheng.web.filings.models import Filing
from junheng.workflow import judge, tables_for


def evaluations_for(user: Person) -> QuerySet[Evaluation]:
    """The evaluations of the counties whose results somebody may see as a whole."""
    counties = places_for(user, Action.VIEW_COUNTY_RESULT).filter(kind="county")
    return Evaluation.objects.filter(period__county__in=counties).select_related("period__county")


def get_evaluation(*, code: UUID, user: Person) -> Evaluation:
    found = evaluations_for(user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def judgement_of(evaluation: Evaluation) -> Judgement:
    """The judgement of an evaluation, made again from its snapshot. Treat it as read only: it is shared."""
    return _judgement(
        evaluation.snapshot, evaluation.standard, evaluation.gate, evaluation.day, evaluation.period.school_year
    )


@lru_cache(maxsize=6)
def _judgement(snapshot: str, standard: str, gate: str, day: date, year: int) -> Judgement:
    tables = tables_for(*(load_standard(name) for name in (standard, gate) if name))
    dataset = Store(settings.SNAPSHOTS).open(snapshot, tables)
    return judge(dataset, standard=standard, on=day, year=year, gate=gate or None)


@dataclass(frozen=True, slots=True)
class FiledAt:
    """The cell of a filing behind a figure: which filing and version, which row and column."""

    filing: Filing
    version: int | None
    table: str
    key: str
    column: str


def filed_at(evaluation: Evaluation, address: str) -> FiledAt | None:
    """From the address that a reason names (``学段情况!D17``) to the filing that the figure came from."""
    place, letters, number = split_address(address)
    tables = tables_of(evaluation.period)
    table = next((name for name, entry in tables.tables.items() if entry.label.zh == place), None)
    sources = evaluation.rows.get(table, []) if table else []
    if table is None or number is None or not 0 <= number - 2 < len(sources):
        return None
    origin = judgement_of(evaluation).dataset.origins[table]
    column = next((name for name, letter in origin.letters.items() if index_of(letter) == index_of(letters)), "")
    filing, version, key = sources[number - 2]
    found = Filing.objects.select_related("period", "place").filter(pk=filing).first()
    return FiledAt(found, version, table, key, column) if found else None
