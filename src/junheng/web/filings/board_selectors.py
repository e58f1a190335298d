"""The board: where every filing of a year stands, who is late, what wants a look. A filter is a selection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.web.access import GRANTS, Action, Person, may, may_anywhere, places_for, roles_of
from junheng.web.accounts.models import Role
from junheng.web.filings.models import Filing, Period
from junheng.web.filings.states import APPROVED, Route, State
from junheng.web.regions.models import Place, PlaceKind

SEES_BOARD = (Action.VIEW_BOARD, Action.REVIEW_IN_TOWN, Action.REVIEW_IN_COUNTY)
# Nobody outside the school (or office) has it yet.
NOT_FILED = (State.DRAFT, State.RETURNED, State.HANDED_IN)
# Which states wait for whoever may do this.
WAITING = {
    Action.SIGN: State.HANDED_IN,
    Action.REVIEW_IN_TOWN: State.SIGNED,
    Action.REVIEW_IN_COUNTY: State.TOWN_PASSED,
    Action.VERIFY: State.APPROVED,
}
# The same as ``Filing.is_begun`` says of one.
NOT_BEGUN = Q(state=State.DRAFT, filled=0)
# Where a filing stands, as the board tells it: nothing filled in is not the same as being filled in.
STANDINGS: dict[str, tuple[str | Promise, Q]] = {
    "not_begun": (gettext_lazy("未开始"), NOT_BEGUN),
    "filling": (State.DRAFT.label, Q(state=State.DRAFT, filled__gt=0)),
    **{
        state.value: (state.label, Q(state=state))
        for state in (
            State.RETURNED,
            State.HANDED_IN,
            State.SIGNED,
            State.TOWN_PASSED,
            State.APPROVED,
            State.VERIFIED,
            State.LOCKED,
        )
    },
}
DIRECT, OFFICE = "direct", "office"  # groups beside the towns
SORTS = {
    "place": ("place__path", "office"),
    "name": ("place__name", "office"),
    "standing": ("order", "place__path", "office"),
    "due": ("period__due_on", "place__path", "office"),
    "filled": ("filled", "place__path", "office"),
    "errors": ("errors", "to_explain", "place__path", "office"),
    "jumps": ("jumps", "place__path", "office"),
    "changed": ("changed_at", "pk"),
}


def _roots(user: Person) -> list[Place]:
    """The places at the top of what somebody follows; none of them lies below another."""
    held = {entry.place for entry in roles_of(user) if set(SEES_BOARD) & GRANTS[Role(entry.role)]}
    return [place for place in held if not any(place != top and place.is_below(top) for top in held)]


def board_periods(user: Person) -> QuerySet[Period]:
    """The periods of the counties where somebody sees the board, or a part of it."""
    own = Q(pk__in=())
    for root in _roots(user):
        own |= Q(county__path__below=root.path) | Q(county__code__in=root.above)
    return Period.objects.filter(own).select_related("county")


def board_filings(user: Person) -> QuerySet[Filing]:
    """The filings whose progress somebody follows; that is not yet leave to read what they say."""
    own = Q(pk__in=())
    for root in _roots(user):
        own |= Q(place__path__below=root.path)
    return Filing.objects.filter(own)


def is_late(today: date) -> Q:
    return Q(state__in=NOT_FILED, period__due_on__lt=today, period__closed_at__isnull=True)


def waiting_for(user: Person) -> Q:
    """The filings that wait for this very person."""
    found = Q(pk__in=())
    for action, state in WAITING.items():
        if may_anywhere(user, action):
            found |= Q(state=state, place__in=places_for(user, action))
    return found


@dataclass(frozen=True)
class Board:
    """What a person sees of the board before she filters: the year, its periods, its filings."""

    user: Person
    year: int | None
    periods: tuple[Period, ...]
    years: tuple[int, ...]
    filings: QuerySet[Filing]
    whole: bool  # whether she follows all of each county
    today: date = field(default_factory=timezone.localdate)

    @property
    def counties(self) -> list[Place]:
        return sorted({period.county for period in self.periods}, key=lambda county: county.path)


def board_for(user: Person, year: str = "", county: str = "") -> Board:
    """The board of a school year; where none of hers is asked for, of the one she has most to do in.

    Args:
        county: the code of the only county that is looked at; without it all of hers count.
    """
    periods = list(board_periods(user))
    years = sorted({period.school_year for period in periods}, reverse=True)
    chosen = next((entry for entry in years if str(entry) == year), None)
    if chosen is None:
        chosen = _year_to_see(user, periods, county)
    shown = tuple(period for period in periods if period.school_year == chosen)
    # By the year, not by a list of periods: with both, SQLite tries every pair of period and place.
    filings = Filing.objects.none() if chosen is None else board_filings(user).filter(period__school_year=chosen)
    whole = not any(root.kind in (PlaceKind.TOWN, PlaceKind.SCHOOL) for root in _roots(user))
    return Board(user, chosen, shown, tuple(years), filings, whole)


def open_filings(user: Person) -> QuerySet[Filing]:
    """The filings whose progress somebody follows in the periods that are not closed, of all years."""
    return board_filings(user).filter(period__closed_at__isnull=True)


def by_year(filings: QuerySet[Filing]) -> dict[int, int]:
    """How many filings there are of each school year, the oldest first."""
    counted = filings.order_by().values_list("period__school_year").annotate(Count("pk"))
    return dict(sorted(counted))


def _year_to_see(user: Person, periods: Sequence[Period], county: str) -> int | None:
    """The open year with most waiting for her, else the oldest open one not fully approved, else the newest."""
    periods = [period for period in periods if period.county.code == county] or periods
    running = sorted({period.school_year for period in periods if period.closed_at is None})
    if len(running) > 1:
        own = open_filings(user).filter(period__county__code=county) if county else open_filings(user)
        if waiting := by_year(own.filter(waiting_for(user))):
            return max(running, key=lambda year: (waiting.get(year, 0), -year))
        for year in running:
            if own.filter(period__school_year=year).exclude(state__in=APPROVED).exists():
                return year
    return max(running or (period.school_year for period in periods), default=None)


def counties_to_choose(board: Board, asked: str = "") -> list[Place]:
    """The counties with filings in the year, and the one asked for though it has none, if this person sees it."""
    found = board.counties
    if asked and asked not in {county.code for county in found}:
        roots = Q(code__in=[code for root in _roots(board.user) for code in root.above])
        seen = Q(pk__in=places_for(board.user, *SEES_BOARD))
        found = [*found, *Place.objects.filter(roots | seen, kind=PlaceKind.COUNTY, code=asked)]
    return found


def filtered(board: Board, wanted: Mapping[str, Any]) -> QuerySet[Filing]:
    """The filings that a filter leaves; ``wanted`` is the cleaned data of ``BoardFilter``."""
    found = board.filings
    if text := wanted.get("q"):
        found = found.filter(Q(place__name__icontains=text) | Q(place__code__startswith=text))
    if county := wanted.get("county"):
        found = found.filter(period__county__code=county)
    if town := wanted.get("town"):
        routes = {DIRECT: Route.COUNTY_SCHOOL, OFFICE: Route.OFFICE}
        found = found.filter(route=routes[town]) if town in routes else found.filter(place__parent__code=town)
    if standing := wanted.get("standing"):
        found = found.filter(_standing(board.user, standing))
    if wanted.get("late"):
        found = found.filter(is_late(board.today))
    if wanted.get("findings"):
        found = found.filter(Q(errors__gt=0) | Q(to_explain__gt=0))
    if wanted.get("jumped"):
        found = found.filter(jumps__gt=0)
    return found


def _standing(user: Person, key: str) -> Q:
    match key:
        case "mine":
            return waiting_for(user)
        case "to_lock":
            return Q(state__in=(State.APPROVED, State.VERIFIED))
        case "not_filed":
            return Q(state__in=NOT_FILED)
        case "filed":
            return ~Q(state__in=NOT_FILED)
        case _:
            return STANDINGS[key][1]


def ordered(filings: QuerySet[Filing], sort: str) -> QuerySet[Filing]:
    """In the order asked for, everything that a row shows read at once."""
    key = sort.removeprefix("-")
    names = SORTS.get(key, SORTS["place"])
    if key == "standing":
        cases = [When(condition, then=Value(place)) for place, (_label, condition) in enumerate(STANDINGS.values())]
        filings = filings.annotate(order=Case(*cases, default=Value(99), output_field=IntegerField()))
    terms = [F(name).desc() if sort.startswith("-") and at == 0 else F(name).asc() for at, name in enumerate(names)]
    return filings.select_related("period__county", "place__parent").order_by(*terms)


def in_order(keys: Sequence[int]) -> list[Filing]:
    """The filings of one page with all that their rows show; sorting the keys alone keeps deep pages fast."""
    found = Filing.objects.select_related("period__county", "place__parent").in_bulk(keys)
    return [found[key] for key in keys]


def readable_places(user: Person, filings: Iterable[Filing]) -> set[int]:
    """Of these filings' places those whose figures somebody may read."""
    places = {filing.place_id for filing in filings}
    return set(places_for(user, Action.VIEW_FILING).filter(pk__in=places).values_list("pk", flat=True))


