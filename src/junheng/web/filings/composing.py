"""From the filings of a county to one dataset: every row with the version it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from junheng.intake.entered import Entered
from junheng.intake.read import Reading
from junheng.web.filings.form import OF_THE_PLACE, FormTable, fixed_values, form_of, tables_of
from junheng.web.filings.models import Filing, FilingRow, FilingVersion, Period
from junheng.web.filings.states import APPROVED
from junheng.web.filings.versions import content_of


@dataclass(frozen=True, slots=True)
class RowSource:
    """Where a row of a composed dataset came from: the filing, its version (none: the draft) and the row's key."""

    filing: int
    version: int | None
    key: str


@dataclass(frozen=True)
class Composed:
    """The county's rows as typed, read as one; ``sources`` by table, in the order of the rows."""

    entered: Entered
    reading: Reading
    sources: Mapping[str, tuple[RowSource, ...]]
    approved: int
    expected: int


def compose(period: Period, *, only_approved: bool) -> Composed:
    """Put a county's filings together: those of this period, and the approved ones of the years before.

    Args:
        only_approved: else the newest data of this period go in, drafts included.
    """
    tables = tables_of(period)
    rows: dict[str, dict[tuple[str, ...], dict[str, str]]] = {name: {} for name in tables.tables}
    sources: dict[str, dict[tuple[str, ...], RowSource]] = {name: {} for name in tables.tables}
    approved = expected = 0
    for filing in _filings(period):
        is_current = filing.period_id == period.pk
        is_approved = filing.state in APPROVED
        expected += is_current
        approved += is_current and is_approved
        if not is_approved and (only_approved or not is_current):
            continue
        version = filing.newest[0] if is_approved and filing.newest else None  # type: ignore[attr-defined]
        if is_approved and version is None:
            continue
        content = version.content if version else content_of(filing)
        form = form_of(filing)
        for name, filed in content.items():
            # A column or table that the form has gained or lost since is read by its definition all the same.
            part = form.parts.get(name) or FormTable(tables[name], (), ())
            fixed = fixed_values(filing, tables[name])
            for row in filed:
                if part.key and part.key != ("stage",) and not any(row["values"].values()):
                    continue  # offered, and left as it was: nobody filed it
                line = {**fixed, **part.key_values(row["key"]), **row["values"]}
                key = tuple(line.get(column, "") for column in tables[name].key)
                if name in OF_THE_PLACE and key in rows[name] and not is_current:
                    continue  # the newest period says what a school is
                kept = rows[name].setdefault(key, {})
                notes = "；".join(filter(None, (kept.get("note", ""), line.pop("note", ""))))
                kept.update({column: value for column, value in line.items() if value != "" or column not in kept})
                if notes:
                    kept["note"] = notes
                sources[name].setdefault(key, RowSource(filing.pk, version.pk if version else None, row["key"]))
    county = (period.county.code,)
    if county not in rows["county"]:
        record = {name: str(value) for name, value in period.county.record.items()}
        rows["county"][county] = {**record, "county_code": period.county.code, "county_name": period.county.name}
    filled = {name: list(entries.values()) for name, entries in rows.items() if entries}
    entered = Entered(tables, filled)
    return Composed(
        entered,
        entered.read(period.county.name),
        {name: tuple(entries.values()) for name, entries in sources.items() if entries},
        approved,
        expected,
    )


def _filings(period: Period) -> list[Filing]:
    """This period's filings first, then those of the years before, newest first."""
    newest = FilingVersion.objects.order_by("filing", "-number")
    found = (
        Filing.objects.filter(period__county=period.county, period__school_year__lte=period.school_year)
        .select_related("period__county", "place__parent")
        .prefetch_related(
            Prefetch("versions", queryset=newest, to_attr="newest"),
            Prefetch("rows", queryset=FilingRow.objects.order_by("table", "order", "pk")),
        )
        .order_by("-period__school_year", "place__path", "office")
    )
    return list(found)
