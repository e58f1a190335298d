"""学校: the list and the page of one; nobody sees more of other schools than is hers to see."""

from __future__ import annotations

import pytest

from junheng.web.dashboards import school_content
from junheng.web.dashboards.models import SchoolResult
from junheng.web.dashboards.school_lines import lines_of_school
from junheng.web.dashboards.selectors import judgement_of, results_for

LIST = "/results/schools/"


def listed(page):
    return [row.name for row in page.context["rows"]]


def test_the_worst_school_stands_first_with_what_it_lacks(cast, evaluation, as_user):
    page = as_user(cast.officer).get(LIST)
    assert listed(page)[0] == "东镇二小"
    body = page.content.decode()
    assert "3 所学校（3 个学段）：1 未达标、2 达标" in body
    assert "每百名学生拥有县级以上骨干教师数差 4 名" in body


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "二小"}, {"东镇二小"}),
        ({"q": "9901010003"}, {"县直小学"}),
        ({"town": "990101-东镇"}, {"东镇一小", "东镇二小", "县直小学"}),  # one town only: there is nothing to choose
        ({"stage": "junior"}, set()),
        ({"outcome": "met"}, {"东镇一小", "县直小学"}),
        ({"outcome": "left_out"}, set()),
        ({"kind": "nonsense"}, {"东镇一小", "东镇二小", "县直小学"}),
    ],
)
def test_the_list_is_narrowed(cast, evaluation, as_user, asked, found):
    assert set(listed(as_user(cast.officer).get(LIST, asked))) == found


def test_the_list_is_sorted_both_ways(cast, evaluation, as_user):
    client = as_user(cast.officer)
    up, down = (listed(client.get(LIST, {"sort": sort})) for sort in ("outcome", "-outcome"))
    assert up[0] == down[-1] == "东镇二小"
    assert client.get(LIST, {"sort": "evaluation__rows"}).status_code == 200


def test_a_clerk_finds_her_own_school_only(cast, evaluation, as_user):
    page = as_user(cast.clerk).get(LIST)
    assert listed(page) == ["东镇一小"]
    for other in ("东镇二小", "县直小学"):
        assert other not in page.content.decode()


def test_a_town_head_finds_the_schools_of_her_town(cast, evaluation, as_user):
    assert set(listed(as_user(cast.town_head).get(LIST))) == {"东镇一小", "东镇二小"}


def test_a_county_next_door_finds_nothing_of_this_one(cast, evaluation, as_user):
    assert not results_for(cast.other_officer).exists()
    assert not results_for(cast.nobody).exists()
    assert results_for(cast.analyst).count() == 3


def test_schools_that_were_not_judged_are_named(cast, evaluation, as_user):
    SchoolResult.objects.filter(place=cast.direct).delete()
    body = as_user(cast.officer).get(LIST).content.decode()
    assert "另有 1 所学校没有单独列出" in body
    assert "县直小学" in body


def test_the_whole_list_is_exported_with_its_count(cast, evaluation, as_user):
    answer = as_user(cast.officer).get(LIST, {"format": "csv", "outcome": "met"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 4
    assert lines[-1] == "行数,2"


def test_a_clerk_exports_her_own_school_only(cast, evaluation, as_user):
    answer = as_user(cast.clerk).get(LIST, {"format": "csv"})
    assert "二小" not in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_a_school_reads_its_figures_limits_and_place(cast, evaluation, as_user):
    body = as_user(cast.neighbour_principal).get(f"{LIST}{cast.neighbour.code}/").content.decode()
    assert "东镇二小：小学段未达标，7 项指标中 6 项达标" in body
    assert "差 4 名" in body
    assert "3 / 3" in body


def test_a_school_sees_nothing_of_its_peers(cast, evaluation, as_user):
    body = as_user(cast.clerk).get(f"{LIST}{cast.school.code}/").content.decode()
    for other in (cast.neighbour, cast.direct):
        assert other.name not in body
        assert other.code not in body


def test_few_peers_without_names_are_not_drawn_at_all(cast, evaluation):
    judgement = judgement_of(evaluation)
    [line] = lines_of_school(judgement, cast.school.code)
    name = "backbone_teachers_per_100"
    mine = frozenset({cast.school.code})
    everything = mine | {cast.neighbour.code, cast.direct.code}
    assert school_content.among_peers(judgement, evaluation, line, name, mine) is None
    assert school_content.among_peers(judgement, evaluation, line, name, everything)["of"] == 3


def test_peers_that_may_not_be_named_have_neither_name_nor_address(cast, evaluation, monkeypatch):
    monkeypatch.setattr(school_content, "_FEWEST_UNNAMED", 1)
    judgement = judgement_of(evaluation)
    [line] = lines_of_school(judgement, cast.school.code)
    plot = school_content.among_peers(
        judgement, evaluation, line, "backbone_teachers_per_100", frozenset({cast.school.code})
    )
    drawn = str(plot)
    assert "其他学校" in drawn
    for other in (cast.neighbour, cast.direct):
        assert other.name not in drawn
        assert other.code not in drawn


def test_other_schools_do_not_exist_for_a_clerk(cast, evaluation, as_user):
    for place in (cast.neighbour, cast.direct, cast.other_school):
        assert as_user(cast.clerk).get(f"{LIST}{place.code}/").status_code == 404


def test_a_school_without_any_judgement_says_so(cast, as_user):
    assert "东镇一小还没有判定结果" in as_user(cast.clerk).get(f"{LIST}{cast.school.code}/").content.decode()


def test_the_school_page_leads_to_filings_of_the_school(cast, evaluation, as_user):
    body = as_user(cast.clerk).get(f"{LIST}{cast.school.code}/").content.decode()
    assert f"/filings/{cast.filing().code}/" in body


def test_nobody_without_a_school_has_a_list(cast, as_user):
    assert as_user(cast.nobody).get(LIST).status_code == 404
    assert as_user(cast.finance).get(LIST).status_code == 404
