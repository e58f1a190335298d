"""Evaluations for a person, and the judgement behind one: opened once, kept while it is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Max, Q, QuerySet, Value, When
from django.http import Http404

from junheng.intake.sheet import index_of, split_address
from junheng.standards.library import load_standard
from junheng.store.snapshot import Store
from junheng.verdict.judgement import Judgement
from junheng.web.access import Action, Person, places_for, roles_of
from junheng.web.dashboards.models import Basis, Evaluation, SchoolResult
from junheng.web.filings.composing import chosen_filings
from junheng.web.filings.form import tables_of
from junheng.web.filings.models import Filing, Period
from junheng.web.regions.models import Place, PlaceKind
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


# What counts: the newest school year, there what was judged on approved data, of that the newest.
_NEWEST = (
    "-period__school_year",
    Case(When(basis=Basis.APPROVED, then=Value(0)), default=Value(1)),
    "-made_at",
    "-pk",
)


def newest_of(evaluations: QuerySet[Evaluation]) -> Evaluation | None:
    """The evaluation that counts among several of one county."""
    return evaluations.order_by(*_NEWEST).first()


def newest_by_county(evaluations: QuerySet[Evaluation]) -> dict[int, Evaluation]:
    """Of each county (its key) the evaluation that counts; without the sources of its rows."""
    found: dict[int, Evaluation] = {}
    for evaluation in evaluations.defer("rows").order_by("period__county__path", *_NEWEST):
        found.setdefault(evaluation.period.county_id, evaluation)
    return found


def newest_by_year(evaluations: QuerySet[Evaluation]) -> dict[int, Evaluation]:
    """Of each school year of one county the evaluation that counts, the newest year first."""
    found: dict[int, Evaluation] = {}
    for evaluation in evaluations.defer("rows").order_by(*_NEWEST):
        found.setdefault(evaluation.period.school_year, evaluation)
    return found


def counties_for(user: Person) -> QuerySet[Place]:
    """The counties whose results somebody may see as a whole."""
    return places_for(user, Action.VIEW_COUNTY_RESULT).filter(kind=PlaceKind.COUNTY)


def counties_of(user: Person) -> list[Place]:
    """The counties that somebody works in or for, wherever in them; none for whoever is above them all."""
    codes = {code for held in roles_of(user) for code in (*held.place.above, held.place.code)}
    return list(Place.objects.filter(kind=PlaceKind.COUNTY, code__in=codes))


def schools_for(user: Person) -> QuerySet[Place]:
    """The schools whose results somebody may see."""
    return places_for(user, Action.VIEW_SCHOOL_RESULT).filter(kind=PlaceKind.SCHOOL)


def get_school(*, code: str, user: Person) -> Place:
    """A school whose results this person may see; any other does not exist for her."""
    found = schools_for(user).filter(code=code).select_related("parent").first()
    if found is None:
        raise Http404
    return found


def county_of(school: Place) -> Place:
    return Place.objects.get(kind=PlaceKind.COUNTY, code__in=school.above)


def evaluations_of_school(school: Place) -> QuerySet[Evaluation]:
    """The evaluations of the county that a school lies in. Show of them nothing but what this school may see."""
    found = Evaluation.objects.filter(period__county__code__in=school.above)
    return found.select_related("period__county")


def results_for(user: Person) -> QuerySet[SchoolResult]:
    """What the counting evaluations say of the schools that somebody may see."""
    counties = places_for(user, Action.VIEW_SCHOOL_RESULT).filter(kind=PlaceKind.COUNTY)
    # A role below a county sees of that county's evaluations what they say of its own schools.
    above = {code for held in roles_of(user) for code in held.place.above}
    evaluations = Evaluation.objects.filter(Q(period__county__in=counties) | Q(period__county__code__in=above))
    counting: dict[int, int] = {}
    for key, county in evaluations.order_by(*_NEWEST).values_list("pk", "period__county"):
        counting.setdefault(county, key)
    whole = set(counties.values_list("pk", flat=True))
    # A whole county is asked for by its evaluation alone: that is what keeps a list of 100,000 schools quick.
    visible = Q(evaluation__in=[key for county, key in counting.items() if county in whole])
    if part := [key for county, key in counting.items() if county not in whole]:
        visible |= Q(evaluation__in=part, place__in=schools_for(user))
    return SchoolResult.objects.filter(visible)


def visible_schools(user: Person, county: Place) -> frozenset[str]:
    """The codes of a county's schools whose names and results somebody may see."""
    return frozenset(schools_for(user).filter(path__below=county.path).values_list("code", flat=True))


def get_evaluation_of_school(*, code: UUID, school: Place) -> Evaluation:
    """An evaluation of the county that a school lies in; the school comes from ``get_school``."""
    found = evaluations_of_school(school).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def schools_named(codes: Sequence[str], *, user: Person) -> list[tuple[Place, bool]]:
    """Schools by their codes, each with whether this person may open its page."""
    mine = set(schools_for(user).filter(code__in=codes).values_list("pk", flat=True))
    return [(place, place.pk in mine) for place in Place.objects.filter(kind=PlaceKind.SCHOOL, code__in=codes)]


def history_of(school: Place) -> list[SchoolResult]:
    """What the counting evaluations of each school year say of one school, the newest year first."""
    years = newest_by_year(evaluations_of_school(school))
    found = SchoolResult.objects.filter(place=school, evaluation__in=[entry.pk for entry in years.values()])
    related = found.select_related("evaluation__period").defer("evaluation__rows", "evaluation__summary")
    return list(related.order_by("-evaluation__period__school_year", "-stage"))


def changed_since(evaluation: Evaluation) -> int:
    """How many filings would go in differently if the period were judged again now on the same basis."""
    chosen = chosen_filings(evaluation.period, only_approved=evaluation.basis == Basis.APPROVED)
    now = {str(entry.filing.pk): entry.mark for entry in chosen}
    before = evaluation.filings
    return sum(now.get(filing) != before.get(filing) for filing in now.keys() | before.keys())


def last_change_of(period: Period) -> datetime | None:
    """When a filing of a period was last written or took a step."""
    found: datetime | None = Filing.objects.filter(period=period).aggregate(last=Max("changed_at"))["last"]
    return found


def periods_of(county: Place) -> QuerySet[Period]:
    """The periods of a county, the newest first."""
    return Period.objects.filter(county=county).order_by("-school_year", "-pk")


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
class RowSource:
    """A cell of a table as it was composed: by the keys of its filing and version, its row's key and the column."""

    filing: int
    version: int | None
    table: str
    key: str
    column: str


def source_of(evaluation: Evaluation, address: str) -> RowSource | None:
    """From the address that a reason names (``学段情况!D17``) to the cell that the figure came from."""
    place, letters, number = split_address(address)
    tables = tables_of(evaluation.period)
    table = next((name for name, entry in tables.tables.items() if entry.label.zh == place), None)
    sources = evaluation.rows.get(table, []) if table else []
    if table is None or number is None or not 0 <= number - 2 < len(sources):
        return None
    origin = judgement_of(evaluation).dataset.origins[table]
    column = next((name for name, letter in origin.letters.items() if index_of(letter) == index_of(letters)), "")
    for filing, version, key, columns in sources[number - 2]:
        if column in columns:
            return RowSource(filing, version, table, key, column)
    return None


def sources_of(evaluation: Evaluation, addresses: Iterable[str]) -> Mapping[str, RowSource]:
    """Of each address the row behind it, where it is known."""
    found = ((address, source_of(evaluation, address)) for address in addresses)
    return {address: source for address, source in found if source is not None}
