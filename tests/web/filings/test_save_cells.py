"""What is typed is taken cell by cell; two people at one filing lose nothing."""

from __future__ import annotations

import pytest

from junheng.web.audit.models import Event
from junheng.web.errors import FilingClosedError, UnknownCellError
from junheng.web.filings.services import CellChange, save_cells


def pupils(before: str, after: str) -> CellChange:
    return CellChange("stage_year", "primary", "pupils", before, after)


def test_what_is_typed_stands_as_typed_with_who_and_when(cast):
    saved = save_cells(filing=cast.filing(), changes=[pupils("", " 1,280 ")], acting_user=cast.clerk)
    row = cast.filing().rows.get(table="stage_year")
    assert (saved.taken, row.values["pupils"], row.authors["pupils"][0]) == (1, "1,280", cast.clerk.pk)
    event = Event.objects.filter(action="save_cells").get()
    assert (event.username, event.changes) == (
        "填报员小李",
        [{"what": "stage_year/primary/pupils", "before": "", "after": "1,280"}],
    )


def test_a_cell_that_somebody_else_changed_is_kept_and_told(cast):
    filing = cast.filing()
    save_cells(filing=filing, changes=[pupils("", "500")], acting_user=cast.clerk)
    classes = CellChange("stage_year", "primary", "classes", "", "12")
    saved = save_cells(filing=filing, changes=[pupils("", "600"), classes], acting_user=cast.principal)
    assert saved.taken == 1, "the cell that nobody else touched is taken"
    [conflict] = saved.conflicts
    assert (conflict.mine, conflict.theirs, conflict.who) == ("600", "500", "填报员小李")
    assert cast.filing().rows.get(table="stage_year").values == {"pupils": "500", "classes": "12"}


def test_typing_the_same_again_is_no_change(cast):
    save_cells(filing=cast.filing(), changes=[pupils("", "500")], acting_user=cast.clerk)
    before = cast.filing().version
    assert save_cells(filing=cast.filing(), changes=[pupils("", "500")], acting_user=cast.clerk).version == before


def test_a_cell_that_the_form_does_not_have_is_refused_whole(cast):
    wrong = CellChange("stage_year", "primary", "school_code", "", "9901010002")
    with pytest.raises(UnknownCellError):
        save_cells(filing=cast.filing(), changes=[pupils("", "500"), wrong], acting_user=cast.clerk)
    assert cast.filing().rows.get(table="stage_year").values == {}


def test_a_filing_that_is_handed_in_takes_no_figures(cast):
    filing = cast.filing()
    filing.state = "handed_in"
    filing.save()
    with pytest.raises(FilingClosedError):
        save_cells(filing=filing, changes=[pupils("", "500")], acting_user=cast.clerk)
