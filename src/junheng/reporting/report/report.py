"""A finished report: its blocks, and what would have to be known to make it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cached_property

from junheng.reporting.report.blocks import Block, Table, figures
from junheng.reporting.report.runs import Figure, Text


@dataclass(frozen=True)
class Provenance:
    """What a report was made from.

    Attributes:
        snapshot: name of the data judged; empty when they were not committed.
        standard: id and label of the standard; empty for reports that judge nothing.
        day: the day judged; None where nothing was judged.
        school_year: the school year judged or planned for.
        version: of this software.
        inferred: rules of the standard whose text was not seen in print.
        others: further data it draws on: earlier years, plans; a name and a snapshot or file.
        county: code of the county reported on; school: of the school. Empty where there are several, or none.
        gate: id of the basic standard judged beside it; empty where there was none.
        relaxed: the optional relaxations asked for, id and label.
    """

    snapshot: str
    standard: str
    standard_label: str
    day: date | None
    school_year: int | None
    version: str
    inferred: int = 0
    others: tuple[tuple[str, str], ...] = ()
    county: str = ""
    school: str = ""
    gate: str = ""
    relaxed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Report:
    """One report, ready to be drawn.

    Attributes:
        id: the folder it was made by (``self_assessment``).
        title: on the first page; ``subtitle`` below it.
        form: a form to be filled in (captions repeat with the heads of tables, no chapters' numbers) and not a letter.
        blocks: from first to last.
        redacted: names and figures are masked.
    """

    id: str
    title: Text
    subtitle: Text
    blocks: tuple[Block, ...]
    provenance: Provenance
    form: bool = False
    redacted: bool = False

    def figures(self) -> Iterator[Figure]:
        """Every figure, in reading order."""
        return figures(self.blocks)

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of all that the report says: two reports of one checksum say the same."""
        found = hashlib.sha256()
        for piece in self._pieces():
            text = json.dumps(piece, default=_as_json, ensure_ascii=False, sort_keys=True)
            found.update(text.encode(errors="surrogatepass") + b"\n")
        return found.hexdigest()

    def _pieces(self) -> Iterator[object]:
        """All that is said, a row of a table at a time: a table may have a row for every school of a province."""
        yield [self.id, self.title, self.subtitle, self.provenance]
        for block in self.blocks:
            if isinstance(block, Table):
                yield "Table", replace(block, rows=())
                yield from block.rows
            else:
                yield type(block).__name__, block


def _as_json(value: object) -> object:
    """A part of a report by its fields, one level at a time (``asdict`` copies all below, five times as slowly)."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)
