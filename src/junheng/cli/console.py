"""The terminal: tables that know Chinese characters are two cells wide."""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from junheng.base.outcome import Outcome
from junheng.tables.finding import Severity

_STYLES = {Outcome.MET: "green", Outcome.TOLERATED: "yellow", Outcome.UNMET: "red", Outcome.UNKNOWN: "bright_black"}
_MARKS = {Outcome.MET: "✓", Outcome.TOLERATED: "△", Outcome.UNMET: "✗", Outcome.UNKNOWN: "?"}
SEVERITY_STYLES = {Severity.ERROR: "red", Severity.EXPLAIN: "yellow", Severity.HINT: "bright_black"}


def console() -> Console:
    """A console on standard output; wide enough for tables when the output is not a terminal."""
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "140"))
    return Console(width=width, highlight=False)


def words(outcome: Outcome | str | None) -> Text:
    """An outcome as mark and word; colour never speaks alone."""
    if outcome is None:
        return Text("—")
    outcome = Outcome(outcome)
    return Text(f"{_MARKS[outcome]} {outcome.zh}", style=_STYLES[outcome])


def new_table(title: str, *heads: str, right: tuple[str, ...] = ()) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for head in heads:
        table.add_column(head, justify="right" if head in right else "left", overflow="fold")
    return table
