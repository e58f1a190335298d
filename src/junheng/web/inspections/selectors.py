"""Findings for a person, and the filings that wait for an inspector."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from junheng.web.access import Action, Person, may, places_for
from junheng.web.accounts.models import User
from junheng.web.filings.models import Filing
from junheng.web.filings.selectors import filings_for
from junheng.web.filings.states import State
from junheng.web.inspections.models import FindingState, InspectionFinding
from junheng.web.regions.models import Place

_RELATED = (
    "period__county",
    "place__parent",
    "filing__period__county",
    "filing__place",
    "inspector",
    "answered_by",
    "closed_by",
)
_IN_STATE = {
    FindingState.OPEN: Q(closed_at__isnull=True, answered_at__isnull=True),
    FindingState.ANSWERED: Q(closed_at__isnull=True, answered_at__isnull=False),
    FindingState.CLOSED: Q(closed_at__isnull=False),
}


def findings_for(user: Person) -> QuerySet[InspectionFinding]:
    """The findings at the places whose findings somebody may see."""
    places = places_for(user, Action.VIEW_INSPECTION)
    return InspectionFinding.objects.filter(place__in=places).select_related(*_RELATED)


def get_finding(*, code: UUID, user: Person) -> InspectionFinding:
    found = findings_for(user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def selected(findings: QuerySet[InspectionFinding], wanted: Mapping[str, str]) -> QuerySet[InspectionFinding]:
    """The findings that a filter asks for; those that wait longest stand first, closed ones last."""
    if text := wanted.get("q", "").strip():
        findings = findings.filter(
            Q(place__name__icontains=text)
            | Q(place__code=text)
            | Q(place__parent__name__icontains=text)
            | Q(text__icontains=text)
        )
    if place := wanted.get("place"):
        findings = findings.filter(place__code=place)
    if method := wanted.get("method"):
        findings = findings.filter(method=method)
    if (state := wanted.get("state", "")) in FindingState.values:
        findings = findings.filter(_IN_STATE[FindingState(state)])
    if period := wanted.get("period"):
        findings = findings.filter(period__school_year=period)
    closed, answered = F("closed_at").desc(nulls_first=True), F("answered_at").asc(nulls_first=True)
    return findings.order_by(closed, answered, "-made_at")


def counts(findings: QuerySet[InspectionFinding]) -> dict[str, int]:
    found: dict[str, int] = findings.order_by().aggregate(
        all=Count("pk"), **{state.value: Count("pk", filter=condition) for state, condition in _IN_STATE.items()}
    )
    return found


def years_with_findings(user: Person) -> list[int]:
    years = findings_for(user).order_by("-period__school_year").values_list("period__school_year", flat=True)
    return list(years.distinct())


def to_verify(user: User) -> QuerySet[Filing]:
    """The filings that the county has approved and no inspector has held against the originals."""
    places = places_for(user, Action.VERIFY)
    return (
        filings_for(user)
        .filter(state=State.APPROVED, place__in=places)
        .order_by("-period__school_year", "place__path", "office")
    )


def place_named(text: str, user: User) -> Place | None:
    """The school or county that this person inspects and that a text names: by code, or by a name only one has."""
    text = text.strip()
    places = places_for(user, Action.INSPECT).filter(kind__in=["school", "county"])
    found = places.filter(code=text).first()
    if found is None:
        named = list(places.filter(name=text)[:2])
        found = named[0] if len(named) == 1 else None
    return found


def may_do(user: User, finding: InspectionFinding) -> dict[str, bool]:
    """What somebody can do with a finding now: the buttons of the page."""
    is_open = finding.state != FindingState.CLOSED
    return {
        "answer": is_open and may(user, Action.ANSWER_INSPECTION, finding.place),
        "close": is_open and may(user, Action.INSPECT, finding.place),
    }
