"""The form as the page shows it: a section for each table, a cell for each figure, all from the table definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from junheng.intake.template import JudgedItem
from junheng.standards.library import load_standard
from junheng.tables.model import Column, ColumnType, Need
from junheng.web.accounts.models import User
from junheng.web.filings.cells import Address, cell_url
from junheng.web.filings.form import FormTable, form_of, items_of
from junheng.web.filings.models import Comment, Filing, FilingRow
from junheng.web.filings.naming import key_words, row_label
from junheng.web.filings.reading import CellFinding, Rows
from junheng.web.templatetags.words import label

_YES_NO = ("是", "否")  # zh: data


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: what stands there, what stood there a year ago, who typed it, what is said about it.

    ``row`` and ``col`` place it for the arrow keys and for pasted blocks.
    """

    address: Address
    column: Column
    row_name: str
    value: str
    before: str
    author: str
    typed_at: datetime | None
    findings: tuple[CellFinding, ...]
    comments: tuple[Comment, ...]
    asked: bool
    url: str
    row: int
    col: int

    @property
    def unit(self) -> str:
        return self.column.form_unit or self.column.unit

    @property
    def control(self) -> str:
        """select, area, decimal, numeric or text."""
        match self.column.type:
            case ColumnType.CODE_LIST | ColumnType.FLAG:
                return "select"
            case ColumnType.DECIMAL:
                return "decimal"
            case ColumnType.COUNT | ColumnType.YEAR:
                return "numeric"
            case ColumnType.TEXT:
                return "area"
            case _:
                return "text"

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be chosen: the word as kept and as shown; what stands there already is always among it."""
        if self.column.type is ColumnType.FLAG:
            words = list(zip(_YES_NO, (_("是"), _("否")), strict=True))
        else:
            codes = self.column.codes.codes.values() if self.column.codes else ()
            words = [(code.label.zh, label(code)) for code in codes]
        if self.value and self.value not in (word for word, _shown in words):
            words.append((self.value, self.value))
        return words

    @property
    def placeholder(self) -> str:
        return "2025-09-01" if self.column.type is ColumnType.DATE else ""

    @property
    def must(self) -> bool:
        return self.asked and self.column.need in (Need.MUST, Need.KEY)

    @property
    def optional(self) -> bool:
        return self.column.need is Need.OPTIONAL

    @property
    def worst(self) -> str:
        """The gravest of what is found: error, explain (not yet explained), told; empty when nothing is."""
        if any(entry.is_error for entry in self.findings):
            return "error"
        if any(entry.is_open for entry in self.findings):
            return "explain"
        return "told" if self.findings else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that stand in one place of the statistics forms, in lines of one or several cells (one per stage)."""

    label: str
    lines: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a table with many: its key in words, and what the key stands for."""

    key: str
    heads: tuple[str, ...]
    told: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the form, laid out as ``lines`` (label beside its figures) or as a ``grid`` (a row a line)."""

    part: FormTable
    heads: tuple[str, ...]  # of lines: the stages; of a grid: the key columns
    groups: tuple[Group, ...]
    rows: tuple[GridRow, ...]
    filled: int
    asked: int

    @property
    def name(self) -> str:
        return self.part.table.name

    @property
    def is_grid(self) -> bool:
        return bool(self.part.key) and self.part.key != ("stage",)

    @property
    def single(self) -> bool:
        """Whether each line has one cell, so that lines can stand in two columns."""
        return not self.is_grid and len(self.heads) <= 1

    @property
    def key_columns(self) -> list[Column]:
        return [self.part.table.columns[name] for name in self.part.key]

    @property
    def errors(self) -> int:
        return sum(cell.worst == "error" for cell in self.cells)

    @property
    def open(self) -> int:
        return sum(cell.worst == "explain" for cell in self.cells)

    @property
    def cells(self) -> list[Cell]:
        lines = [cell for group in self.groups for line in group.lines for cell in line]
        return [*lines, *(cell for row in self.rows for cell in row.cells)]


@dataclass(frozen=True)
class _Known:
    """What is known of the cells of one filing."""

    filing: Filing
    rows: Mapping[tuple[str, str], FilingRow]
    before: Rows
    findings: Mapping[Address, tuple[CellFinding, ...]]
    comments: Mapping[Address, tuple[Comment, ...]]
    names: Mapping[int, str]

    def cell(self, part: FormTable, key: str, column: Column, row: int, col: int) -> Cell:
        address = Address(part.table.name, key, column.name)
        typed = self.rows[part.table.name, key]
        author = typed.authors.get(column.name)
        return Cell(
            address=address,
            column=column,
            row_name=row_label(part, key),
            value=typed.values.get(column.name, ""),
            before=self.before.get(part.table.name, {}).get(key, {}).get(column.name, ""),
            author=self.names.get(author[0], "") if author else "",
            typed_at=datetime.fromisoformat(author[1]) if author else None,
            findings=self.findings.get(address, ()),
            comments=self.comments.get(address, ()),
            asked=column.applies_to(part.key_values(key)),
            url=cell_url(self.filing, address),
            row=row,
            col=col,
        )


