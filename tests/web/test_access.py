"""Every address, every role, in the own and in a foreign place: what is answered, and what is never written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from access_table import ABOVE, ADDRESSES, FOREIGN, WITHOUT_PLACE, Address
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from junheng.web.accounts.models import Role, User
from junheng.web.audit.models import Event
from junheng.web.claims.models import Check
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.services import evaluate
from junheng.web.filings.models import Filing, Period
from junheng.web.inspections.models import InspectionFinding
from junheng.web.inspections.services import leave_finding
from junheng.web.inspections.subject import Subject
from junheng.web.plans.models import Plan
from junheng.web.rectification.models import Gap
from junheng.web.rectification.services import list_gaps
from junheng.web.regions.models import Place
from junheng.web.reports.models import Report
from web.claim_documents import kept_check
from web.conftest import Cast, approve, fill_soundly, make_cast, person
from web.plan_documents import made_plan
from web.report_documents import made_report

# Name and code of the county next door, with which those of its schools and people begin.
FOREIGN_WORDS = re.compile("乙县|990102")
APPS = {"accounts", "filings", "dashboards", "rectification", "inspections", "notices"}
APPS |= {"jobs", "plans", "reports", "claims", "regions", "audit", "monitoring"}


@dataclass(frozen=True)
class World:
    """What the parameters of addresses name in one county."""

    county: Place
    school: Place
    period: Period
    filing: Filing  # open, of the school
    evaluation: Evaluation
    gap: Gap
    finding: InspectionFinding
    person: User  # the school's clerk
    event: Event  # of the school
    plan: Plan  # of the county, made already
    report: Report  # of the county, made already
    check: Check  # kept by an officer of the county


def addresses(patterns: list[Any], space: str = "") -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, entry.namespace or space)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}:{entry.name}" if space else entry.name


def test_every_address_is_in_the_table():
    found = {name for name in addresses(get_resolver().url_patterns) if name.split(":")[0] in {*APPS, "home"}}
    assert found == {*ADDRESSES, *WITHOUT_PLACE}


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """One cast for all addresses: whatever a request writes is taken back at once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def worlds(cast: Cast) -> dict[str, World]:
    return {
        "own": _world(cast, cast.county, cast.school, cast.period, cast.officer, cast.inspector, cast.clerk),
        "foreign": _world(
            cast,
            cast.other_county,
            cast.other_school,
            cast.other_period,
            cast.other_officer,
            person("乙县督学", Role.INSPECTOR, cast.other_county),
            cast.other_clerk,
        ),
    }


def _world(cast, county, school, period, officer, inspector, clerk) -> World:
    filing = Filing.objects.select_related("period__county", "place__parent").get(place=school, period=period)
    approve(fill_soundly(filing, backbone_teachers="1"), officer)
    evaluation = evaluate(period=period, basis="approved", acting_user=officer)
    list_gaps(evaluation, officer)
    subject = Subject(period=period, place=school)
    finding = leave_finding(subject=subject, method="visit", text="台账不一致", asks_to="核对", acting_user=inspector)
    filing.state = "draft"
    filing.save()
    gap = Gap.objects.filter(place=school).first()
    event = Event.objects.filter(place_path=school.path).first()
    plan = made_plan("zoning", county=county, school=school, user=officer, evaluation=evaluation)
    report = made_report(county, officer, evaluation)
    check = kept_check(county, officer)
    return World(county, school, period, filing, evaluation, gap, finding, clerk, event, plan, report, check)


def ask(client: Client, address: Address, name: str, world: World) -> tuple[int, int, str]:
    """The status, how many events were written, and the page; the write itself is taken back."""
    before = Event.objects.count()
    url = reverse(name, kwargs=address.args(world)) + address.query(world)
    with transaction.atomic():
        response = client.get(url) if address.method == "get" else client.post(url, address.data(world))
        status = response.status_code
        page = response.getvalue()  # to its end, where what it reads from is closed
        if status == 302 and "/account/sign-in/" in response["Location"]:
            status = 401
        written = Event.objects.count() - before
        transaction.set_rollback(True)
    return status, written, page.decode(errors="replace")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_address(cast: Cast, worlds: dict[str, World], name: str):
    address = ADDRESSES[name]
    wrong = []
    for where, world in worlds.items():
        for who, user in cast.people.items():
            at_home = (who in FOREIGN) == (where == "foreign") or who in ABOVE or not address.names_one
            if where == "foreign" and who in FOREIGN:
                continue  # the mirror image of what is asked in the own county
            sees = who in (address.sees if where == "own" else address.over if address.has_place else address.sees)
            writes = at_home and who in (address.writes or ())
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            status, written, page = ask(client, address, name, world)
            if where == "own" and who not in FOREIGN | ABOVE and (told := FOREIGN_WORDS.findall(page)):
                wrong.append(f"{who} is told of the county next door: {set(told)}")
            answered = status not in (404, 401, 403)
            # Whoever may look but not write may be told so, or may find nothing there.
            expected = answered == sees or (address.method == "post" and sees and not writes)
            if not expected or status >= 500:
                wrong.append(f"{who} at {where}: {status}, expected {'an answer' if sees else 404}")
            if bool(written) != writes:
                wrong.append(f"{who} at {where}: {written} events, expected {'some' if writes else 'none'}")
        status, written, _page = ask(Client(), address, name, world)
        if status != 401 or written:
            wrong.append(f"signed out at {where}: {status}, {written} events")
    assert not wrong, "\n".join(wrong)