@dataclass(frozen=True)
class Progress:
    """A line of the board: a town, a county, or all of it, with how many filings stand where."""

    key: str
    label: str
    total: int
    late: int
    filled: int
    asked: int
    counts: Mapping[str, int]

    @property
    def filed(self) -> int:
        """How many have left the school."""
        return self.total - sum(self.counts[name] for name in ("not_begun", "filling", "returned", "handed_in"))

    @property
    def approved(self) -> int:
        return sum(self.counts[name] for name in ("approved", "verified", "locked"))


def progress(board: Board, county: str = "") -> list[Progress]:
    """How far every town is; every county where there are several. One query, whatever the number of filings."""
    periods = {period.pk: period for period in board.periods if not county or period.county.code == county}
    wide = len(board.counties) > 1 and not county
    filings = board.filings.filter(period__in=periods)
    if wide and board.whole:  # the same filings, found without a look at their places
        filings = Filing.objects.filter(period__in=periods)
    by = ("period_id",) if wide else ("period_id", "route", "place__parent_id")
    rows = (
        filings.order_by()
        .values(*by, "state")
        .annotate(
            total=Count("pk"),
            untouched=Count("pk", filter=NOT_BEGUN),
            all_filled=Sum("filled"),
            all_asked=Sum("asked"),
        )
    )
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    towns: dict[int, Place] = {}
    if not wide:
        rows = list(rows)
        towns = Place.objects.in_bulk({row["place__parent_id"] for row in rows if row["route"] == Route.TOWN_SCHOOL})
    for row in rows:
        found.setdefault(_group(row, periods[row["period_id"]], towns, wide), []).append(row)
    late = {pk for pk, period in periods.items() if period.due_on < board.today and period.closed_at is None}
    last = {DIRECT: 1, OFFICE: 2}
    groups = sorted(found.items(), key=lambda entry: (last.get(entry[0][0], 0), entry[0]))
    return [_line(key, label, entries, late) for (key, label), entries in groups]


