"""Gaps for a person: which there are, what they add up to, how far behind whom they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, Max, Min, Q, QuerySet, Sum, Value, When
from django.http import Http404
from django.utils.http import urlencode

from junheng.web.access import GRANTS, Action, Person, may, places_for, roles_of
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.audit.models import Event
from junheng.web.dashboards.models import Evaluation
from junheng.web.filings.models import Period
from junheng.web.rectification.models import STANDING, Gap, GapState
from junheng.web.rectification.naming import heading

_NOT_DONE = (GapState.OPEN, GapState.IN_HAND)
_RELATED = ("period__county", "place__parent", "owner", "mended_by", "closed_by", "evaluation")
# Spans of the task board: a name, and from and until how many days from today.
SPANS: Mapping[str, tuple[int | None, int | None]] = {
    "overdue": (None, -1),
    "week": (0, 7),
    "month": (8, 30),
    "later": (31, None),
}


def gaps_for(user: Person) -> QuerySet[Gap]:
    """The gaps of the places whose gaps somebody may see."""
    return Gap.objects.filter(place__in=places_for(user, Action.VIEW_GAPS)).select_related(*_RELATED)


def get_gap(*, code: UUID, user: Person) -> Gap:
    found = gaps_for(user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def periods_with_gaps(user: Person) -> QuerySet[Period]:
    """The periods of which this person has gaps, newest first."""
    seen = Gap.objects.filter(place__in=places_for(user, Action.VIEW_GAPS)).values("period")
    return Period.objects.filter(pk__in=seen).select_related("county").order_by("-school_year", "county__path")


def newest_evaluation(user: User, period: Period | None, county: str = "") -> Evaluation | None:
    """What the list could be made from now: the newest judgement of a county whose gaps this person gives out."""
    counties = places_for(user, Action.ASSIGN_GAP).filter(kind="county")
    found = Evaluation.objects.filter(period__county__in=counties).select_related("period__county")
    if period is not None:
        found = found.filter(period=period)
    if county:
        found = found.filter(period__county__code=county)
    return found.order_by("-period__school_year", "-pk").first()


def selected(gaps: QuerySet[Gap], wanted: Mapping[str, object], *, today: date, user: User) -> QuerySet[Gap]:
    """The gaps that a filter asks for."""
    if isinstance(period := wanted.get("period"), Period):
        gaps = gaps.filter(period=period)
    if county := wanted.get("county"):
        gaps = gaps.filter(period__county__code=county)
    if text := str(wanted.get("q") or "").strip():
        gaps = gaps.filter(
            Q(place__name__icontains=text)
            | Q(place__code=text)
            | Q(place__parent__name__icontains=text)
            | Q(title__icontains=text)
        )
    for name in ("part", "outcome", "stage", "indicator"):
        if value := wanted.get(name):
            gaps = gaps.filter(**{name: value})
    match wanted.get("state"):
        case "all":
            pass
        case "" | None | "standing":
            gaps = gaps.filter(state__in=STANDING)
        case state:
            gaps = gaps.filter(state=state)
    match wanted.get("owner"):
        case "" | None:
            pass
        case "mine":
            gaps = gaps.filter(owner=user)
        case "none":
            gaps = gaps.filter(owner__isnull=True)
        case owner:
            gaps = gaps.filter(owner=int(str(owner)) if str(owner).isdigit() else None)
    if due := str(wanted.get("due") or ""):
        gaps = due_in(gaps, due, today)
    return gaps


def due_in(gaps: QuerySet[Gap], span: str, today: date) -> QuerySet[Gap]:
    """The gaps not yet mended that are due in a span of the task board, or have no date."""
    gaps = gaps.filter(state__in=_NOT_DONE)
    if span == "none":
        return gaps.filter(due_on__isnull=True)
    first, last = SPANS.get(span, (None, None))
    if first is not None:
        gaps = gaps.filter(due_on__gte=today + timedelta(days=first))
    if last is not None:
        gaps = gaps.filter(due_on__lte=today + timedelta(days=last))
    return gaps.filter(due_on__isnull=False)


SORTS = {
    "place": ("place__path",),
    "title": ("title", "place__path"),
    "amount": ("unit", "amount"),
    "state": ("state", "place__path"),
    "owner": ("owner__name", "place__path"),
    "due": ("due_on", "place__path"),
}


def in_order(gaps: QuerySet[Gap], sort: str, today: date) -> QuerySet[Gap]:
    """In the order asked for; by itself what is overdue stands first, then what is due next."""
    gaps = gaps.annotate(
        is_overdue=Case(
            When(due_on__lt=today, state__in=_NOT_DONE, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
    )
    by = SORTS.get(sort.removeprefix("-"))
    if by is None:
        return gaps.order_by("-is_overdue", F("due_on").asc(nulls_last=True), "part", "place__path", "key")
    down = sort.startswith("-")
    first = F(by[0]).desc(nulls_last=True) if down else F(by[0]).asc(nulls_last=True)
    return gaps.order_by(first, *by[1:], "key")


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the gaps of one indicator add up to, in a unit that can be appointed, built or bought."""

    title: str
    indicator: str
    stage: str
    gaps: int
    amount: object
    unit: str


