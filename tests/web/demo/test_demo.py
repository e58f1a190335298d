"""The example installation tells the whole story, and is only ever put into an empty one."""

from datetime import date

import pytest
from repository import ROOT

from junheng import workflow
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.audit.chain import check_chain
from junheng.web.commands.demo import build
from junheng.web.commands.errors import NotEmptyError
from junheng.web.dashboards.models import Evaluation
from junheng.web.demo.building import build_demo, is_demo
from junheng.web.demo.example_report import write_example_report
from junheng.web.demo.people import SAMPLE_NAMES
from junheng.web.filings.models import Filing, FilingVersion
from junheng.web.filings.selectors import checked
from junheng.web.filings.versions import digest_of
from junheng.web.inspections.models import InspectionFinding
from junheng.web.rectification.models import Gap
from junheng.web.regions.models import Place

TODAY = date(2026, 3, 9)
WORKBOOK = ROOT / "examples/county.xlsx"


@pytest.mark.slow
def test_the_example_tells_the_whole_story(db, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    demo = build_demo(workflow.check(WORKBOOK).dataset, today=TODAY, password="for-tests-only")
    assert is_demo()
    held = Assignment.objects.filter(user__username__in=SAMPLE_NAMES).values_list("role", flat=True)
    assert sorted(held) == sorted(Role.values)
    assert User.objects.get(username="clerk").check_password("for-tests-only")
    county = Place.objects.get(code="990101")
    assert list(county.periods.values_list("school_year", flat=True)) == [2025, 2024, 2023]
    states = set(demo.period.filings.values_list("state", flat=True))
    assert states == {"draft", "handed_in", "signed", "town_passed", "approved", "returned"}
    assert demo.period.filings.filter(state="approved").count() > 115
    assert demo.period.due_on < TODAY
    assert set(
        Filing.objects.filter(period__county=county).exclude(period=demo.period).values_list("state", flat=True)
    ) == {"locked"}
    assert Evaluation.objects.filter(period__county=county).count() == 3
    assert Evaluation.objects.values("period__county").distinct().count() == 4
    assert Gap.objects.filter(period=demo.period).exists()
    assert InspectionFinding.objects.count() == 1
    for version in FilingVersion.objects.filter(filing__period=demo.period)[::25]:
        assert version.digest == digest_of(version.content)
    for filing in demo.period.filings.filter(state__in=["handed_in", "signed", "returned"]):
        assert checked(filing).errors == 0
    report = write_example_report(county, demo.people["officer"])
    assert report.is_made, report.job.words
    assert report.files.count() == 3
    assert check_chain().is_whole


def test_it_is_not_put_where_somebody_works(cast):
    with pytest.raises(NotEmptyError):
        build(WORKBOOK, "")
    assert not User.objects.filter(username="clerk").exists()


def test_two_people_of_the_example_never_share_a_random_password():
    from junheng.web.demo.people import new_password

    made = {new_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(password) == 12 for password in made)
