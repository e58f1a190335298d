"""脱敏: a copy of a report in which names or figures are masked, wherever they stand.

A ``Name`` and a ``Figure`` are known for what they are. What a clerk or the writer wrote is searched for the names that
the data hold, and left out whole where it may name people or say figures in words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from junheng.reporting.report.blocks import Block, Cell, Chart, Heading, Paragraph, Table
from junheng.reporting.report.report import Provenance, Report
from junheng.reporting.report.runs import Figure, Name, Note, Quote, Run, Text

Kind = Literal["county", "town", "school", "office", "person"]
_KINDS: dict[Kind, str] = {"county": "某县", "town": "某乡镇", "school": "某校", "office": "某单位", "person": "某某"}
_LEFT_OUT = "（原文从略）"
_PASSAGE = 6  # characters from which on what somebody wrote is looked for inside longer quotes
_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Mask:
    """What is masked."""

    names: bool = True
    figures: bool = True


@dataclass(frozen=True)
class Known:
    """What the data hold that tells who a report is about.

    Attributes:
        names: names and codes of counties, towns, schools and people, each with its kind and whose it is: a code and
            a name of one school are masked alike.
        words: what people wrote in their own words: notes, findings, plans, paragraphs of the writer.
    """

    names: dict[str, tuple[Kind, str]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


def redact(report: Report, mask: Mask, known: Known | None = None) -> Report:
    """A copy with names and figures masked; charts show both and are left out, which is said in their place.

    The same school keeps the same number throughout (某校3), so that the copy can still be read. What the report was
    made from is left out with the names: who has the data would know them by their snapshot.
    """
    masking = _Masking(mask, known or Known())
    return replace(
        report,
        title=masking.text(report.title),
        subtitle=masking.text(report.subtitle),
        blocks=tuple(masking.block(block) for block in report.blocks),
        provenance=_provenance(report.provenance) if mask.names else report.provenance,
        redacted=True,
    )


def _provenance(made: Provenance) -> Provenance:
    """Standard, day and version stay: they say by what rules the figures came about, not whose they are."""
    return replace(made, snapshot="", others=tuple((name, "") for name, _ in made.others), county="", school="")


class _Masking:
    """The names met so far, each with its number, so that the same one is masked the same way everywhere."""

    def __init__(self, mask: Mask, known: Known) -> None:
        self._mask = mask
        self._known = known
        lines = {line.strip() for text in known.words for line in text.splitlines() if line.strip()}
        self._words, self._passages = lines, _any_of(line for line in lines if len(line) >= _PASSAGE)
        self._numbers: dict[tuple[Kind, str], int] = {}
        self._figures: dict[str, int] = {}
        self._pattern = _any_of(known.names)

    def block(self, block: Block) -> Block:
        match block:
            case Heading() | Paragraph():
                return replace(block, text=self.text(block.text))
            case Table():
                rows = tuple(tuple(self._cell(cell) for cell in row) for row in block.rows)
                return replace(
                    block,
                    key=self._searched(block.key),
                    caption=self.text(block.caption),
                    rows=rows,
                    note=self.text(block.note),
                )
            case Chart():
                return Paragraph(("（", *self.text(block.caption), "：脱敏版不附图）"), "note")
            case _:
                return block

    def text(self, text: Text) -> Text:
        return tuple(self._run(run) for run in text)

    def _cell(self, cell: Cell) -> Cell:
        """Its column names the unit: a masked figure has none, and stays where figures stand."""
        if not (self._mask.figures and cell.bare):
            return replace(cell, text=self.text(cell.text))
        text = tuple(self._figure(run, bare=True) if isinstance(run, Figure) else self._run(run) for run in cell.text)
        return replace(cell, text=text, align=cell.align or "right")

    def _run(self, run: Run) -> Run:
        match run:
            case Figure():
                return self._figure(run)
            case Name():
                return replace(run, text=self._name(run.kind, run.text)) if self._mask.names and run.text else run
            case Note():
                return Note(self.text(run.text))
            case Quote():
                return Quote(self._quoted(run.text))
            case _:
                return run

    def _figure(self, figure: Figure, *, bare: bool = False) -> Run:
        if self._mask.figures:
            if figure.value is None:  # 3所缺数据 says a figure too
                return Quote(_NUMBER.sub("××", figure.absent))
            return Quote("××" if bare else f"××{figure.unit}")
        # Key and description name the school that a figure is of.
        number = self._figures.setdefault(figure.key, len(self._figures) + 1)
        return replace(figure, key=f"redacted/{number}", about="", origin="")

    def _name(self, kind: Kind, text: str) -> str:
        kind, whose = self._known.names.get(text, (kind, text))
        number = self._numbers.get((kind, whose))
        if number is None:
            number = sum(known == kind for known, _ in self._numbers) + 1
            self._numbers[kind, whose] = number
        return f"{_KINDS[kind]}{'' if kind == 'county' and number == 1 else number}"

    def _quoted(self, text: str) -> str:
        if text.strip() in self._words:
            return _LEFT_OUT
        return self._searched(text if self._passages is None else self._passages.sub(_LEFT_OUT, text))

    def _searched(self, text: str) -> str:
        if not self._mask.names or self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._name(self._known.names[match.group()][0], match.group()), text)


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names, the longest first: 示例县第一小学 before 示例县."""
    longest_first = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
