"""Lists of the same rows for people and for programs: a table, JSON, CSV or Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import click

from junheng.cli.console import console, new_table
from junheng.reporting.csv_text import csv_text

FORMATS = ("table", "json", "csv", "markdown")


def show_rows(
    form: str, title: str, heads: Mapping[str, str], rows: Sequence[Mapping[str, object]], right: Sequence[str] = ()
) -> None:
    """Print rows.

    Args:
        heads: name of a field → its Chinese head; JSON has every field, the other forms those that have a head; for
            people, those that are filled in any row.
        right: fields that stand to the right.
    """
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    if form != "csv":
        heads = {name: head for name, head in heads.items() if any(row[name] not in (None, "") for row in rows)}
    cells = [["" if row[name] is None else str(row[name]) for name in heads] for row in rows]
    if form == "csv":
        click.echo(csv_text(list(heads.values()), cells), nl=False)
    elif form == "markdown":
        click.echo(f"### {title}\n")
        for line in (list(heads.values()), ["---"] * len(heads), *cells):
            click.echo(f"| {' | '.join(cell.replace('|', '／').replace(chr(10), '<br>') for cell in line)} |")
    else:
        table = new_table(title, *heads.values(), right=tuple(heads[name] for name in right if name in heads))
        for line in cells:
            table.add_row(*line)
        console().print(table)
