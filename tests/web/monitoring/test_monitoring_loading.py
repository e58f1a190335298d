"""From filings that were approved to pages of monitoring."""

import pytest
from click.testing import CliRunner

from junheng.store.national import NationalStore
from junheng.web.audit.models import Event
from junheng.web.commands import web
from junheng.web.dashboards.services import evaluate
from junheng.web.jobs import running
from junheng.web.jobs.models import Job
from junheng.web.monitoring.loading import judged_on_approved
from junheng.web.regions.models import Place
from web.conftest import approve, fill_soundly
from web.monitoring.conftest import text_of


def load_as(client):
    answer = client.post("/monitoring/load/")
    assert answer.status_code == 302
    job = Job.objects.latest("pk")
    running.run(str(job.code))
    job.refresh_from_db()
    return job


def test_while_nothing_is_loaded_the_page_says_what_to_do(cast, as_user):
    page = text_of(as_user(cast.analyst).get("/monitoring/"))
    assert "还没有可以监测的数据" in page
    assert 'action="/monitoring/load/"' in page
    assert 'action="/monitoring/load/"' not in text_of(as_user(cast.leader).get("/monitoring/"))
    for address in ("trends/", "warnings/", "ranking/", "inequality/", "counties/990101/"):
        assert "还没有可以监测的数据" in text_of(as_user(cast.analyst).get(f"/monitoring/{address}")), address


def test_a_province_loads_what_was_judged_and_sees_it(cast, evaluation, as_user):
    client = as_user(cast.analyst)
    job = load_as(client)
    assert (job.state, job.result["done"], job.result["url"]) == ("done", 1, "/monitoring/")
    rows = list(client.get("/monitoring/").context["rows"])
    assert [(row.code, row.outcome, row.unmet) for row in rows] == [("990101", evaluation.outcome, 1)]
    event = Event.objects.get(action="load_nation")
    assert (event.user, event.place_path) == (cast.analyst, cast.province.path)


def test_what_was_loaded_is_not_loaded_again(cast, evaluation, as_user, settings):
    client = as_user(cast.analyst)
    load_as(client)
    before = sorted(path for path in settings.NATION.rglob("*") if path.is_file())
    assert load_as(client).state == "done"
    assert sorted(path for path in settings.NATION.rglob("*") if path.is_file()) == before


def test_what_changed_is_shown_after_it_is_loaded_again(cast, evaluation, as_user):
    client = as_user(cast.analyst)
    load_as(client)
    approve(fill_soundly(cast.filing(cast.neighbour), backbone_teachers="6"), cast.officer)
    evaluate(period=cast.period, basis="approved", acting_user=cast.officer)
    assert next(iter(client.get("/monitoring/").context["rows"])).unmet == 1
    load_as(client)
    assert next(iter(client.get("/monitoring/").context["rows"])).unmet == 0


def test_data_that_nobody_approved_do_not_go_in(cast, as_user):
    fill_soundly(cast.filing())
    evaluate(period=cast.period, basis="latest", acting_user=cast.officer)
    assert judged_on_approved(Place.objects.filter(kind="county")) == []
    job = load_as(as_user(cast.analyst))
    assert job.state == "failed"
    assert "没有可以汇入监测的数据" in job.words


def test_a_county_loads_itself_and_nothing_else(cast, evaluation, as_user, settings):
    approve(fill_soundly(cast.filing(cast.other_school)), cast.other_officer)
    evaluate(period=cast.other_period, basis="approved", acting_user=cast.other_officer)
    assert load_as(as_user(cast.officer)).result["done"] == 1
    assert NationalStore(settings.NATION).counties(2025) == ["990101"]
    load_as(as_user(cast.city_user))
    assert NationalStore(settings.NATION).counties(2025) == ["990101", "990102"]


def test_who_may_not_load_is_told_nothing(cast, evaluation, as_user):
    for user in (cast.leader, cast.inspector, cast.section, cast.principal, cast.admin):
        assert as_user(user).post("/monitoring/load/").status_code == 404
    assert not Job.objects.exists()
    assert as_user(cast.analyst).get("/monitoring/load/").status_code == 405


@pytest.mark.parametrize("place", ["", "99", "990101"])
def test_the_command_does_the_same(cast, evaluation, as_user, place):
    done = CliRunner().invoke(web, ["nation-load", *(["--place", place] if place else [])])
    assert done.exit_code == 0, done.output
    assert "CN/youzhi_2017 2025 学年：1 个县，已判定" in done.output
    again = CliRunner().invoke(web, ["nation-load"])
    assert "没有变化" in again.output
    assert list(as_user(cast.analyst).get("/monitoring/").context["rows"])


def test_the_command_says_when_there_is_nothing_to_load(cast):
    for options in ([], ["--place", "990102"], ["--place", "123456"]):
        done = CliRunner().invoke(web, ["nation-load", *options])
        assert done.exit_code != 0
        assert "没有可以汇入监测的数据" in str(done.exception) + done.output
