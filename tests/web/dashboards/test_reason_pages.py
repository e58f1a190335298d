"""判定说明: each step, each figure a door to where it was filed and by whom."""

from __future__ import annotations

from junheng.web.dashboards.reason_cells import filed_by
from junheng.web.dashboards.selectors import judgement_of, source_of
from junheng.web.filings.models import FilingRow, FilingVersion
from junheng.web.filings.services import take_step
from junheng.web.filings.versions import make_version
from junheng.workflow import explain

INDICATOR = "backbone_teachers_per_100"


def address(evaluation, *about):
    return "/".join(["/results/reasons", str(evaluation.code), *about, ""])


def cell_of(evaluation, school, label):
    [reason] = explain(judgement_of(evaluation), school=school.code, indicator=INDICATOR)
    return next(cell.cell for cell in reason.cells if cell.label == label)


def test_the_whole_county_is_reasoned_down_to_its_schools(cast, evaluation, as_user):
    body = as_user(cast.inspector).get(address(evaluation)).content.decode()
    for words in ("资源配置", "校际均衡", "东镇二小（小学）", "县级以上骨干教师"):
        assert words in body
    assert address(evaluation, cast.neighbour.code) in body


def test_one_figure_is_reasoned_with_formula_arithmetic_limit_and_article(cast, evaluation, as_user):
    page = as_user(cast.inspector).get(address(evaluation, cast.neighbour.code, "primary", INDICATOR))
    body = page.content.decode()
    for words in ("1 ÷ 500 × 100 = 0.2", "要求 ≥ 1", "教督〔2017〕6号", "县级以上骨干教师 ÷ 在校生数 × 100"):
        assert words in body


def test_every_figure_leads_to_the_cell_it_was_filed_in(cast, evaluation, as_user):
    body = as_user(cast.inspector).get(address(evaluation, cast.neighbour.code, "primary", INDICATOR)).content.decode()
    filing = cast.filing(cast.neighbour)
    assert f"/filings/{filing.code}/cells/stage_year/primary/backbone_teachers/" in body


def test_a_figure_says_who_typed_it_and_who_approved_it(cast, evaluation):
    filing = cast.filing(cast.neighbour)
    row = FilingRow.objects.get(filing=filing, table="stage_year")
    row.authors = {"backbone_teachers": [cast.neighbour_clerk.pk, "2025-10-01T08:00:00+00:00"]}
    row.save()
    version = make_version(filing, step="sign", acting_user=cast.neighbour_principal)
    filing.state = "town_passed"
    filing.save()
    take_step(filing=filing, step="approve", version=filing.version, acting_user=cast.officer)
    old = evaluation.rows["stage_year"]
    evaluation.rows["stage_year"] = [
        [[f, version.pk if f == filing.pk else v, *where] for f, v, *where in sources] for sources in old
    ]
    cell = cell_of(evaluation, cast.neighbour, "县级以上骨干教师")
    found = filed_by(evaluation, [cell], cast.inspector)[cell]
    assert (found.who, found.approved_by) == ("邻校小王", "县级审核员陈科")
    assert found.version == version.number


def test_a_figure_is_traced_to_the_version_that_went_in(cast, evaluation):
    cell = cell_of(evaluation, cast.school, "在校生数")
    found = source_of(evaluation, cell)
    assert found.filing == cast.filing().pk
    assert FilingVersion.objects.get(pk=found.version).filing_id == found.filing
    assert (found.table, found.key, found.column) == ("stage_year", "primary", "pupils")


def test_an_address_that_names_no_filed_cell_leads_nowhere(cast, evaluation):
    for text in ("学段情况!A999", "没有的表!A2", "", "学段情况"):
        assert source_of(evaluation, text) is None


def test_filings_that_somebody_may_not_see_are_not_told_of(cast, evaluation):
    cell = cell_of(evaluation, cast.neighbour, "县级以上骨干教师")
    assert filed_by(evaluation, [cell], cast.clerk) == {}
    assert cell in filed_by(evaluation, [cell], cast.neighbour_clerk)


def test_a_school_reads_its_own_reasons_and_nobody_elses(cast, evaluation, as_user):
    client = as_user(cast.clerk)
    own = client.get(address(evaluation, cast.school.code))
    assert own.status_code == 200
    assert "东镇二小" not in own.content.decode()
    assert client.get(address(evaluation)).status_code == 404
    assert client.get(address(evaluation, cast.neighbour.code)).status_code == 404
    assert client.get(address(evaluation, cast.neighbour.code, "primary", INDICATOR)).status_code == 404


def test_an_evaluation_of_another_county_does_not_exist_for_a_school(cast, evaluation, as_user):
    assert as_user(cast.other_clerk).get(address(evaluation, cast.other_school.code)).status_code == 404


def test_what_is_not_in_the_judgement_does_not_exist(cast, evaluation, as_user):
    client = as_user(cast.inspector)
    for about in (("primary", "nonsense"), ("junior", INDICATOR), ("nonsense", INDICATOR)):
        assert client.get(address(evaluation, cast.school.code, *about)).status_code == 404


def test_for_print_every_level_stands_open(cast, evaluation, as_user):
    client = as_user(cast.inspector)
    opened = client.get(address(evaluation), {"open": "1"}).content.decode().split("<main")[1]
    closed = client.get(address(evaluation)).content.decode().split("<main")[1]
    assert opened.count("<details open>") == opened.count("<details")
    assert closed.count("<details open>") < closed.count("<details")
