"""The catalogue of a standard as Markdown, and as one HTML page that prints on A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from junheng.reporting.catalogue import INDICATOR_HEADS, ITEM_HEADS, MARKS_IN_WORDS, Catalogue, Line, filled

_STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { font: 10.5pt/1.5 "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif; margin: 0 auto; max-width: 270mm }
h1 { font-size: 16pt } h2 { font-size: 13pt }
table { border-collapse: collapse; width: 100%; margin: 0 0 1em }
thead { display: table-header-group } tr { break-inside: avoid }
th, td { border: 1px solid #9ca3af; padding: 2px 5px; text-align: left; vertical-align: top; white-space: pre-line }
th { background: #e8eef0 } td.group { font-weight: bold; background: #f5f7f8 }
td.heading { font-weight: bold; background: #e8eef0 }
"""


def as_markdown(content: Catalogue) -> str:
    """Markdown that any reader of tables shows."""
    blocks = [f"# {content.title}", _table(("项目", "内容"), content.facts), MARKS_IN_WORDS]
    if content.indicators:
        heads, lines = filled(INDICATOR_HEADS, content.indicators)
        blocks += ["## 指标", _table(heads, [line.cells for line in lines])]
    for heading, section in _sections(content.items):
        heads, lines = filled(ITEM_HEADS, section)
        rows = [line.cells if line.kind == "row" else ("", f"**{line.cells[0]}**") for line in lines]
        blocks += [f"## {heading}", _table(heads, rows)]
    if content.gaps:
        blocks += ["## 未见的内容", "\n".join(f"- {gap}" for gap in content.gaps)]
    return "\n\n".join(blocks) + "\n"


def _sections(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines below each heading."""
    starts = [place for place, line in enumerate(lines) if line.kind == "heading"]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start].cells[0], list(lines[start + 1 : end])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [list(heads), ["---"] * len(heads)]
    for row in rows:
        padded = [*row, *[""] * (len(heads) - len(row))]
        lines.append([cell.replace("|", "\\|").replace("\n", "<br>") for cell in padded])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_html(content: Catalogue) -> str:
    """One page without anything from elsewhere; printed, the heads of its tables stand on every sheet."""
    blocks = [f"<h1>{escape(content.title)}</h1>", _html_table(("项目", "内容"), _rows(content.facts))]
    blocks.append(f"<p>{MARKS_IN_WORDS}</p>")
    if content.indicators:
        blocks += ["<h2>指标</h2>", _html_table(*filled(INDICATOR_HEADS, content.indicators))]
    if content.items:
        blocks += ["<h2>事项</h2>", _html_table(*filled(ITEM_HEADS, content.items))]
    if content.gaps:
        listed = "".join(f"<li>{escape(gap)}</li>" for gap in content.gaps)
        blocks += ["<h2>未见的内容</h2>", f"<ul>{listed}</ul>"]
    head = f'<meta charset="utf-8"><title>{escape(content.title)}</title><style>{_STYLE}</style>'
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head>{head}</head>\n<body>\n' + "\n".join(blocks) + "\n</body></html>\n"
    )


def _rows(rows: Sequence[tuple[str, ...]]) -> list[Line]:
    return [Line("row", row) for row in rows]


def _html_table(heads: Sequence[str], lines: Sequence[Line]) -> str:
    rows = []
    for line in lines:
        if line.kind == "row":
            rows.append("".join(f"<td>{escape(cell)}</td>" for cell in line.cells))
        else:
            rows.append(f'<td class="{line.kind}" colspan="{len(heads)}">{escape(line.cells[0])}</td>')
    head = "".join(f"<th>{head}</th>" for head in heads)
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
