"""The items of one part: by the branches of its tree where it is scored, with subtotals, else as they are listed."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.items import Row
from junheng.reporting.report.blocks import Cell, Table, cell, heads
from junheng.reporting.report.runs import Name, Quote, Text, listed
from junheng.reporting.wording.items import basis, item_label, requirements, with_note
from junheng.reporting.wording.parts import label_of
from junheng.reporting.wording.phrases import conclusion_word
from junheng.standards.item import ItemPart
from junheng.verdict.scores import each_branch

Line = tuple[Cell, ...]


def criteria_table(year: CountyYear, part: str) -> Table:
    """评估标准 → 要求 → 经自查 → 结论或得分, with the responsible office, and evidence where any is asked for."""
    entry = year.items.part(part)
    assert entry is not None  # whoever asks has looked
    return _Part(year, part, entry).table()


class _Part:
    def __init__(self, year: CountyYear, part: str, entry: ItemPart) -> None:
        self.year, self.part, self.entry = year, part, entry
        self.rows = year.items.rows(part)
        self.scored = entry.rule == "score"
        self.evidence = any(item.evidence for item in entry.items.values())
        places, self.document = basis(year, [entry.items[row["item"]].source for row in self.rows])
        self.places = {row["item"]: place for row, place in zip(self.rows, places, strict=True)}
        self.offices = any(row["responsible"] for row in self.rows)

    def table(self) -> Table:
        columns: list[tuple[str, float]] = [
            ("评估标准和依据", 4.2),
            ("评分细则" if self.scored else "要求", 3),
            ("经自查", 5),
            *([("佐证材料", 2.4)] if self.evidence else []),
            *([("责任科室", 1.6)] if self.offices else []),
            *([("分值（分）", 1.1), ("得分（分）", 1.1)] if self.scored else []),
            ("自评结论", 1.4),
        ]
        lines = [*(self._tree("") if self.entry.groups else map(self._line, self.rows))]
        if self.scored:
            items = self.year.items
            lines.append(
                self._sum(label_of(self.year, self.part), cell(_total(self.entry)), cell(items.score(self.part)))
            )
        note: Text = ("依据：", self.document, "。") if self.document.text else ()
        note = note if self.offices else (*note, "各项的责任科室均未填报。")
        return Table(
            f"criteria_{self.part}",
            (label_of(self.year, self.part), "逐条自评"),
            tuple(width for _, width in columns),
            (heads(*(label for label, _ in columns)), *lines),
            note=note,
            landscape=True,
            total=1 if self.scored else 0,
        )

    def _tree(self, group: str) -> Iterator[Line]:
        """What stands right below a branch: its items, then the branches below it, each with its head."""
        for row in self.rows:
            if self.entry.items[row["item"]].group == group:
                yield self._line(row)
        for name, branch, depth in each_branch(self.entry):
            if branch.group != group or not self._below(name):
                continue
            label = (("—" * (depth - 1)), Quote(branch.label.zh))
            if self.scored:
                items = self.year.items
                yield self._sum(
                    label, cell(items.branch_points(self.part, name)), cell(items.branch_earned(self.part, name))
                )
            else:
                yield (cell(*label, label=True, columns=self._columns, align="left"),)
            yield from self._tree(name)

    def _below(self, group: str) -> bool:
        """Whether an item stands anywhere below a branch."""
        return any(
            self.entry.items[row["item"]].group == group for row in self.rows
        ) or any(branch.group == group and self._below(name) for name, branch in self.entry.groups.items())  # fmt: skip

    @property
    def _columns(self) -> int:
        return 4 + self.evidence + self.offices + 2 * self.scored

    def _sum(self, label: Text | Quote, points: Cell, earned: Cell) -> Line:
        """The head of a branch with its points and what is earned below it."""
        said = (label,) if isinstance(label, Quote) else label
        return (cell(*said, "合计", label=True, columns=self._columns - 3, align="left"), points, earned, cell())

    def _line(self, row: Row) -> Line:
        item = self.entry.items[row["item"]]
        outcome = Outcome(row["outcome"]) if row["outcome"] else None
        asked = listed(requirements(self.year, row), "；") or ("见评估标准",)
        place = self.places[row["item"]]
        cells = [cell(item_label(self.year, row), *(("。依据：", place) if place.text else ())), cell(*asked)]
        cells.append(cell(*with_note(self.year, row), "。"))
        if self.evidence:
            cells.append(cell(*listed(Quote(label.zh) for label in item.evidence)) if item.evidence else cell("—"))
        if self.offices:
            office = row["responsible"]
            cells.append(cell(Name(office, "office") if office else "未填报"))
        if self.scored:
            cells += [cell(self.year.items.points(row)), cell(self.year.items.earned(row))]
        return (*cells, cell(conclusion_word(self.part, outcome), outcome=outcome, align="centre"))


def _total(entry: ItemPart) -> Quote:
    """满分, as the standard states it."""
    return Quote("未见" if entry.total is None else str(entry.total))
