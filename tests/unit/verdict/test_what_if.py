"""试算: some cells typed anew on a copy, by the rules of everything that is filed."""

from __future__ import annotations

import pytest

from example import county_judgement
from junheng.intake.change import Change
from junheng.intake.errors import CellNotThereError
from junheng.workflow import ChangesRefusedError, what_if

SCHOOL = "9901010004"


def of_primary(column: str, typed: str, school: str = SCHOOL) -> Change:
    return Change("stage_year", (("school_code", school), ("school_year", 2025), ("stage", "primary")), column, typed)


def test_nothing_changed_is_the_same_verdict():
    before = county_judgement()
    after = what_if(before, [])
    assert after.rows.equals(before.rows)
    assert after.balance.equals(before.balance)
    assert after.items.equals(before.items)


def test_a_cell_typed_anew_moves_its_school_and_leaves_the_data_as_they_are():
    before = county_judgement()
    after = what_if(before, [of_primary("backbone_teachers", "60")])
    name = "backbone_teachers_per_100__value"

    def value(judgement):
        rows = judgement.rows.filter(school_code=SCHOOL, stage="primary")
        return rows[name].item()

    pupils = before.rows.filter(school_code=SCHOOL, stage="primary")["pupils"].item()
    assert value(after) == pytest.approx(60 * 100 / pupils)
    assert value(before) != value(after)
    assert before.dataset["stage_year"].filter(school_code=SCHOOL, school_year=2025)["backbone_teachers"].item() != 60


def test_amounts_are_typed_in_the_unit_of_the_form():
    row = (("school_code", SCHOOL), ("school_year", 2025))
    after = what_if(county_judgement(), [Change("school_year", row, "equipment_value", "500")])
    filed = after.dataset["school_year"].filter(school_code=SCHOOL, school_year=2025)
    assert filed["equipment_value"].item() == 5_000_000


def test_what_does_not_read_or_does_not_fit_is_refused_with_the_reason():
    with pytest.raises(ChangesRefusedError, match="应填数字"):
        what_if(county_judgement(), [of_primary("pupils", "五百多")])
    with pytest.raises(ChangesRefusedError, match="各学历之和"):
        what_if(county_judgement(), [of_primary("teachers", "1")])


@pytest.mark.parametrize(
    "change",
    [
        of_primary("pupils", "500", school="0000000000"),
        of_primary("no_such_column", "500"),
        of_primary("stage", "初中"),
        Change("no_such_table", (), "pupils", "500"),
        Change("stage_year", (("school_code", SCHOOL),), "pupils", "500"),
    ],
)
def test_a_cell_that_the_data_do_not_have_is_named(change):
    with pytest.raises(CellNotThereError, match="没有可以改的"):
        what_if(county_judgement(), [change])
