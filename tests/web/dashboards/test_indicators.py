"""指标页: all schools by one indicator, its coefficient, where it stands in print."""

from __future__ import annotations

PAGE = "/results/indicators/backbone_teachers_per_100/"


def test_schools_stand_worst_first_with_what_they_lack(cast, evaluation, as_user):
    page = as_user(cast.leader).get(PAGE)
    values = page.context["values"]
    assert [value.name for value in values] == ["东镇二小", "县直小学", "东镇一小"]
    assert (values[0].outcome, values[0].lack, values[0].limit) == ("unmet", "差 4 名", 1.0)


def test_the_shares_of_the_spread_add_up(cast, evaluation, as_user):
    values = as_user(cast.leader).get(PAGE).context["values"]
    assert abs(sum(value.share for value in values) - 1) < 1e-9


def test_the_page_names_formula_article_and_how_sure_the_rule_is(cast, evaluation, as_user):
    body = as_user(cast.leader).get(PAGE).content.decode()
    assert "县级以上骨干教师 ÷ 在校生数 × 100" in body
    assert "教督〔2017〕6号" in body
    assert "已见原文" in body


def test_the_answer_names_the_coefficient(cast, evaluation, as_user):
    assert "小学 3 所中 1 所低于要求、差异系数" in as_user(cast.leader).get(PAGE).content.decode()


def test_the_list_is_exported_whole(cast, evaluation, as_user):
    answer = as_user(cast.leader).get(PAGE, {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert lines[-1] == "行数,3"
    assert "东镇二小" in lines[1]


def test_whoever_sees_one_school_has_no_such_page(cast, evaluation, as_user):
    for person in (cast.clerk, cast.principal, cast.town_head, cast.nobody, cast.other_officer):
        assert as_user(person).get(PAGE).status_code == 404


def test_an_indicator_or_stage_that_is_not_there(cast, evaluation, as_user):
    assert as_user(cast.leader).get("/results/indicators/nonsense/").status_code == 404
    assert as_user(cast.leader).get(PAGE, {"stage": "junior"}).context["stage"] == "primary"
