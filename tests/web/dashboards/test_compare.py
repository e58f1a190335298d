"""比较: groups, layers, stages and years, each as the judgement says."""

from __future__ import annotations

import pytest

from junheng.verdict.groups import compare_groups
from junheng.web.dashboards.selectors import judgement_of

BACKBONE = "backbone_teachers_per_100"


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


@pytest.mark.parametrize("by", ["layers", "location", "town", "school_kind", "operator", "stage", "year"])
def test_every_comparison_is_a_page_and_a_file(cast, evaluation, as_user, by):
    client = as_user(cast.leader)
    assert client.get(f"/results/compare/?by={by}").status_code == 200
    lines = text_of(client.get(f"/results/compare/?by={by}&format=csv")).strip().splitlines()
    assert len(lines) > 2
    assert lines[-1].endswith(str(len(lines) - 2))


def test_towns_stand_with_the_means_of_the_judgement(cast, evaluation, as_user):
    lines = as_user(cast.officer).get(f"/results/compare/?by=town&indicator={BACKBONE}").context["lines"]
    found = compare_groups(judgement_of(evaluation), "town").filter(indicator=BACKBONE)
    assert {line.group: line.mean for line in lines} == {
        row["group"] or "（未填）": row["mean"] for row in found.iter_rows(named=True)
    }
    assert max(line.missed for line in lines) == 1


def test_the_three_layers_name_the_ends_and_the_coefficient(cast, evaluation, as_user):
    lines = as_user(cast.officer).get("/results/compare/").context["lines"]
    line = next(line for line in lines if line.indicator == BACKBONE)
    balance = judgement_of(evaluation).balance.filter(indicator=BACKBONE, stage="primary")
    assert (line.cv, line.limit, line.outcome) == balance.select("cv", "limit", "outcome").row(0)
    assert line.highest.mean >= line.lowest.mean
    assert [group.group for group in line.groups] == ["镇区"]


def test_the_years_come_from_what_is_kept(cast, evaluation, as_user):
    response = as_user(cast.analyst).get(f"/results/compare/?by=year&county={cast.county.code}")
    [line] = response.context["lines"]
    assert (line.year, line.outcome) == (2025, evaluation.outcome)


def test_other_counties_and_schools_see_nothing(cast, evaluation, as_user):
    address = f"/results/compare/?evaluation={evaluation.code}"
    assert as_user(cast.leader).get(address).status_code == 200
    assert as_user(cast.other_officer).get(address).status_code == 404
    assert as_user(cast.principal).get(address).status_code == 404
    assert as_user(cast.leader).get("/results/compare/?by=nonsense").status_code == 404


def test_who_sees_several_counties_chooses_one(cast, evaluation, as_user):
    page = text_of(as_user(cast.analyst).get("/results/compare/"))
    assert f"?county={cast.county.code}" in page
    assert f"?county={cast.other_county.code}" in page


def test_a_county_that_was_not_judged_says_so(cast, as_user):
    assert "还没有判定过" in text_of(as_user(cast.leader).get("/results/compare/"))
