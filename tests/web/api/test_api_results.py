"""Results, gaps, the log and jobs by program."""

import json

import pytest
from jsonschema import Draft202012Validator

from junheng.reporting.result import Result
from junheng.web.audit.selectors import events_for
from junheng.web.jobs.models import Job
from junheng.web.rectification.services import list_gaps


def test_the_result_is_the_document_of_the_command_line(cast, call, evaluation):
    answer = call(cast.officer, "get", f"/api/evaluations/{evaluation.code}/result")
    document = Result.model_validate_json(answer.content)
    assert document.counties[0].outcome == evaluation.outcome
    Draft202012Validator(Result.model_json_schema()).validate(answer.json())


@pytest.mark.parametrize("part", ["", "/result", "/indicators", "/shortages", "/reasons"])
@pytest.mark.parametrize("who", ["clerk", "other_officer", "nobody", "finance"])
def test_a_county_is_shown_only_to_whoever_may_see_it_as_a_whole(cast, call, evaluation, part, who):
    assert call(cast.people[who], "get", f"/api/evaluations/{evaluation.code}{part}").status_code == 404
    assert call(cast.people[who], "get", "/api/evaluations").json()["total"] == 0


def test_the_long_table_has_a_line_for_every_school_stage_and_indicator(cast, call, evaluation):
    whole = call(cast.leader, "get", f"/api/evaluations/{evaluation.code}/indicators?limit=1000").json()
    assert whole["total"] == len(whole["items"]) > 0
    assert {cast.school.code, cast.neighbour.code} <= {row["school_code"] for row in whole["items"]}
    part = call(cast.leader, "get", f"/api/evaluations/{evaluation.code}/indicators?limit=3&offset=2").json()
    assert part["items"] == whole["items"][2:5]


def test_what_is_missing_names_schools_and_amounts(cast, call, evaluation):
    rows = call(cast.leader, "get", f"/api/evaluations/{evaluation.code}/shortages?limit=1000").json()["items"]
    assert cast.neighbour.code in {row["school_code"] for row in rows}


def test_the_reasons_lead_to_the_filed_cells(cast, call, evaluation):
    address = f"/api/evaluations/{evaluation.code}/reasons?school={cast.neighbour.code}&stage=primary"
    text = json.dumps(call(cast.leader, "get", address).json(), ensure_ascii=False)
    assert "学段情况!" in text
    assert call(cast.leader, "get", f"/api/evaluations/{evaluation.code}/reasons?school=0000").status_code == 404


def test_gaps_are_those_of_ones_places(cast, call, evaluation):
    list_gaps(evaluation, cast.officer)
    own = call(cast.neighbour_clerk, "get", "/api/gaps").json()["items"]
    assert {gap["place"] for gap in own} == {cast.neighbour.code}
    assert call(cast.other_officer, "get", "/api/gaps").json()["total"] == 0


def test_the_log_is_for_whoever_may_read_it_there(cast, call, evaluation):
    assert call(cast.officer, "get", "/api/audit").json()["total"] == 0
    found = call(cast.admin, "get", "/api/audit?limit=1000").json()
    assert found["total"] == events_for(cast.admin).count() > 0


def test_judging_is_a_job_of_whoever_may_judge(cast, call):
    body = {"period": cast.period.pk, "basis": "latest"}
    assert call(cast.leader, "post", "/api/jobs/evaluate", body).status_code == 404
    assert call(cast.other_officer, "post", "/api/jobs/evaluate", body).status_code == 404
    job = call(cast.officer, "post", "/api/jobs/evaluate", body).json()
    assert Job.objects.get().user == cast.officer
    assert call(cast.officer, "get", f"/api/jobs/{job['code']}").json()["state"] == "queued"
    assert call(cast.leader, "get", f"/api/jobs/{job['code']}").status_code == 404
    assert call(cast.officer, "post", f"/api/jobs/{job['code']}/cancel").json()["state"] == "cancelled"
    assert call(cast.officer, "post", f"/api/jobs/{job['code']}/cancel").status_code == 409
