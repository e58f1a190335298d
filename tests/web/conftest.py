"""The cast and a small county: three schools, two of them in one town, and a county next door."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import translation

from emptying import triggers_laid_aside_while_emptying
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.services import evaluate
from junheng.web.filings.form import form_of
from junheng.web.filings.models import Filing, Period
from junheng.web.filings.period_services import open_period
from junheng.web.filings.versions import make_version
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.services import enter_place

RECORD = {"school_kind": "小学", "location": "镇区", "operator": "县级教育部门", "boarding": "否"}

# What a sound primary school of the small county files; everything else is 0.
SOUND = {
    "school_year": {
        "teaching_area": "3000",
        "indoor_sports_area": "200",
        "sports_ground_area": "5000",
        "equipment_value": "150",
        "multimedia_classrooms": "15",
        "music_rooms_96": "1",
        "art_rooms_90": "1",
        "public_funds_budget": "50",
        "training_budget": "5",
    },
    "stage_year": {
        "pupils": "500",
        "classes": "12",
        "classes_45": "12",
        "teachers": "30",
        "teachers_bachelor": "25",
        "teachers_associate": "5",
        "backbone_teachers": "6",
        "teachers_pe": "3",
        "teachers_music": "2",
        "teachers_fine_arts": "2",
        "certified_teachers": "30",
        "teachers_360_hours": "30",
        "zone_pupils": "480",
    },
}


@dataclass
class Cast:
    """People by what they are; places; the period that is open."""

    province: Place
    city: Place
    county: Place
    town: Place
    school: Place  # in the town
    neighbour: Place  # in the same town
    direct: Place  # straight under the county
    other_county: Place
    other_school: Place
    period: Period
    other_period: Period
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def filing(self, place: Place | None = None, office: str = "school") -> Filing:
        """The filing of a place in the open period, read anew."""
        found = Filing.objects.select_related("period__county", "place__parent")
        return found.get(place=place or self.school, office=office, period__in=(self.period, self.other_period))


def person(name: str, role: str, place: Place, **fields: str) -> User:
    user = User(username=name, name=name, must_change_password=False)
    user.set_unusable_password()
    user.save()
    Assignment.objects.create(user=user, role=role, place=place, **fields)
    return user


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request leaves its language to the thread; the next test must not answer in it."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Every test begins with no request counted against its people and addresses."""
    caches["limits"].clear()


@pytest.fixture
def clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """No span of time in which requests are counted, or a code fits, ends in the middle of the test."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    province = enter_place(kind=PlaceKind.PROVINCE, code="99", name="示例省", parent=None, acting_user=None)
    city = enter_place(kind=PlaceKind.CITY, code="9901", name="示例市", parent=province, acting_user=None)
    county = enter_place(kind=PlaceKind.COUNTY, code="990101", name="甲县", parent=city, acting_user=None)
    other = enter_place(kind=PlaceKind.COUNTY, code="990102", name="乙县", parent=city, acting_user=None)
    town = enter_place(kind=PlaceKind.TOWN, code="990101-东镇", name="东镇", parent=county, acting_user=None)

    def school(code: str, name: str, parent: Place) -> Place:
        return enter_place(
            kind=PlaceKind.SCHOOL, code=code, name=name, parent=parent, acting_user=None, record=dict(RECORD)
        )

    places = [
        school("9901010001", "东镇一小", town),
        school("9901010002", "东镇二小", town),
        school("9901010003", "县直小学", county),
        school("9901020001", "乙县小学", other),
    ]
    people = {
        "admin": person("管理员", Role.ADMINISTRATOR, county),
        "clerk": person("填报员小李", Role.CLERK, places[0]),
        "principal": person("张校长", Role.PRINCIPAL, places[0]),
        "neighbour_clerk": person("邻校小王", Role.CLERK, places[1]),
        "neighbour_principal": person("邻校周校长", Role.PRINCIPAL, places[1]),
        "asset_keeper": person("资产老吴", Role.ASSET_KEEPER, places[0]),
        "town_head": person("东镇孙主任", Role.TOWN_HEAD, town),
        "officer": person("县级审核员陈科", Role.COUNTY_OFFICER, county),
        "section": person("基教科小郑", Role.COUNTY_SECTION, county),
        "finance": person("财政局老钱", Role.DEPARTMENT, county, office="finance"),
        "task_force": person("专班小冯", Role.TASK_FORCE, county),
        "supervision": person("督查组老楚", Role.SUPERVISION_OFFICE, county),
        "leader": person("县领导", Role.COUNTY_LEADER, county),
        "inspector": person("督学赵老师", Role.INSPECTOR, county),
        "city_user": person("市局小蒋", Role.CITY, city),
        "analyst": person("省厅小沈", Role.PROVINCE, province),
        "other_clerk": person("乙县填报员", Role.CLERK, places[3]),
        "other_officer": person("乙县审核员", Role.COUNTY_OFFICER, other),
    }
    nobody = User(username="无角色", name="无角色", must_change_password=False)
    nobody.set_unusable_password()
    nobody.save()
    people["nobody"] = nobody

    def period(of: Place, user: User) -> Period:
        return open_period(
            county=of,
            school_year=2025,
            standard="CN/youzhi_2017",
            day=date(2025, 12, 31),
            opens_on=date(2025, 9, 15),
            due_on=date(2025, 10, 31),
            acting_user=user,
        )

    periods = [period(county, people["officer"]), period(other, people["other_officer"])]
    return Cast(province, city, county, town, *places[:3], other, places[3], *periods, people=people)


@pytest.fixture
def as_user(client: Client) -> Callable[[User], Client]:
    """Sign in as somebody: ``as_user(cast.clerk).get(…)``."""

    def signed_in(user: User) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def fill_soundly(filing: Filing, **changed: str) -> Filing:
    """Give a school's filing sound figures, as if typed; ``changed`` are cells of 学段情况 that differ."""
    form = form_of(filing)
    for row in filing.rows.all():
        given: Mapping[str, str] = SOUND.get(row.table, {})
        if row.table in SOUND:
            row.values = {column.name: given.get(column.name, "0") for column in form.parts[row.table].columns}
        if row.table == "stage_year":
            row.values |= changed
        row.save()
    return filing


def approve(filing: Filing, user: User) -> Filing:
    """Bring a filled filing to 县级已通过 without the steps between."""
    make_version(filing, step="sign", acting_user=user)
    filing.state = "approved"
    filing.save()
    return filing


@pytest.fixture
def evaluation(cast: Cast) -> Evaluation:
    """The county judged on three approved filings, one of which misses backbone teachers."""
    for place, backbone in ((cast.school, "6"), (cast.neighbour, "1"), (cast.direct, "5")):
        approve(fill_soundly(cast.filing(place), backbone_teachers=backbone), cast.officer)
    return evaluate(period=cast.period, basis="approved", acting_user=cast.officer)


__all__ = ["Cast", "approve", "fill_soundly", "person", "triggers_laid_aside_while_emptying"]
