"""县域总览: the answer, what it rests on, whether it still holds, and who may see it."""

from __future__ import annotations

import re

import pytest

from junheng.web.dashboards.models import Evaluation, SchoolResult
from junheng.web.dashboards.selectors import changed_since, newest_of
from junheng.web.dashboards.services import evaluate

PAGE = "/results/overview/"


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_leader_reads_whether_the_county_passes_and_why_not(cast, evaluation, as_user):
    page = text_of(as_user(cast.leader).get(PAGE))
    assert "甲县未达标：小学 3 所中 1 所学校未达标" in page
    assert "县级以上骨干教师 4 名（1 所）" in page


def test_every_figure_of_the_matrix_leads_to_its_reasons_and_every_name_to_its_page(cast, evaluation, as_user):
    page = text_of(as_user(cast.leader).get(PAGE))
    code = cast.neighbour.code
    assert f"/results/reasons/{evaluation.code}/{code}/primary/backbone_teachers_per_100/" in page
    assert f"/results/schools/{code}/?evaluation={evaluation.code}" in page
    assert f"/results/indicators/backbone_teachers_per_100/?evaluation={evaluation.code}&amp;stage=primary" in page


def test_a_result_on_some_of_the_filings_is_called_provisional(cast, evaluation, as_user):
    assert evaluation.approved < evaluation.expected
    page = text_of(as_user(cast.leader).get(PAGE))
    assert f"暂算：{evaluation.expected} 份填报中已审核 {evaluation.approved} 份" in page


def test_a_result_on_all_filings_is_not_called_provisional(cast, evaluation, as_user):
    Evaluation.objects.update(approved=evaluation.expected)
    assert "暂算" not in text_of(as_user(cast.leader).get(PAGE))


def test_a_filing_returned_since_makes_the_result_out_of_date(cast, evaluation, as_user):
    assert changed_since(evaluation) == 0
    filing = cast.filing()
    filing.state = "returned"
    filing.save()
    assert changed_since(evaluation) == 1
    assert "判定之后有 1 份填报变动过" in text_of(as_user(cast.leader).get(PAGE))


def test_a_draft_typed_on_does_not_touch_a_result_on_approved_data(cast, evaluation):
    cast.filing(cast.county, office="finance").save()
    assert changed_since(evaluation) == 0


def test_any_change_makes_a_result_on_the_latest_data_out_of_date(cast, evaluation):
    latest = evaluate(period=cast.period, basis="latest", acting_user=cast.officer)
    assert changed_since(latest) == 0
    cast.filing(cast.county, office="finance").save()
    assert changed_since(latest) == 1


def test_what_was_judged_on_approved_data_counts_before_a_newer_trial(cast, evaluation):
    latest = evaluate(period=cast.period, basis="latest", acting_user=cast.officer)
    assert newest_of(Evaluation.objects.all()) == evaluation
    assert latest.made_at > evaluation.made_at


def test_a_trial_on_unapproved_data_says_so(cast, evaluation, as_user):
    latest = evaluate(period=cast.period, basis="latest", acting_user=cast.officer)
    page = text_of(as_user(cast.leader).get(PAGE, {"evaluation": str(latest.code)}))
    assert "还没有审核的数据" in page


def test_rules_that_nobody_saw_in_print_are_marked(cast, evaluation, as_user):
    page = text_of(as_user(cast.leader).get(PAGE))
    assert "条规则没有见到原文" in page
    assert "推断" in page


def test_the_matrix_is_narrowed_by_town_and_outcome(cast, evaluation, as_user):
    client = as_user(cast.leader)
    matrix = (
        text_of(client.get(PAGE, {"town": "东镇", "outcome": "met"})).split('class="matrix"')[1].split("</table>")[0]
    )
    assert "东镇一小" in matrix
    assert "东镇二小" not in matrix
    assert "县直小学" not in matrix


def test_nonsense_in_the_address_is_left_out(cast, evaluation, as_user):
    page = text_of(as_user(cast.leader).get(PAGE, {"stage": "<b>", "outcome": "x", "town": "<script>"}))
    assert "<script>" not in page
    assert as_user(cast.leader).get(PAGE, {"evaluation": "nonsense"}).status_code == 404
    assert as_user(cast.leader).get(PAGE, {"county": "000000"}).status_code == 404


def test_the_second_look_shows_the_same_page(cast, evaluation, as_user):
    client = as_user(cast.leader)
    bodies = [text_of(client.get(PAGE)).split("<main")[1] for _ in range(2)]
    assert bodies[0] == bodies[1]


def test_whoever_sees_several_counties_chooses_one(cast, evaluation, as_user):
    page = text_of(as_user(cast.analyst).get(PAGE))
    assert "您能看 2 个县的结果，请选一个" in page
    assert "甲县未达标" in text_of(as_user(cast.analyst).get(PAGE, {"county": cast.county.code}))


def test_a_county_that_was_never_judged_says_so(cast, as_user):
    assert "甲县还没有判定过" in text_of(as_user(cast.leader).get(PAGE))


@pytest.mark.parametrize("name", ["clerk", "principal", "town_head", "finance", "admin", "nobody"])
def test_for_whoever_may_not_see_a_county_there_is_no_overview(cast, evaluation, as_user, name):
    assert as_user(cast.people[name]).get(PAGE).status_code == 404


def test_the_county_next_door_does_not_exist(cast, evaluation, as_user):
    client = as_user(cast.other_officer)
    assert client.get(PAGE, {"evaluation": str(evaluation.code)}).status_code == 404
    assert client.get(PAGE, {"county": cast.county.code}).status_code == 404


def test_the_whole_county_is_one_workbook(cast, evaluation, as_user):
    answer = as_user(cast.leader).get(f"/results/book/{evaluation.code}/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert as_user(cast.clerk).get(f"/results/book/{evaluation.code}/").status_code == 404


def test_the_items_are_exported_whole_with_their_count(cast, evaluation, as_user):
    answer = as_user(cast.leader).get(f"/results/items/{evaluation.code}/", {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert lines[-1] == f"行数,{len(lines) - 2}"


def test_what_lists_show_of_schools_is_kept_with_the_evaluation(cast, evaluation):
    found = {entry.place.name: entry for entry in SchoolResult.objects.filter(evaluation=evaluation)}
    missed = found["东镇二小"]
    assert (missed.outcome, missed.met, missed.counted) == ("unmet", 6, 7)
    assert missed.lacks == [["backbone_teachers_per_100", 4.0, "名", "unmet"]]
    assert {found["东镇一小"].outcome, found["县直小学"].outcome} == {"met"}


def test_what_to_mind_is_one_line_above_the_parts(cast, evaluation, as_user):
    body = text_of(as_user(cast.leader).get("/results/overview/"))
    assert re.search(r'<details class="note warn more"><summary>引用前有 \d+ 点要注意</summary>', body)
    assert body.index("逐条查看") < body.index('class="tiles"')
    assert "差异系数" in re.search(r'<ul class="tiles">.*?</ul>', body, re.S)[0]
    assert "（项）" in body
    assert "（所）" in body
