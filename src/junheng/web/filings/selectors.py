"""Reading filings: the only way to get one for a person."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from junheng.web.access import Action, Person, may, offices_by_place, offices_of, places_for
from junheng.web.filings.models import SCHOOL, Comment, Filing, FilingVersion, Period
from junheng.web.filings.reading import Checked, Rows, check_filing, rows_of
from junheng.web.filings.states import APPROVED, Step, steps_from
from junheng.web.filings.versions import rows_of_version
from junheng.web.regions.models import Place, PlaceKind

_RELATED = ("period", "period__county", "place", "place__parent")


def filings_for(user: Person) -> QuerySet[Filing]:
    """The filings that somebody may see: of her places, and those of her own office."""
    visible = Q(place__in=places_for(user, Action.VIEW_FILING))
    return Filing.objects.filter(visible | _of_own_offices(user)).select_related(*_RELATED)


def _of_own_offices(user: Person) -> Q:
    own = Q(pk__in=())
    for root, offices in offices_by_place(user):
        own |= Q(place__path__below=root.path, office__in=offices)
    return own


def get_filing(*, code: UUID, user: Person) -> Filing:
    """The filing if this person may see it; for anyone else it does not exist."""
    found = filings_for(user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def may_take(user: Person, step: Step, filing: Filing) -> bool:
    """Whether somebody may take a step of this filing, apart from its state."""
    if step.action is Action.FILE_FOR_OFFICE:
        return filing.office in offices_of(user, filing.place)
    return may(user, step.action, filing.place)


def steps_for(user: Person, filing: Filing) -> list[Step]:
    """The steps that somebody can take now: the buttons of the page."""
    if filing.period.closed_at is not None:
        return []
    begun = filing.period.has_begun_on(timezone.localdate())
    steps = steps_from(filing.state, filing.route)
    return [step for step in steps if (begun or not step.is_filing) and may_take(user, step, filing)]


def may_fill(user: Person, filing: Filing) -> bool:
    """Whether somebody may type into this filing while it is open."""
    if filing.office == SCHOOL:
        return may(user, Action.FILE, filing.place)
    return filing.office in offices_of(user, filing.place)


def may_remark(user: Person, filing: Filing) -> bool:
    return may(user, Action.COMMENT, filing.place)


def may_settle(user: Person, comment: Comment) -> bool:
    """Whoever made a remark says when it is dealt with; so may those who answer for the county's figures."""
    return comment.user_id == user.pk or may(user, Action.CORRECT, comment.filing.place)


def get_filing_to_fill(*, code: UUID, user: Person) -> Filing:
    """The filing if this person types into it; for anyone else it does not exist."""
    filing = get_filing(code=code, user=user)
    if not may_fill(user, filing):
        raise Http404
    return filing


def filings_of_mine(user: Person) -> QuerySet[Filing]:
    """The filings that somebody fills or signs herself, the newest period first."""
    mine = Q(office=SCHOOL, place__in=places_for(user, Action.FILE, Action.SIGN))
    found = Filing.objects.filter(mine | _of_own_offices(user)).select_related(*_RELATED)
    return found.order_by("-period__school_year", "place__path", "office")


def periods_for(user: Person) -> QuerySet[Period]:
    """The periods of the counties that hold any place of this person's."""
    roots = places_for(user, *Action)
    counties = set(roots.filter(kind="county").values_list("pk", flat=True))
    codes = {code for path in roots.exclude(kind="county").values_list("path", flat=True) for code in path.split("/")}
    return Period.objects.filter(Q(county__in=counties) | Q(county__code__in=codes - {""})).select_related("county")


def get_period(*, pk: int, user: Person) -> Period:
    found = periods_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def version_of_record(filing: Filing) -> FilingVersion | None:
    """The version that counts: the newest one."""
    return filing.versions.order_by("-number").first()


def filing_before(filing: Filing) -> Filing | None:
    """The same place's filing of the school year before."""
    return (
        Filing.objects.filter(
            place=filing.place,
            office=filing.office,
            period__school_year=filing.period.school_year - 1,
        )
        .select_related(*_RELATED)
        .first()
    )


def rows_before(filing: Filing) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """What was filed a year before: its approved version; nothing where there is none."""
    earlier = filing_before(filing)
    if earlier is None or earlier.state not in APPROVED:
        return {}
    version = version_of_record(earlier)
    return rows_of_version(version) if version else {}


def checked(filing: Filing) -> Checked:
    """The draft, read and checked now."""
    rows = rows_of(filing)
    listed = main_campus_of(filing, rows)
    return check_filing(filing, rows, rows_before(filing), filing.explanations.all(), listed)


def main_campus_of(filing: Filing, rows: Rows) -> list[dict[str, str]]:
    """The row of 学校名录 of the school that a campus says it belongs to."""
    codes = {row.get("campus_of", "").strip() for row in rows.get("school", {}).values()} - {""}
    county = filing.period.county
    found = Place.objects.filter(kind=PlaceKind.SCHOOL, code__in=codes, path__below=county.path)
    return [
        {**place.record, "school_code": place.code, "school_name": place.name, "county_code": county.code}
        for place in found
    ]
