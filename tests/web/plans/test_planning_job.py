"""The job that makes a plan: with the planner itself on a tiny county, stopped, cancelled, failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from junheng.base.errors import JunhengError
from junheng.planning.resources.measures import write_inputs
from junheng.web.audit.models import Event
from junheng.web.jobs import work
from junheng.web.jobs.models import Job, JobState
from junheng.web.notices.models import Notice
from junheng.web.plans import planning, progress
from junheng.web.plans.inputs import keep_written
from junheng.web.plans.models import Plan
from junheng.web.plans.services import start_plan, stop_plan
from web.plan_documents import resource_document


@pytest.fixture
def asked(cast, evaluation):
    """A resource plan that waits for its job."""
    return start_plan(
        kind="resources",
        county=cast.county,
        evaluation=evaluation,
        title="填平补齐",
        inputs=keep_written(write_inputs, "输入.xlsx"),
        options={"seconds": 20.0, "gap": 0.001},
        acting_user=cast.officer,
    )


@dataclass
class Planner:
    """Stands for a planner: tells its steps until it is told to end, then answers or fails."""

    document: dict[str, Any]
    during: Callable[[], object] = lambda: None
    error: JunhengError | None = None
    steps: Sequence[tuple[float, float]] = ((50.0, 40.0), (49.0, 40.0), (48.0, 40.0))
    heard: Callable[[], str] = lambda: ""
    said: list[str] = field(default_factory=list)  # what people read after each step

    def __call__(self, plan, judgement, path, watch):
        self.during()
        for value, bound in self.steps:
            goes_on = watch.step("near", value, bound)
            self.said.append(self.heard())
            if not goes_on:
                break
        if self.error:
            raise self.error
        return self.document


@pytest.fixture
def planner(cast, monkeypatch):
    stand_in = Planner(resource_document(cast.county, cast.school))
    monkeypatch.setattr(planning, "_resources", stand_in)
    # Every word of the planner is heard: a search of a test is shorter than a listener's patience.
    monkeypatch.setattr(progress, "_BETWEEN_LOOKS", 0)
    monkeypatch.setattr(work, "_BETWEEN_WORDS", 0)
    return stand_in


def test_the_plan_is_kept_with_its_document_and_the_log_says_so(cast, asked, planner, run):
    made = run(asked)
    assert made.job.state == JobState.DONE
    assert made.job.result["url"] == f"/plans/{made.code}/"
    assert (made.document["kind"], made.summary["after"]) == ("resources", "met")
    assert Event.objects.get(action="make_plan").user == cast.officer
    assert Notice.objects.filter(user=cast.officer, kind="job").exists()


def test_the_best_so_far_is_taken_when_it_is_asked_for(cast, asked, planner, run):
    planner.during = lambda: stop_plan(plan=asked_again(asked), acting_user=cast.officer)
    made = run(asked)
    assert (len(planner.said), made.is_made, made.job.state) == (1, True, JobState.DONE)


def test_a_cancelled_job_keeps_no_plan_and_may_be_done_over(cast, asked, planner, run):
    planner.during = lambda: Job.objects.update(cancel_asked=True)
    made = run(asked)
    assert (len(planner.said), made.is_made, made.job.state) == (1, False, JobState.CANCELLED)
    assert not Event.objects.filter(action="make_plan").exists()


def test_what_a_planner_refuses_is_shown_and_nothing_is_lost(cast, asked, planner, run, as_user):
    class NoPlanError(JunhengError):
        code = "JH-P999"
        zh = "没有任何方案能同时满足这些限制。"
        en = "No plan keeps these limits."

    planner.error = NoPlanError()
    made = run(asked)
    assert (made.is_made, made.job.state) == (False, JobState.FAILED)
    page = as_user(cast.officer).get(f"/plans/{made.code}/").content.decode()
    assert "没有任何方案能同时满足这些限制" in page
    assert f"like={made.code}" in page
    english = as_user(cast.officer)
    english.cookies["django_language"] = "en"
    assert "No plan keeps these limits." in english.get(f"/plans/{made.code}/").content.decode()
    assert as_user(cast.officer).get(f"/plans/{made.code}/inputs/").getvalue()[:2] == b"PK"


def test_progress_says_the_best_the_bound_and_the_gap(cast, asked, planner, run):
    planner.steps = ((float("inf"), float("-inf")), (float("inf"), 40.0), (50.0, float("-inf")), (50.0, 40.0))
    planner.heard = lambda: Job.objects.get(pk=asked.job.pk).words
    run(asked)
    assert planner.said == [
        "正在找第一个可行的方案",
        "下界 40 万元",
        "目前最好 50 万元",
        "目前最好 50 万元，下界 40 万元，至多还能好 20%",
    ]


def test_the_page_shows_the_search_and_turns_into_the_plan(cast, asked, planner, run, as_user):
    client = as_user(cast.officer)
    page = client.get(f"/plans/{asked.code}/").content.decode()
    assert "停止，用目前最好的" in page
    assert as_user(cast.leader).get(f"/plans/{asked.code}/").content.decode().count("停止") == 0
    run(asked)
    polled = as_user(cast.officer).get(f"/plans/{asked.code}/", headers={"HX-Request": "true", "HX-Target": "making"})
    assert polled.headers["HX-Refresh"] == "true"


def test_whoever_lost_the_right_makes_no_plan(cast, asked, planner, run):
    cast.officer.assignments.update(place=cast.other_county)
    assert run(asked).job.state == JobState.FAILED


def asked_again(plan: Plan) -> Plan:
    return Plan.objects.select_related("job", "county").get(pk=plan.pk)


@pytest.mark.slow
def test_the_planner_itself_makes_a_plan_of_the_small_county(cast, evaluation, as_user, run):
    """Three schools, one short of backbone teachers: the page, the job, the page again, its files."""
    client, address = as_user(cast.officer), "/plans/new/resources/?county=990101"
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    data |= {f"confirmed:{line.name}": "on" for line in form.measures} | {"seconds": "20"}
    assert client.post(address, data).status_code == 302
    plan = run(Plan.objects.get())
    assert plan.job.state == JobState.DONE, plan.job.words
    page = client.get(f"/plans/{plan.code}/")
    assert page.status_code == 200
    assert plan.document["after"]["schools"]["unmet"] == 0
    assert plan.summary["after"] != "unmet"
    assert {line["school_code"] for line in plan.document["additions"]} >= {cast.neighbour.code}
    for what in ("additions", "tasks", "schools"):
        assert client.get(f"/plans/{plan.code}/{what}/?format=xlsx").getvalue()[:2] == b"PK"
    assert client.get(f"/plans/{plan.code}/book/").getvalue()[:2] == b"PK"
