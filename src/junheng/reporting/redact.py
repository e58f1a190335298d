"""脱敏: a copy of a report in which names or figures are masked, exactly those and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Figure, Name, Note, Quote, Run, Text

_KINDS = {"county": "某县", "town": "某乡镇", "school": "某校", "office": "某单位", "person": "某某"}


@dataclass(frozen=True, slots=True)
class Mask:
    """What is masked."""

    names: bool = True
    figures: bool = True


def redact(report: Report, mask: Mask) -> Report:
    """A copy with names and figures masked; charts show both and are left out, which is said in their place.

    The same school keeps the same number throughout (某校3), so that the copy can still be read.
    """
    masked = _masking(mask)
    return replace(
        report,
        title=masked(report.title),
        subtitle=masked(report.subtitle),
        blocks=tuple(_block(block, masked) for block in report.blocks),
        redacted=True,
    )


def _masking(mask: Mask) -> Callable[[Text], Text]:
    numbers: dict[tuple[str, str], int] = {}

    def one(run: Run) -> Run:
        if isinstance(run, Figure) and mask.figures:
            return Quote(f"××{run.unit}") if run.value is not None else run
        if isinstance(run, Name) and mask.names and run.text:
            known = numbers.setdefault((run.kind, run.text), sum(kind == run.kind for kind, _ in numbers) + 1)
            return replace(run, text=f"{_KINDS[run.kind]}{'' if run.kind == 'county' else known}")
        if isinstance(run, Note):
            return Note(whole(run.text))
        return run

    def whole(text: Text) -> Text:
        return tuple(one(run) for run in text)

    return whole


def _block(block: Block, masked: Callable[[Text], Text]) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, text=masked(block.text))
        case Table():
            rows = tuple(tuple(replace(cell, text=masked(cell.text)) for cell in row) for row in block.rows)
            return replace(block, caption=masked(block.caption), rows=rows, note=masked(block.note))
        case Chart():
            return Paragraph(("（", *masked(block.caption), "：脱敏版不附图）"), "note")
        case _:
            return block
