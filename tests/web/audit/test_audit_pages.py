"""Who reads the log: those responsible for the place; what they find, and what the file holds."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import transaction
from django.urls import reverse

from junheng.web.audit.models import ChainHead, Event
from junheng.web.audit.services import record

LIST = "/system/audit/"


@pytest.fixture
def events(cast):
    """One event here, one in the county next door, one of the installation."""
    with transaction.atomic():
        here = record(
            acting_user=cast.clerk,
            action="save_cells",
            subject="filing:77",
            place=cast.school,
            summary="=东镇一小填数",
            changes=[{"what": "stage_year/primary/pupils", "before": "500", "after": "600"}],
            reason="核对花名册",
        )
        there = record(acting_user=None, action="remind", subject="x", place=cast.other_school, summary="乙县的事")
        whole = record(acting_user=None, action="sign_in", subject="x", place=None, summary="整个系统的事")
    return here, there, whole


def listed(client, query=""):
    return client.get(LIST + query).content.decode()


def test_the_administrator_of_a_county_reads_its_events_and_no_others(cast, as_user, events):
    page = listed(as_user(cast.admin))
    assert "=东镇一小填数" in page
    assert "乙县的事" not in page
    assert "整个系统的事" not in page


def test_who_sees_the_top_reads_all(cast, as_user, events):
    page = listed(as_user(cast.analyst))
    assert all(words in page for words in ("东镇一小填数", "乙县的事", "整个系统的事"))


@pytest.mark.parametrize("who", ["clerk", "officer", "leader", "nobody"])
def test_for_others_the_log_does_not_exist(cast, as_user, events, who):
    client = as_user(getattr(cast, who))
    assert client.get(LIST).status_code == 404
    assert client.get(reverse("audit:event", args=[events[0].pk])).status_code == 404


def test_whoever_is_signed_out_is_asked_to_sign_in(client, events):
    assert client.get(LIST).headers["Location"].startswith("/account/sign-in/")


def test_an_event_of_another_county_does_not_exist(cast, as_user, events):
    assert as_user(cast.admin).get(reverse("audit:event", args=[events[1].pk])).status_code == 404


def test_an_event_shows_before_and_after_and_the_reason(cast, as_user, events):
    page = as_user(cast.analyst).get(reverse("audit:event", args=[events[0].pk])).content.decode()
    assert all(words in page for words in ("500", "600", "核对花名册", "东镇一小", events[0].digest))


def test_who_may_not_read_filings_reads_no_figures_in_the_log(cast, as_user, events):
    client = as_user(cast.admin)
    page = client.get(reverse("audit:event", args=[events[0].pk])).content.decode()
    assert "您的角色不能查看" in page
    assert "stage_year/primary/pupils" not in page
    for kind in ("csv", "xlsx"):
        assert b"stage_year/primary/pupils" not in client.get(f"{LIST}?format={kind}").getvalue()
    assert "stage_year/primary/pupils" in as_user(cast.analyst).get(f"{LIST}?format=csv").getvalue().decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?person=小李", True),
        ("?person=邻校", False),
        ("?action=save_cells", True),
        ("?action=remind", False),
        ("?place=东镇一小", True),
        ("?place=东镇", True),
        ("?place=东镇二小", False),
        ("?subject=filing:77", True),
        ("?subject=filing:7", False),
        ("?q=花名册", True),
        ("?begin=2000-01-01&end=2199-12-31", True),
        ("?end=2000-01-01", False),
        ("?begin=2199-12-31", False),
        ("?begin=瞎写", True),
    ],
)
def test_the_list_is_searched(cast, as_user, events, query, found):
    assert ("=东镇一小填数" in listed(as_user(cast.admin), query)) is found


def test_the_file_is_complete_formula_safe_and_ends_with_the_count_and_the_head(cast, as_user, events):
    answer = as_user(cast.admin).get(LIST + "?format=csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    visible = Event.objects.filter(place_path__below=cast.county.path)
    head = ChainHead.objects.get()
    assert len(rows) == visible.count() + 2
    assert rows[-1] == ["行数", str(visible.count()), "链头", head.digest, "链长", str(head.count)]
    assert "'=东镇一小填数" in rows[-2]


def test_every_action_that_is_written_has_a_word(pytestconfig):
    """The log is read by people; ``add_row`` says nothing to them."""
    import re

    from junheng.web.audit.words import ACTIONS
    from junheng.web.filings.states import STEPS

    source = "".join(path.read_text("utf-8") for path in (pytestconfig.rootpath / "src/junheng/web").rglob("*.py"))
    written = set(re.findall(r'\baction="([a-z_]+)"', source)) | {step.name for step in STEPS}
    written |= set(re.findall(r'_record\([\w.]+, (?:[\w.]+, )?"([a-z_]+)"', source))
    assert written - set(ACTIONS) == set()
