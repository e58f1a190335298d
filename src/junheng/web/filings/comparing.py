"""What a reviewer should look at first in one filing: against last year, against schools alike, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from junheng.tables.model import Column
from junheng.web.filings import selectors
from junheng.web.filings.cells import Address, cell_url
from junheng.web.filings.form import Form, form_of
from junheng.web.filings.models import SCHOOL, Filing, FilingRow
from junheng.web.filings.naming import cell_label
from junheng.web.filings.outliers import Change, Spread, amount_in, changes, spread_of
from junheng.web.filings.reading import CellFinding, rows_of
from junheng.web.filings.states import OPEN_FOR_FILING
from junheng.web.templatetags.words import number, unit

# Of one filing; the rest stands in the whole table below.
MOST = 20


@dataclass(frozen=True)
class Compared:
    """One figure with last year's and with what schools alike file; ``why`` says in words what is odd about it."""

    address: Address
    name: str
    column: Column
    change: Change
    spread: Spread | None
    side: str  # high or low among schools alike, or neither
    why: tuple[str, ...]
    url: str

    @property
    def unit(self) -> str:
        return self.column.form_unit or self.column.unit

    @property
    def is_worth_a_look(self) -> bool:
        return bool(self.why)


@dataclass(frozen=True)
class Comparison:
    """All figures of a filing, those worth a look first, and the findings of its check."""

    figures: tuple[Compared, ...]
    findings: tuple[CellFinding, ...]
    has_last_year: bool
    peers: str  # whom it was held against, in words

    @property
    def notable(self) -> list[Compared]:
        return [figure for figure in self.figures if figure.is_worth_a_look]

    @property
    def shown(self) -> list[Compared]:
        return self.notable[:MOST]

    @property
    def jumps(self) -> int:
        return sum(figure.change.is_much for figure in self.figures)

    @property
    def odd(self) -> int:
        return sum(bool(figure.side) for figure in self.figures)


def compare(filing: Filing) -> Comparison:
    """Hold every figure of a filing against last year and against schools alike."""
    form, rows = form_of(filing), rows_of(filing)
    before = selectors.rows_before(filing)
    found = changes(form, rows, before)
    spreads = _spreads(filing, form) if filing.office == SCHOOL else {}
    peers = _peers_in_words(filing)
    figures = []
    for (table, key, name), change in found.items():
        spread = spreads.get((table, key, name))
        side = spread.beyond(change.now) if spread and change.now is not None else ""
        address = Address(table, key, name)
        gone = "" if filing.state in OPEN_FOR_FILING else _gone_words(change)
        why = tuple(filter(None, (gone, _change_words(change), _spread_words(change, spread, side, peers))))
        title = cell_label(form, address)
        figures.append(Compared(address, title, change.column, change, spread, side, why, cell_url(filing, address)))
    figures.sort(key=lambda figure: (not figure.is_worth_a_look, -figure.change.size))
    return Comparison(tuple(figures), selectors.checked(filing).findings, bool(before), peers)


def _spreads(filing: Filing, form: Form) -> dict[tuple[str, str, str], Spread]:
    """What schools alike filed for this period: the same stage and location; whole schools, the same kind too."""
    record = filing.place.record
    handed_in = FilingRow.objects.filter(filing__period=filing.period, filing__office=SCHOOL)
    handed_in = handed_in.exclude(filing__state__in=OPEN_FOR_FILING).exclude(filing=filing)
    if location := record.get("location"):
        handed_in = handed_in.filter(filing__place__record__location=location)
    wanted = [name for name, part in form.parts.items() if any(column.type.is_number for column in part.columns)]
    amounts: dict[tuple[str, str, str], list[Decimal | None]] = {}
    found = handed_in.filter(table__in=wanted).values_list(
        "table", "key", "values", "filing__place__record__school_kind"
    )
    for table, key, values, kind in found:
        part = form.parts[table]
        if not part.key and kind != record.get("school_kind"):
            continue
        for column in part.columns:
            if column.type.is_number:
                amounts.setdefault((table, key, column.name), []).append(amount_in(column, values.get(column.name, "")))
    spreads = {cell: spread_of(values) for cell, values in amounts.items()}
    return {cell: spread for cell, spread in spreads.items() if spread}


def _peers_in_words(filing: Filing) -> str:
    location = str(filing.place.record.get("location") or "")
    return _("本县%(location)s同类学校") % {"location": location}


def _gone_words(change: Change) -> str:
    return _("去年填了，今年没有填") if change.is_gone else ""


def _change_words(change: Change) -> str:
    if not change.is_much:
        return ""
    if change.from_nothing:
        return _("去年是 0，今年有了数")
    if change.now == 0:
        return _("去年有数，今年填了 0")
    share = change.share or Fraction(0)
    words = {"share": number(abs(share) * 100, 0)}
    return (_("比去年多 %(share)s%%") if share > 0 else _("比去年少 %(share)s%%")) % words


def _spread_words(change: Change, spread: Spread | None, side: str, peers: str) -> str:
    if not side or spread is None:
        return ""
    values: Mapping[str, object] = {
        "peers": peers,
        "count": spread.count,
        "low": number(spread.low),
        "high": number(spread.high),
        "median": number(spread.median),
        "unit": unit(change.column.form_unit or change.column.unit),
    }
    if spread.low == spread.high:
        alike = (
            _("比%(peers)s高得多：%(count)s 所中一半以上是 %(median)s %(unit)s")
            if side == "high"
            else _("比%(peers)s低得多：%(count)s 所中一半以上是 %(median)s %(unit)s")
        )
        return alike % values
    if side == "high":
        return _("比%(peers)s高得多：%(count)s 所中一半在 %(low)s–%(high)s %(unit)s之间，中位数 %(median)s") % values
    return _("比%(peers)s低得多：%(count)s 所中一半在 %(low)s–%(high)s %(unit)s之间，中位数 %(median)s") % values
