"""The people and places of the load test: counties of schools, a clerk each, signed in; a very long list of filings."""

from __future__ import annotations

from datetime import date

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - after the settings
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402
from django.urls import reverse  # noqa: E402

import junheng  # noqa: E402
from benchmarks.web_load import Typist  # noqa: E402
from junheng.web.accounts.models import Assignment, Role, User  # noqa: E402
from junheng.web.accounts.session_store import SessionStore  # noqa: E402
from junheng.web.audit.chain import check_chain  # noqa: E402
from junheng.web.demo.building import build_demo  # noqa: E402
from junheng.web.filings.models import Filing, Period  # noqa: E402
from junheng.web.filings.period_services import open_period  # noqa: E402
from junheng.web.filings.states import Route, State  # noqa: E402
from junheng.web.regions.models import Place, PlaceKind  # noqa: E402
from junheng.web.regions.services import enter_place, path_below  # noqa: E402

TODAY = date(2025, 11, 20)
RECORD = {"school_kind": "小学", "location": "镇区", "operator": "县级教育部门", "boarding": "否"}


def enter_clerks(count: int) -> list[Typist]:
    """One county with so many schools, each with a clerk who is signed in and has a filing to fill."""
    call_command("migrate", verbosity=0)
    junheng_county = _demo()
    city = junheng_county.parent
    with transaction.atomic():
        county = enter_place(kind=PlaceKind.COUNTY, code="990199", name="负载县", parent=city, acting_user=None)
        schools = Place.objects.bulk_create(
            Place(
                kind=PlaceKind.SCHOOL,
                code=f"{9901990000 + number}",
                name=f"负载县第{number}小学",
                parent=county,
                path=path_below(county, f"{9901990000 + number}"),
                record=RECORD,
            )
            for number in range(count)
        )
        officer = _person("load_officer", Role.COUNTY_OFFICER, county)
        period = open_period(
            county=county,
            school_year=2025,
            standard="CN/youzhi_2017",
            day=date(2025, 12, 31),
            opens_on=date(2025, 9, 15),
            due_on=TODAY,
            acting_user=officer,
        )
        codes = dict(period.filings.filter(office="school").values_list("place_id", "code"))
        return [
            _signed_in(_person(f"clerk_{school.code}", Role.CLERK, school), reverse("filings:save", args=[code]))
            for school, code in ((school, codes[school.pk]) for school in schools)
        ]


def enter_county() -> tuple[Typist, str]:
    """An officer of the example county, and the address of its overview."""
    user = User.objects.get(username="officer")
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    return _signed_in(user, ""), reverse("dashboards:overview")


def enter_long_list(count: int) -> tuple[Typist, str]:
    """A province with so many filings in counties of 130 schools, somebody who sees them all, and her list."""
    province = Place.objects.get(code="99")
    with transaction.atomic():
        for number in range(-(-count // 130)):
            city = enter_place(
                kind=PlaceKind.COUNTY, code=f"99{number:05d}", name=f"长表县{number}", parent=province, acting_user=None
            )
            period = Period.objects.create(
                county=city,
                label="2025—2026",
                school_year=2025,
                standard="CN/youzhi_2017",
                day=date(2025, 12, 31),
                opens_on=date(2025, 9, 15),
                due_on=TODAY,
            )
            schools = Place.objects.bulk_create(
                Place(
                    kind=PlaceKind.SCHOOL,
                    code=f"99{number:05d}{school:04d}",
                    name=f"长表县{number}第{school:04d}小学",
                    parent=city,
                    path=path_below(city, f"99{number:05d}{school:04d}"),
                    record=RECORD,
                )
                for school in range(130)
            )
            states = list(State)
            Filing.objects.bulk_create(
                Filing(period=period, place=school, route=Route.COUNTY_SCHOOL, state=states[at % len(states)])
                for at, school in enumerate(schools)
            )
    return _signed_in(_person("load_province", Role.PROVINCE, province), ""), f"{reverse('filings:board')}?year=2025"


def log_is_whole() -> bool:
    return check_chain().is_whole


def _demo() -> Place:
    dataset = junheng.load("examples/county.xlsx")
    return build_demo(dataset, today=TODAY, password="load-test-only", neighbours=0).period.county


def _person(username: str, role: str, place: Place) -> User:
    user = User(username=username, name=username, must_change_password=False)
    user.set_unusable_password()
    user.save()
    Assignment.objects.create(user=user, role=role, place=place)
    return user


def _signed_in(user: User, path: str) -> Typist:
    """Open a session as signing in does, without the hashing of five hundred passwords."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return Typist(str(session.session_key), _get_new_csrf_string(), path)
