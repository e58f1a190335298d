"""The sheets of all schools of a county, one a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Heading
from junheng.reporting.reports.school_sheet.build import form


def sheets(facts: Facts) -> Iterator[Block]:
    """Every school that filed in the year, by town, as the list of schools has them."""
    each, year = facts.now.each_school, facts.now.year
    for code in each.codes:
        school = each.of(code)
        yield Heading((school.name,), numbered=False, new_page=True)
        yield from form(school, year)


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {"sheets": sheets}
