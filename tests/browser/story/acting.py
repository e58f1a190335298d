"""What people of the story did before a test begins, and how they go about a page."""

from __future__ import annotations

from datetime import date

from junheng.web.dashboards.services import evaluate
from junheng.web.filings.form import form_of
from junheng.web.filings.models import Filing
from junheng.web.filings.period_services import open_period
from junheng.web.filings.services import CellChange, save_cells, take_step
from web.conftest import SOUND, approve, fill_soundly

PHONE = {"width": 390, "height": 844}


def answer_of(page):
    """The sentence that a page opens with."""
    return page.locator("h1")


def confirmed(page, button):
    """Press a button that asks, and say yes."""
    page.get_by_role("button", name=button, exact=True).click()
    page.locator("dialog[open]").get_by_role("button", name=button, exact=True).click()


def fits_a_phone(page):
    """Nothing is to be looked for beyond the edge."""
    return page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def type_in(filing, user, **changed):
    """Sound figures of a school, saved as the form saves them, so that each has its author."""
    form, changes = form_of(filing), []
    for row in filing.rows.all():
        if row.table in SOUND:
            values = {column.name: SOUND[row.table].get(column.name, "0") for column in form.parts[row.table].columns}
            values |= changed if row.table == "stage_year" else {}
            changes += [
                CellChange(row.table, row.key, name, row.values.get(name, ""), value) for name, value in values.items()
            ]
    save_cells(filing=filing, changes=changes, acting_user=user)


def go_on(filing, *steps):
    """Take steps one after the other: ``("hand_in", cast.clerk), …``."""
    for step, user in steps:
        filing = Filing.objects.select_related("period__county", "place__parent").get(pk=filing.pk)
        take_step(filing=filing, step=step, version=filing.version, acting_user=user)


def file_and_sign(cast, **changed):
    """The school of the cast has filed: its clerk handed in, its principal signed."""
    type_in(cast.filing(), cast.clerk, **changed)
    go_on(cast.filing(), ("hand_in", cast.clerk), ("sign", cast.principal))
    return cast.filing()


def file_through(cast, **changed):
    """The school of the cast has filed, and town and county have approved."""
    go_on(file_and_sign(cast, **changed), ("pass_in_town", cast.town_head), ("approve", cast.officer))
    return cast.filing()


def judge(cast, **changed):
    """The county judged: one school as its people filed it, the two others sound."""
    file_through(cast, **changed)
    for place in (cast.neighbour, cast.direct):
        approve(fill_soundly(cast.filing(place)), cast.officer)
    return evaluate(period=cast.period, basis="approved", acting_user=cast.officer)


def year_before(cast, **changed):
    """The school year before this one: filed, approved, judged."""
    period = open_period(
        county=cast.county,
        school_year=2024,
        standard="CN/youzhi_2017",
        day=date(2024, 12, 31),
        opens_on=date(2024, 9, 15),
        due_on=date(2024, 10, 31),
        acting_user=cast.officer,
    )
    for filing in period.filings.filter(office="school").select_related("period__county", "place__parent"):
        approve(fill_soundly(filing, **changed), cast.officer)
    return evaluate(period=period, basis="approved", acting_user=cast.officer)
