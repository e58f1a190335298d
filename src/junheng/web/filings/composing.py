"""From the filings of a county to one dataset: every row with the version it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from junheng.intake.entered import Entered
from junheng.intake.read import Reading
from junheng.tables.model import Tables
from junheng.web.audit.models import Event
from junheng.web.filings.form import fixed_values, form_of, part_of, tables_of
from junheng.web.filings.models import SCHOOL, Filing, FilingVersion, Period
from junheng.web.filings.states import APPROVED
from junheng.web.filings.versions import Content, content_of
from junheng.web.regions.profile import row_of

# What is written in the log while a filing is approved: its newest version then is an approved one.
_WHILE_APPROVED = ("step:approve", "step:verify", "step:lock", "step:unlock", "correct_cell")


@dataclass(frozen=True, slots=True)
class RowSource:
    """Where cells of a composed row came from: the filing, its version (none: the draft), the row's key there.

    ``columns`` are those that this filing answers for.
    """

    filing: int
    version: int | None
    key: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filing that goes in, with the version that does (none: the draft as it stands)."""

    filing: Filing
    version: int | None

    @property
    def mark(self) -> int | str:
        """What differs as soon as other data of this filing would go in."""
        return self.version or self.filing.changed_at.isoformat()


@dataclass(frozen=True)
class Composed:
    """The county's rows as typed, read as one.

    Attributes:
        sources: by table, in the order of the rows, the filings that each row came from; none: what the place says.
        chosen: the filings that went in.
    """

    entered: Entered
    reading: Reading
    sources: Mapping[str, tuple[tuple[RowSource, ...], ...]]
    chosen: tuple[Chosen, ...]
    approved: int
    expected: int

    def year_of(self, address: str) -> str:
        """The school year of the row at an address; empty where its table has none, or it is no row."""
        try:
            table, row, _column = self.entered.locate(address)
        except KeyError:
            return ""
        return "" if row is None else self.entered.rows[table][row].get("school_year", "")


@dataclass
class _Row:
    """A row while it is put together: all its cells come from one period."""

    period: int
    values: dict[str, str] = field(default_factory=dict)
    sources: list[tuple[int, int | None, str]] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)  # column → which source

    def take(
        self,
        source: tuple[int, int | None, str],
        about: Mapping[str, str],
        filled: Mapping[str, str],
        asked: Iterable[str],
    ) -> None:
        """Add what a filing says: ``about`` tells the row apart, ``filled`` was filled in of what it was asked."""
        number = len(self.sources)
        self.sources.append(source)
        for column, value in about.items():
            self.values.setdefault(column, value)
            self.answers.setdefault(column, number)
        for column, value in filled.items():
            if value != "" or column not in self.values:
                notes = (self.values.get("note", ""), value) if column == "note" else (value,)
                self.values[column] = "；".join(filter(None, notes))
                self.answers[column] = number
        for column in asked:
            self.answers.setdefault(column, number)

    def traced(self) -> tuple[RowSource, ...]:
        columns: dict[int, list[str]] = {}
        for column, number in self.answers.items():
            columns.setdefault(number, []).append(column)
        return tuple(RowSource(*source, tuple(columns.get(n, ()))) for n, source in enumerate(self.sources))


_Rows = dict[str, dict[tuple[str, ...], _Row]]


def compose(period: Period, *, only_approved: bool) -> Composed:
    """Put a county's filings together: those of this period, and the approved ones of the years before.

    A row comes from the newest period that has it, and no blank of it is filled from another year. A school whose
    filing does not go in stands in 学校名录 all the same, as the place is recorded: what is not known of it is unknown.

    Args:
        only_approved: else the newest data of this period go in, drafts included.
    """
    tables = tables_of(period)
    rows: _Rows = {name: {} for name in tables.tables}
    chosen = chosen_filings(period, only_approved=only_approved)
    current = [entry for entry in chosen if entry.filing.period_id == period.pk]
    for entry, content in _contents(current):
        _put(rows, tables, entry, content)
    expected = _put_places(rows, period)
    for entry, content in _contents(entry for entry in chosen if entry.filing.period_id != period.pk):
        _put(rows, tables, entry, content)
    filed = {name: [row for row in kept.values() if row.values] for name, kept in rows.items()}
    entered = Entered(tables, {name: [row.values for row in kept] for name, kept in filed.items() if kept})
    return Composed(
        entered,
        entered.read(period.county.name),
        {name: tuple(row.traced() for row in kept) for name, kept in filed.items() if kept},
        tuple(chosen),
        sum(entry.filing.state in APPROVED for entry in current),
        expected,
    )


