"""问题清单: made from a judgement, renewed by the next, closed by what is not found any more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import Http404

from junheng.web.audit.models import Event
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.services import evaluate
from junheng.web.filings.models import FilingRow
from junheng.web.filings.versions import make_version
from junheng.web.rectification.errors import OlderEvaluationError
from junheng.web.rectification.models import Gap
from junheng.web.rectification.services import close_gaps, list_gaps, say_mended

BACKBONE = "resources/9901010002/primary/backbone_teachers_per_100"


def gap(key: str = BACKBONE) -> Gap:
    return Gap.objects.select_related("place", "period__county").get(key=key)


def judged_again(cast, **changed: str) -> Evaluation:
    """The neighbour's approved filing with other figures of 学段情况, judged anew."""
    filing = cast.filing(cast.neighbour)
    row = FilingRow.objects.get(filing=filing, table="stage_year")
    row.values |= changed
    row.save()
    make_version(filing, step="correct", acting_user=cast.officer, reason="核对")
    return evaluate(period=cast.period, basis="approved", acting_user=cast.officer)


@pytest.fixture
def listed(cast, evaluation) -> Evaluation:
    list_gaps(evaluation, cast.officer)
    return evaluation


def test_every_failed_requirement_is_one_gap_in_plain_units(cast, listed):
    found = gap()
    assert (found.place, found.part, found.outcome, found.state) == (cast.neighbour, "resources", "unmet", "open")
    assert (found.amount, found.unit) == (Decimal(4), "名")
    assert found.lacks.startswith("差 4 名")
    assert found.title == "小学：每百名学生拥有县级以上骨干教师数"


def test_coefficients_and_items_are_gaps_of_the_county(cast, listed):
    parts = set(Gap.objects.filter(place=cast.county).values_list("part", flat=True))
    assert "balance" in parts
    assert Gap.objects.filter(place=cast.county, part="balance", outcome="unmet").get().lacks.endswith("＞ 0.5")


def test_the_same_judgement_again_makes_nothing_twice_and_is_one_event(cast, listed):
    before = set(Gap.objects.values_list("key", "code"))
    again = list_gaps(listed, cast.officer)
    assert (again.new, again.again, again.closed) == (0, 0, 0)
    assert set(Gap.objects.values_list("key", "code")) == before
    assert Event.objects.filter(action="list_gaps").count() == 2


def test_a_later_judgement_that_finds_it_no_more_closes_it_and_says_why(cast, listed):
    listed_again = list_gaps(judged_again(cast, backbone_teachers="6"), cast.officer)
    found = gap()
    assert listed_again.closed > 0
    assert (found.state, found.closed_by) == ("closed", None)
    assert "不再发现" in found.closed_because


def test_a_later_judgement_renews_what_is_lacking_and_keeps_what_people_wrote(cast, listed):
    Gap.objects.filter(key=BACKBONE).update(measure="引进骨干教师", owner=cast.neighbour_principal)
    list_gaps(judged_again(cast, backbone_teachers="3"), cast.officer)
    found = gap()
    assert (found.amount, found.measure, found.owner) == (Decimal(2), "引进骨干教师", cast.neighbour_principal)


def test_what_is_found_again_after_a_judgement_closed_it_stands_again(cast, listed):
    list_gaps(judged_again(cast, backbone_teachers="6"), cast.officer)
    listed_again = list_gaps(judged_again(cast, backbone_teachers="1"), cast.officer)
    assert listed_again.again > 0
    assert gap().state == "open"


def confirmed(cast) -> None:
    say_mended(
        gap=gap(), measure="引进", expects="", evidence="名册", state="open", acting_user=cast.neighbour_principal
    )
    close_gaps(gaps=[gap()], reason="实地核对名册", acting_user=cast.inspector)


def test_what_an_inspector_confirmed_stays_closed_while_the_figures_are_the_same(cast, listed):
    confirmed(cast)
    list_gaps(evaluate(period=cast.period, basis="approved", acting_user=cast.officer), cast.officer)
    assert gap().state == "closed"


def test_what_an_inspector_confirmed_stands_again_with_other_figures(cast, listed):
    confirmed(cast)
    list_gaps(judged_again(cast, backbone_teachers="0"), cast.officer)
    found = gap()
    assert (found.state, found.closed_by, found.closed_because) == ("open", None, "")


def test_an_older_judgement_does_not_overwrite_a_newer_one(cast, listed):
    list_gaps(judged_again(cast, backbone_teachers="6"), cast.officer)
    with pytest.raises(OlderEvaluationError):
        list_gaps(listed, cast.officer)
    assert gap().state == "closed"


def test_only_who_gives_out_gaps_makes_the_list(cast, evaluation):
    for user in (cast.principal, cast.supervision, cast.other_officer):
        with pytest.raises(Http404):
            list_gaps(evaluation, user)
    assert not Gap.objects.exists()


def test_missing_data_closes_nothing(cast, listed):
    filing = cast.filing(cast.neighbour)
    filing.state = "returned"
    filing.save()
    list_gaps(evaluate(period=cast.period, basis="approved", acting_user=cast.officer), cast.officer)
    assert gap().state == "open"
    assert gap().outcome == "unknown"


def test_a_judgement_that_knows_nothing_of_a_school_closes_none_of_its_gaps(cast, listed):
    Gap.objects.filter(key=BACKBONE).update(key="resources/9901010009/primary/backbone_teachers_per_100")
    list_gaps(listed, cast.officer)
    assert gap("resources/9901010009/primary/backbone_teachers_per_100").state == "open"


def test_data_that_are_not_approved_close_nothing(cast, listed):
    filing = cast.filing(cast.neighbour)
    filing.state = "returned"
    filing.save()
    row = FilingRow.objects.get(filing=filing, table="stage_year")
    row.values |= {"backbone_teachers": "6"}
    row.save()
    list_gaps(evaluate(period=cast.period, basis="latest", acting_user=cast.officer), cast.officer)
    assert gap().state == "open"
