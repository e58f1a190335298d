"""学校: the list of judged schools, narrowed and sorted by the database, as it is shown and as it is exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.base.outcome import Outcome
from junheng.base.terms import Label, Stage
from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables
from junheng.tables.model import CodeList
from junheng.web.access import Action, Person, places_for
from junheng.web.dashboards import answers
from junheng.web.dashboards.doors import school_url
from junheng.web.dashboards.models import SchoolResult
from junheng.web.dashboards.school_lines import Lack
from junheng.web.dashboards.selectors import schools_for
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.web.templatetags.words import stage as stage_word

LEFT_OUT = "left_out"
# ?sort= by the head of a column; a minus before it turns it round.
_SORTS = {
    "name": ("place__name",),
    "town": ("place__path",),
    "stage": ("stage",),
    "outcome": ("severity", "met"),
    "met": ("met", "severity"),
    "pupils": ("pupils",),
    "worst": ("worst",),
}
_USUAL = ("severity", "met", "pk")
_LACKS_SHOWN = 3
_MOST_PLACES = 300  # offered in one box


class SchoolFilter(forms.Form):
    """What a list of schools can be narrowed by."""

    q = forms.CharField(label=gettext_lazy("校名或标识码"), required=False, max_length=60)
    county = forms.ChoiceField(label=gettext_lazy("县"), required=False)
    town = forms.ChoiceField(label=gettext_lazy("乡镇"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("学段"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("办学类型"), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("结论"), required=False)

    def __init__(self, request: HttpRequest, user: Person) -> None:
        super().__init__(request.GET)
        every = ("", _("全部"))
        for name, kind in (("county", PlaceKind.COUNTY), ("town", PlaceKind.TOWN)):
            found = _places_of(user, kind, request.GET.get("county", ""))
            listed = [(place.code, place.name) for place in found]
            self._offer(name, [every, *listed] if 1 < len(listed) <= _MOST_PLACES else [])
        self._offer("stage", [every, *((str(own), stage_word(own)) for own in (Stage.PRIMARY, Stage.JUNIOR))])
        self._offer("kind", [every, *((code, label(word)) for code, word in school_kinds().items())])
        outcomes = [(str(o), outcome_word(o)) for o in (Outcome.UNMET, Outcome.UNKNOWN, Outcome.TOLERATED, Outcome.MET)]
        self._offer("outcome", [every, *outcomes, (LEFT_OUT, _("不计入"))])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if choices and isinstance(field, forms.ChoiceField):
            field.choices = choices
        else:
            del self.fields[name]

    def narrowed(self, results: QuerySet[SchoolResult]) -> QuerySet[SchoolResult]:
        """The rows that were asked for; a choice that there is not narrows nothing."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if text := asked.get("q"):
            results = results.filter(Q(place__name__icontains=text) | Q(place__code__startswith=text))
        if county := asked.get("county"):
            results = results.filter(evaluation__period__county__code=county)
        if town := asked.get("town"):
            results = results.filter(place__parent__code=town)
        if own := asked.get("stage"):
            results = results.filter(stage=own)
        if kind := asked.get("kind"):
            results = results.filter(place__record__school_kind=school_kinds()[kind].zh)
        if outcome := asked.get("outcome"):
            results = results.filter(outcome="" if outcome == LEFT_OUT else outcome)
        return results


def _places_of(user: Person, kind: str, county: str) -> list[Place]:
    """The counties or towns to choose from; towns of one county only."""
    places = places_for(user, Action.VIEW_SCHOOL_RESULT).filter(kind=kind)
    if kind == PlaceKind.TOWN and county:
        places = places.filter(parent__code=county)
    return list(places[: _MOST_PLACES + 1])


@lru_cache(maxsize=1)
def _kinds() -> CodeList:
    return load_tables().code_lists["school_kind"]


def school_kinds() -> dict[str, Label]:
    """The kinds of schools, as the table definitions call them."""
    return {code: entry.label for code, entry in _kinds().codes.items()}