def chosen_filings(period: Period, *, only_approved: bool) -> list[Chosen]:
    """Which filings go in with which version: this period's first, then those of the years before, newest first.

    Of the years before it is the version that was approved last, also where the filing was returned since.
    """
    newest = FilingVersion.objects.filter(filing=OuterRef("pk")).order_by("-number").values("pk")[:1]
    found = (
        _filings(period)
        .annotate(newest=Subquery(newest))
        .exclude(~Q(period=period), newest=None)
        .order_by("-period__school_year", "place__path", "office")
    )
    filings = list(found)
    returned = [f.pk for f in filings if f.period_id != period.pk and f.state not in APPROVED]
    once_approved = _approved_before(returned)
    chosen = []
    for filing in filings:
        version: int | None = filing.newest
        if filing.state in APPROVED:
            if version is not None:
                chosen.append(Chosen(filing, version))
        elif filing.period_id != period.pk:
            if filing.pk in once_approved:
                chosen.append(Chosen(filing, once_approved[filing.pk]))
        elif not only_approved:
            chosen.append(Chosen(filing, None))
    return chosen


def _filings(period: Period) -> QuerySet[Filing]:
    return Filing.objects.filter(
        period__county=period.county, period__school_year__lte=period.school_year
    ).select_related("period__county", "place__parent")


def _approved_before(filings: Iterable[int]) -> dict[int, int]:
    """Of filings that are not approved now the version that was when they last were."""
    subjects = {f"filing:{pk}": pk for pk in filings}
    events = Event.objects.filter(subject__in=subjects, action__in=_WHILE_APPROVED).order_by("pk")
    until = {subjects[subject]: made_at for subject, made_at in events.values_list("subject", "made_at")}
    versions = FilingVersion.objects.filter(filing__in=until).order_by("number")
    return {
        filing: version
        for version, filing, made_at in versions.values_list("pk", "filing", "made_at")
        if made_at <= until[filing]
    }


def _contents(chosen: Iterable[Chosen]) -> Iterator[tuple[Chosen, Content]]:
    entries = list(chosen)
    versions = FilingVersion.objects.order_by().in_bulk([entry.version for entry in entries if entry.version])
    prefetch_related_objects([entry.filing for entry in entries if entry.version is None], "rows")
    for entry in entries:
        yield entry, versions[entry.version].content if entry.version else content_of(entry.filing)


def _put(rows: _Rows, tables: Tables, entry: Chosen, content: Content) -> None:
    filing, form = entry.filing, form_of(entry.filing)
    for name, filed in content.items():
        if name not in tables.tables:
            continue  # only the standard of an earlier year has it
        table = tables[name]
        # A column or table that the form has gained or lost since is read by its definition all the same.
        part = form.parts.get(name) or part_of(table, ())
        fixed = fixed_values(filing, table)
        asked = [column.name for column in part.columns]
        for row in filed:
            about = {**fixed, **part.key_values(row["key"])}
            key = tuple(about.get(column, "") for column in table.key)
            kept = rows[name].setdefault(key, _Row(filing.period_id))
            if kept.period != filing.period_id:
                continue  # the newest period says it
            if part.key and part.key != ("stage",) and not any(row["values"].values()):
                continue  # offered, and left as it was: nobody filed it
            kept.take((filing.pk, entry.version, row["key"]), about, row["values"], asked)


def _put_places(rows: _Rows, period: Period) -> int:
    """The rows of places whose filing does not go in. Returns how many filings the period has."""
    county = period.county
    own = {name: str(value) for name, value in county.record.items()}
    rows["county"].setdefault(
        (county.code,), _Row(period.pk, {**own, "county_code": county.code, "county_name": county.name})
    )
    filings = list(_filings(period).filter(period=period))
    for filing in filings:
        if filing.office == SCHOOL:
            listed = {name: str(value) for name, value in row_of(filing.place, county).items()}
            rows["school"].setdefault((filing.place.code,), _Row(period.pk, listed))
    return len(filings)
