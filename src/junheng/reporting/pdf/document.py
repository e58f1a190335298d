"""A report as plain data (dicts, lists, words), which the template draws: nothing in it can become a command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias, TypeGuard

from junheng.reporting.charts.drawing import chart_svg
from junheng.reporting.charts.paper import parts
from junheng.reporting.pdf.tables import table_data
from junheng.reporting.pdf.words import printable, runs_data
from junheng.reporting.report.blocks import Block, Chart, Contents, Heading, PageBreak, Paragraph, Table
from junheng.reporting.report.provenance import provenance_blocks
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Name, words_of
from junheng.reporting.report.sections import sections
from junheng.reporting.report.title import title_lines

Data: TypeAlias = dict[str, Any]

_CHART_PIXELS = 640
_TEXT_WIDTH = 442.2  # pt: 156 mm
_SVG_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')
_SHORT = 200  # characters: a paragraph that may be kept whole with the signature below it


def document_data(report: Report) -> Data:
    """All that the template needs of a report."""
    blocks = (*report.blocks, *provenance_blocks(report))
    return {
        "title": [runs_data(line) for line in title_lines(report.title)] if report.title else [],
        "subtitle": runs_data(report.subtitle),
        "name": printable(words_of(report.title)),
        "author": _signed_by(report.blocks),
        "form": report.form,
        "sections": [{"landscape": lying, "blocks": _drawn(shared)} for lying, shared in sections(blocks)],
    }


def _signed_by(blocks: Iterable[Block]) -> list[str]:
    """The offices that sign."""
    signed = [run for block in blocks if _signs(block) for run in block.text if isinstance(run, Name)]
    return list(dict.fromkeys(printable(name.text) for name in signed))


def _drawn(blocks: Sequence[Block]) -> list[Data]:
    """Blocks with what they need to know of those beside them: lines of a signature make one."""
    drawn: list[Data] = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        before = drawn[-1]["kind"] if drawn else ""
        if _signs(block) and before == "signature":
            drawn[-1]["lines"].append(runs_data(block.text))
            continue
        data = _block(block)
        drawn.append({**data, "again": data["kind"] == before, "signed": after is not None and _signs(after)})
    return drawn


def _signs(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.kind == "signature"


def _block(block: Block) -> Data:
    match block:
        case Heading():
            return {
                "kind": "heading",
                "text": runs_data(block.text),
                "words": printable(words_of(block.text)),
                "level": block.level,
                "numbered": block.numbered,
                "new_page": block.new_page,
            }
        case Paragraph(kind="signature"):
            return {"kind": "signature", "lines": [runs_data(block.text)]}
        case Paragraph():
            return {"kind": block.kind, "text": runs_data(block.text), "short": len(words_of(block.text)) <= _SHORT}
        case Table():
            return table_data(block)
        case Chart():
            return _chart(block)
        case Contents():
            return {"kind": "contents", "depth": block.depth}
        case PageBreak():
            return {"kind": "page_break"}


def _chart(chart: Chart) -> Data:
    """The drawing, as wide as the text, or as high as the page; a very tall one in parts."""
    svg = chart_svg(chart.spec, width=_CHART_PIXELS)
    size = _SVG_SIZE.search(svg)
    width, height = (float(size[1]), float(size[2])) if size else (1.0, 1.0)
    return {
        "kind": "chart",
        "svg": svg,
        "parts": [
            {"width": part.width, "height": part.height, "top": part.top} for part in parts(width, height, _TEXT_WIDTH)
        ],
        "caption": runs_data(chart.caption),
        "words": printable(chart.says or words_of(chart.caption)),
    }