def sorted_as(results: QuerySet[SchoolResult], asked: str) -> QuerySet[SchoolResult]:
    """In the order that ``?sort=`` names; the worst first where it names none."""
    columns = _SORTS.get(asked.removeprefix("-"), ())
    sign = "-" if asked.startswith("-") else ""
    return results.order_by(*(f"{sign}{column}" for column in columns), *_USUAL)


def counts_of(results: QuerySet[SchoolResult]) -> tuple[dict[str, int], int]:
    """How many rows have which outcome, and how many schools they are of."""
    plain = results.order_by()
    counted = dict(plain.values_list("outcome").annotate(Count("pk")))
    return counted, plain.aggregate(schools=Count("place", distinct=True))["schools"]


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One line of the list."""

    code: str
    name: str
    href: str
    above: str
    kind: str
    stage: str
    outcome: str
    met: int
    counted: int
    worst: str
    lacks: str
    pupils: int | None


def rows_of(results: Iterable[SchoolResult]) -> Iterator[SchoolRow]:
    """Rows with their places and standards; ask for them with ``related``."""
    for result in results:
        place, standard = result.place, result.evaluation.standard
        lacks = [Lack(*entry) for entry in result.lacks]
        said = [answers.lack_words(name_of(standard, lack.indicator), lack) for lack in lacks[:_LACKS_SHOWN]]
        more = len(lacks) - len(said)
        yield SchoolRow(
            code=place.code,
            name=place.name,
            href=school_url(place.code),
            above=place.parent.name if place.parent else "",
            kind=_kind_word(str(place.record.get("school_kind", ""))),
            stage=result.stage,
            outcome=result.outcome,
            met=result.met,
            counted=result.counted,
            worst=name_of(standard, result.worst) if result.worst else "",
            lacks=answers.clauses([*said, _("另有 %(more)s 项") % {"more": more} if more > 0 else ""]),
            pupils=result.pupils,
        )


def related(results: QuerySet[SchoolResult]) -> QuerySet[SchoolResult]:
    found = results.select_related("place__parent", "evaluation")
    return found.defer("evaluation__rows", "evaluation__summary")


def name_of(standard: str, indicator: str) -> str:
    """What a standard calls an indicator."""
    return label(_names(standard).get(indicator, indicator))


@lru_cache(maxsize=64)
def _names(standard: str) -> dict[str, Label]:
    return {name: entry.label for name, entry in load_standard(standard).resources.items()}


def _kind_word(written: str) -> str:
    kinds = _kinds()
    code = kinds.read(written) if written else None
    return label(kinds.codes[code]) if code else written


def heads() -> list[str]:
    return [
        _("学校标识码"),
        _("学校"),
        _("乡镇或县"),
        _("办学类型"),
        _("学段"),
        _("结论"),
        _("达标指标数"),
        _("指标数"),
        _("最弱指标"),
        _("差什么"),
        _("在校生数"),
    ]


def exported(results: QuerySet[SchoolResult]) -> Iterator[list[object]]:
    """The whole list, line by line."""
    for row in rows_of(related(results).iterator(chunk_size=1000)):
        yield [
            row.code,
            row.name,
            row.above,
            row.kind,
            stage_word(row.stage),
            outcome_word(row.outcome) or _("不计入"),
            row.met,
            row.counted,
            row.worst,
            row.lacks,
            row.pupils,
        ]


def not_judged(user: Person, results: QuerySet[SchoolResult]) -> QuerySet[Place]:
    """The open schools of this person that no counting evaluation has a row of; asked of one county at a time."""
    if places_for(user, Action.VIEW_SCHOOL_RESULT).filter(kind=PlaceKind.COUNTY)[1:2].exists():
        return Place.objects.none()
    return schools_for(user).filter(closed_on__isnull=True).exclude(pk__in=results.order_by().values("place"))