def _group(row: Mapping[str, Any], period: Period, towns: Mapping[int, Place], wide: bool) -> tuple[str, str]:
    """The key and the name of the line that a count belongs to."""
    if wide:
        return period.county.code, period.county.name
    match row["route"]:
        case Route.OFFICE:
            return OFFICE, _("部门")
        case Route.COUNTY_SCHOOL:
            return DIRECT, _("县直学校")
        case _:
            town = towns[row["place__parent_id"]]
            return town.code, town.name


def _line(key: str, label: str, rows: Iterable[Mapping[str, Any]], late: Collection[int]) -> Progress:
    counts = dict.fromkeys(STANDINGS, 0)
    total = overdue = filled = asked = 0
    for row in rows:
        if row["state"] == State.DRAFT:
            counts["not_begun"] += row["untouched"]
            counts["filling"] += row["total"] - row["untouched"]
        else:
            counts[row["state"]] += row["total"]
        total += row["total"]
        overdue += row["total"] if row["state"] in NOT_FILED and row["period_id"] in late else 0
        filled += row["all_filled"] or 0
        asked += row["all_asked"] or 0
    return Progress(key, label, total, overdue, filled, asked, counts)


def total_of(lines: Sequence[Progress]) -> Progress:
    """All lines of the board in one."""
    return Progress(
        "",
        _("合计"),
        sum(line.total for line in lines),
        sum(line.late for line in lines),
        sum(line.filled for line in lines),
        sum(line.asked for line in lines),
        {name: sum(line.counts[name] for line in lines) for name in STANDINGS},
    )


def standing_of(filing: Filing) -> str:
    """Where a filing stands, by the key of ``STANDINGS``."""
    if filing.state == State.DRAFT:
        return "filling" if filing.is_begun else "not_begun"
    return filing.state


def days_late(filing: Filing, today: date) -> int:
    """By how many days a filing is overdue; 0 when it is in time or has been filed."""
    if filing.state not in NOT_FILED or filing.period.closed_at is not None:
        return 0
    return max((today - filing.period.due_on).days, 0)


def towns_of(board: Board, county: str) -> list[tuple[str, str]]:
    """The groups to choose from in the one county that is looked at: its towns, 县直学校, 部门; none for several."""
    shown = [place for place in board.counties if not county or place.code == county]
    if len(shown) != 1:
        return []
    towns = places_for(board.user, *SEES_BOARD).filter(kind=PlaceKind.TOWN, parent=shown[0])
    found = [(town.code, town.name) for town in towns]
    whole = any(may(board.user, action, shown[0]) for action in SEES_BOARD)
    return [*found, (DIRECT, _("县直学校")), (OFFICE, _("部门"))] if whole else found


def neighbours(filings: QuerySet[Filing], filing: Filing) -> tuple[Filing | None, Filing | None]:
    """The filings before and after this one in a list, by place and office."""
    path, office = filing.place.path, filing.office
    before = filings.filter(Q(place__path__lt=path) | Q(place__path=path, office__lt=office))
    after = filings.filter(Q(place__path__gt=path) | Q(place__path=path, office__gt=office))
    return before.order_by("-place__path", "-office").first(), after.order_by("place__path", "office").first()