def sections_of(
    filing: Filing, before: Rows, findings: Iterable[CellFinding], comments: Iterable[Comment]
) -> list[Section]:
    """The sections of a filing's page, in the order of the tables."""
    by_cell: dict[Address, tuple[CellFinding, ...]] = {}
    for entry in findings:
        address = Address(entry.table, entry.key, entry.column)
        by_cell[address] = (*by_cell.get(address, ()), entry)
    remarks: dict[Address, tuple[Comment, ...]] = {}
    for comment in comments:
        if comment.column and comment.settled_at is None:
            address = Address(comment.table, comment.key, comment.column)
            remarks[address] = (*remarks.get(address, ()), comment)
    rows = list(filing.rows.all())
    authors = {author[0] for row in rows for author in row.authors.values()}
    names = dict(User.objects.filter(pk__in=authors).values_list("pk", "name"))
    known = _Known(filing, {(row.table, row.key): row for row in rows}, before, by_cell, remarks, names)
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row.table, []).append(row.key)
    return [_section(known, part, keys.get(name, [])) for name, part in form_of(filing).parts.items()]


def _section(known: _Known, part: FormTable, keys: list[str]) -> Section:
    groups: tuple[Group, ...] = ()
    rows: tuple[GridRow, ...] = ()
    if not part.key or part.key == ("stage",):
        order = _in_order(part, keys)
        heads, groups = tuple(row_label(part, key) for key in order), _groups(known, part, order)
    else:
        heads = tuple(label(part.table.columns[name]) for name in part.key)
        rows = _rows(known, part, keys)
    asked = [cell for group in groups for line in group.lines for cell in line if cell.asked]
    asked += [cell for row in rows for cell in row.cells if cell.asked]
    return Section(part, heads, groups, rows, sum(cell.value != "" for cell in asked), len(asked))


def _in_order(part: FormTable, keys: list[str]) -> list[str]:
    """Stages as the code list has them: 小学 before 初中."""
    codes = part.table.columns["stage"].codes if part.key else None
    return keys if codes is None else [code for code in codes.codes if code in keys]


def _groups(known: _Known, part: FormTable, keys: list[str]) -> tuple[Group, ...]:
    """Lines grouped by the statistics form that the figures stand in, so that a clerk copies one form at a time."""
    forms: dict[str, list[Column]] = {}
    for column in part.columns:
        forms.setdefault(column.form, []).append(column)
    groups, row = [], 0
    for form, columns in forms.items():
        lines = []
        for column in columns:
            cells = tuple(known.cell(part, key, column, row, col) for col, key in enumerate(keys))
            if any(cell.asked or cell.value for cell in cells):
                lines.append(cells)
                row += 1
        if lines:
            groups.append(Group(form or _("其他"), tuple(lines)))
    return tuple(groups)


def _rows(known: _Known, part: FormTable, keys: list[str]) -> tuple[GridRow, ...]:
    told = _told(known.filing, part)
    return tuple(
        GridRow(
            key=key,
            heads=(told[key][0],) if key in told else tuple(key_words(part, key)),
            told=told[key][1] if key in told else "",
            cells=tuple(known.cell(part, key, column, row, col) for col, column in enumerate(part.columns)),
        )
        for row, key in enumerate(keys)
    )


def _told(filing: Filing, part: FormTable) -> dict[str, tuple[str, str]]:
    """The items that people judge, by key: what each says, and where it stands in the standard with its evidence."""
    if part.table.name != "judged_item":
        return {}
    return {
        part.key_of({"standard": item.standard, "item": item.item}): (
            _item_label(item),
            _("；").join(filter(None, (item.branch, item.sub_branch, item.evidence, _points(item.points)))),
        )
        for item in items_of(filing.period)
    }


def _item_label(item: JudgedItem) -> str:
    for _name, part in load_standard(item.standard).parts():
        if item.item in part.items:
            return label(part.items[item.item])
    return item.label


def _points(points: str) -> str:
    return _("%(score)s 分") % {"score": points} if points else ""
