"""Building the example installation: places, people, three years of filings, what was judged, what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from junheng.tables.dataset import Dataset
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.audit.models import Event
from junheng.web.audit.services import record
from junheng.web.dashboards.models import Basis
from junheng.web.dashboards.services import evaluate
from junheng.web.demo.filing_in import file_period
from junheng.web.demo.neighbours import NEIGHBOURS, neighbour, towns_of
from junheng.web.demo.people import SignIn, Staff, enter_samples, enter_staff
from junheng.web.demo.story import Story, choose, tell_story
from junheng.web.filings.models import Period
from junheng.web.filings.period_services import close_period, open_period
from junheng.web.filings.states import State
from junheng.web.rectification.services import list_gaps
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.services import enter_place, take_schools

_STANDARD = "CN/youzhi_2017"
_ACTION = "build_demo"


@dataclass(frozen=True)
class Demo:
    """What was built."""

    people: dict[str, User]
    sign_ins: list[SignIn]
    period: Period
    story: Story


def is_empty() -> bool:
    """Whether nobody and nothing is in this installation yet."""
    return not (User.objects.exists() or Place.objects.exists() or Event.objects.exists())


def is_demo() -> bool:
    """Whether this installation was built as the example."""
    return Event.objects.filter(action=_ACTION).exists()


def build_demo(dataset: Dataset, *, today: date, password: str = "", neighbours: int = len(NEIGHBOURS)) -> Demo:
    """Build the example in an empty installation, all or nothing.

    Args:
        dataset: of one county, with one or several school years; the newest is the one being filed.
        today: the period being filed was due shortly before.
        password: of all sample people; empty: each gets a random one.
        neighbours: how many counties beside it.
    """
    years = sorted(dataset["stage_year"]["school_year"].unique())
    with transaction.atomic():
        province = enter_place(kind=PlaceKind.PROVINCE, code="99", name="示例省", parent=None, acting_user=None)
        cities = {
            code: enter_place(kind=PlaceKind.CITY, code=code, name=name, parent=province, acting_user=None)
            for code, name in (("9901", "示例市"), ("9902", "示例二市"))
        }
        county = _county(dataset, cities["9901"])
        story = choose(county)
        places = {
            "school": story.school,
            "town": story.town,
            "county": county,
            "city": cities["9901"],
            "province": province,
        }
        people, sign_ins = enter_samples(places, password=password)
        known = {
            (str(Role.CLERK), story.school.code): people["clerk"],
            (str(Role.PRINCIPAL), story.school.code): people["principal"],
            (str(Role.TOWN_HEAD), story.town.code): people["town"],
            (str(Role.COUNTY_SECTION), county.code): people["section"],
            (str(Role.INSPECTOR), county.code): people["inspector"],
        }
        staff = enter_staff(county, officer=people["officer"], known=known)
        staff.offices["finance"] = people["finance"]
        for year in years[:-1]:
            _past_year(county, dataset, year, staff)
        period = _open_year(county, dataset, years[-1], staff, story, today)
        tell_story(story, period, people)
        towns = towns_of(dataset)
        for of in NEIGHBOURS[:neighbours]:
            _neighbour(neighbour(dataset, of, towns[of.towns]), cities[of.code[:4]], years[-2:])
        record(
            acting_user=None,
            action=_ACTION,
            subject="demo",
            place=province,
            summary="装入示例县（合成数据）",
            changes=[{"what": "counties", "before": 0, "after": 1 + neighbours}],
        )
    return Demo(people, sign_ins, period, story)


def _neighbour(dataset: Dataset, city: Place, years: Sequence[int]) -> None:
    """A county beside: its years are all over, and nobody there signs in."""
    county = _county(dataset, city)
    officer = User(username=f"s{county.code}", name=f"{county.name}审核员")
    officer.set_unusable_password()
    officer.save()
    Assignment.objects.create(user=officer, role=Role.COUNTY_OFFICER, place=county)
    staff = enter_staff(county, officer=officer, known={})
    for year in years:
        _past_year(county, dataset, year, staff)


def _county(dataset: Dataset, city: Place) -> Place:
    row = dataset["county"].row(0, named=True)
    county = enter_place(
        kind=PlaceKind.COUNTY,
        code=row["county_code"],
        name=row["county_name"],
        parent=city,
        acting_user=None,
        record={name: str(row[name]) for name in ("basic_balance_recognised_on", "resident_population") if row[name]},
    )
    take_schools(county=county, dataset=dataset, acting_user=None)
    return county


def _past_year(county: Place, dataset: Dataset, year: int, staff: Staff) -> None:
    """A year that is over: everything approved and locked, judged, closed."""
    due = date(year, 10, 31)
    period = open_period(
        county=county,
        school_year=year,
        standard=_STANDARD,
        day=date(year, 12, 31),
        opens_on=date(year, 9, 15),
        due_on=due,
        acting_user=staff.officer,
    )
    file_period(
        period=period,
        dataset=dataset,
        staff=staff,
        state_of=lambda _filing: State.LOCKED,
        handed_in_at=_noon(due - timedelta(days=4)),
    )
    list_gaps(evaluate(period=period, basis=Basis.APPROVED, acting_user=staff.officer), staff.officer)
    close_period(period=period, acting_user=staff.officer)


def _open_year(county: Place, dataset: Dataset, year: int, staff: Staff, story: Story, today: date) -> Period:
    """The year being filed: due two days ago, most of it approved, the rest on its way or late."""
    period = open_period(
        county=county,
        school_year=year,
        standard=_STANDARD,
        day=date(year, 12, 31),
        opens_on=today - timedelta(days=40),
        due_on=today - timedelta(days=2),
        acting_user=staff.officer,
    )
    file_period(
        period=period,
        dataset=dataset,
        staff=staff,
        state_of=story.state_of,
        keeps=story.keeps,
        handed_in_at=_noon(today - timedelta(days=6)),
    )
    list_gaps(evaluate(period=period, basis=Basis.LATEST, acting_user=staff.officer), staff.officer)
    return period


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