def what_is_lacking(gaps: QuerySet[Gap]) -> list[Lacking]:
    """The sums by indicator: what two indicators lack may be the same person, so it is not added up further."""
    rows = (
        gaps.filter(amount__gt=0)
        .order_by()
        .values("title", "part", "indicator", "stage", "unit")
        .annotate(gaps=Count("pk"), total=Sum("amount"), standard=Max("period__standard"))
        .order_by("-stage", "indicator")
    )
    return [
        Lacking(_heading(row), row["indicator"], row["stage"], row["gaps"], row["total"], row["unit"]) for row in rows
    ]


def _heading(row: Mapping[str, Any]) -> str:
    named = {name: row[name] for name in ("standard", "part", "indicator", "title")}
    return heading(**named, gate="", own_stage=row["stage"])


def counts(gaps: QuerySet[Gap], today: date) -> dict[str, int]:
    """How many gaps there are, where they stand, and how many are late."""
    not_done = Q(state__in=_NOT_DONE)
    found: dict[str, int] = gaps.order_by().aggregate(
        all=Count("pk"),
        standing=Count("pk", filter=Q(state__in=STANDING)),
        open=Count("pk", filter=Q(state=GapState.OPEN)),
        in_hand=Count("pk", filter=Q(state=GapState.IN_HAND)),
        mended=Count("pk", filter=Q(state=GapState.MENDED)),
        closed=Count("pk", filter=Q(state=GapState.CLOSED)),
        overdue=Count("pk", filter=not_done & Q(due_on__lt=today)),
        unowned=Count("pk", filter=not_done & Q(owner__isnull=True)),
        schools=Count("place", filter=Q(state__in=STANDING, place__kind="school"), distinct=True),
    )
    return found


@dataclass(frozen=True, slots=True)
class Lag:
    """How one person, school or town stands: what is there, what is done, what is late and since when."""

    name: str
    filter: str
    all: int
    not_done: int
    overdue: int
    oldest: date | None
    mended: int
    closed: int


def lag(gaps: QuerySet[Gap], by: str, today: date) -> list[Lag]:
    """Who is behind the dates (督查), furthest behind first: by owner, by school or by town."""
    keys = {"owner": ("owner__pk", "owner__name"), "town": ("place__parent__code", "place__parent__name")}
    key, name = keys.get(by, ("place__code", "place__name"))
    late = Q(state__in=_NOT_DONE, due_on__lt=today)
    rows = (
        gaps.order_by()
        .values(key, name)
        .annotate(
            all=Count("pk"),
            not_done=Count("pk", filter=Q(state__in=_NOT_DONE)),
            overdue=Count("pk", filter=late),
            oldest=Min("due_on", filter=late),
            mended=Count("pk", filter=Q(state=GapState.MENDED)),
            closed=Count("pk", filter=Q(state=GapState.CLOSED)),
        )
        .order_by("-overdue", "-not_done", name)
    )
    return [
        Lag(
            name=row[name] or "",
            filter=_filter_of(by, row[key], row[name]),
            **{field: row[field] for field in ("all", "not_done", "overdue", "oldest", "mended", "closed")},
        )
        for row in rows
    ]


def _filter_of(by: str, key: object, name: object) -> str:
    """The filter of the list that selects the gaps of one line."""
    if by == "owner":
        return urlencode({"state": "all", "owner": str(key or "none")})
    return urlencode({"state": "all", "q": str((name if by == "town" else key) or "")})


def possible_owners(user: User, period: Period | None) -> list[User]:
    """The people of a county who can work on gaps: those a gap may be given to, by name."""
    if period is None:
        return []
    roles = [role for role in Role if Action.MEND_GAP in GRANTS[role]]
    county = period.county
    held = (
        Assignment.objects.filter(role__in=roles, user__is_active=True)
        .filter(Q(place__path__below=county.path) | Q(place__code__in=county.above))
        .filter(place__in=places_for(user, Action.VIEW_GAPS))
        .values("user")
    )
    return list(User.objects.filter(pk__in=held).order_by("name", "pk"))


def history_of(gap: Gap) -> list[Event]:
    """What happened to a gap, newest first: by itself, and with others in one go."""
    own, several = f"gap:{gap.pk}", f"gaps:{gap.period_id}"
    events = Event.objects.filter(subject__in=[own, several]).select_related("user").order_by("-pk")

    def concerns(event: Event) -> bool:
        return event.subject == own or any(str(c.get("what", "")).split("/")[0] == own for c in event.changes)

    return [event for event in events if concerns(event)]


def may_do(user: User, gap: Gap) -> dict[str, bool]:
    """What somebody can do with a gap now: the buttons of the page."""
    not_done = gap.state in _NOT_DONE
    return {
        "mend": not_done and may(user, Action.MEND_GAP, gap.place),
        "assign": gap.is_standing and may(user, Action.ASSIGN_GAP, gap.place),
        "close": gap.state == GapState.MENDED
        and gap.mended_by_id != user.pk
        and may(user, Action.CLOSE_GAP, gap.place),
        "reopen": gap.state in (GapState.MENDED, GapState.CLOSED) and may(user, Action.CLOSE_GAP, gap.place),
        "own_hands": gap.state == GapState.MENDED
        and gap.mended_by_id == user.pk
        and may(user, Action.CLOSE_GAP, gap.place),
    }


def sees_whole_counties(user: User) -> bool:
    """Whether somebody sees gaps beyond one school: then owners and lag are worth comparing."""
    kinds: Sequence[str] = [held.place.kind for held in roles_of(user) if Action.VIEW_GAPS in GRANTS[Role(held.role)]]
    return any(kind != "school" for kind in kinds)
