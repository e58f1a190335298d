"""A report as JSON and back, exactly: what was said stays readable after the data it was made from have changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.base.outcome import Outcome
from junheng.reporting.report.blocks import Block, Cell, Chart, Contents, Heading, PageBreak, Paragraph, Table
from junheng.reporting.report.report import Provenance, Report
from junheng.reporting.report.runs import Figure, Name, Note, Number, Quote, Run, Text

_FORMAT = 1
_NUMBERS: dict[str, Callable[[str], Number]] = {"int": int, "Fraction": Fraction, "Decimal": Decimal, "float": float}
_RUNS = {"figure": Figure, "name": Name, "quote": Quote, "note": Note}
_BLOCKS = {type_.__name__: type_ for type_ in (Heading, Paragraph, Table, Chart, Contents, PageBreak)}
_TEXTS = frozenset({"text", "caption", "note", "title", "subtitle"})  # fields that are lines


def to_json(report: Report) -> str:
    """The report as JSON text; numbers are kept as text with their type, so that nothing is rounded."""
    said = {
        "format": _FORMAT,
        **_plain(report, leave_out=("blocks", "provenance")),
        "blocks": [{"block": type(block).__name__, **_plain(block)} for block in report.blocks],
        "provenance": _plain(report.provenance),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Report:
    """The report that ``to_json`` was given.

    Raises:
        ValueError: the text is of a later version of this software, or no report at all.
    """
    said = json.loads(text)
    if not isinstance(said, dict) or said.pop("format", None) != _FORMAT:
        raise ValueError("not a report that this version can read")
    blocks = tuple(_block(entry) for entry in said.pop("blocks"))
    provenance = said.pop("provenance")
    provenance["day"] = date.fromisoformat(provenance["day"]) if provenance.get("day") else None
    provenance["others"] = tuple((name, snapshot) for name, snapshot in provenance.get("others", ()))
    provenance["relaxed"] = tuple((name, label) for name, label in provenance.get("relaxed", ()))
    return Report(**_read(said), blocks=blocks, provenance=Provenance(**provenance))


def _plain(what: Any, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:  # noqa: ANN401 - any of our dataclasses
    """Its fields as JSON values; what is as it mostly is, is left out."""
    found = {}
    for field in fields(what):
        value = getattr(what, field.name)
        usual = field.default is not MISSING and type(value) is type(field.default) and value == field.default
        if field.name not in leave_out and not usual:
            found[field.name] = _written(field.name, value)
    return found


def _written(name: str, value: Any) -> Any:  # noqa: ANN401 - of a field
    match name, value:
        case "rows", tuple():  # of a table; a cell has a number of them
            return [[_plain(cell) for cell in row] for row in value]
        case _, date():
            return value.isoformat()
        case "value", int() | Fraction() | Decimal() | float():
            return [type(value).__name__, repr(value) if isinstance(value, float) else str(value)]
        case _, tuple() if name in _TEXTS:
            return [_run(run) for run in value]
        case _:
            return value


def _run(run: Run) -> str | dict[str, Any]:
    if isinstance(run, str):
        return run
    kind = next(kind for kind, type_ in _RUNS.items() if isinstance(run, type_))
    return {"run": kind, **_plain(run)}


def _block(said: Mapping[str, Any]) -> Block:
    given = dict(said)
    type_ = _BLOCKS[given.pop("block")]
    if type_ is Table:
        given["rows"] = tuple(tuple(_cell(cell) for cell in row) for row in given["rows"])
        given["widths"] = tuple(given["widths"])
    block: Block = type_(**_read(given))
    return block


def _cell(said: Mapping[str, Any]) -> Cell:
    given = dict(said)
    if given.get("outcome"):
        given["outcome"] = Outcome(given["outcome"])
    return Cell(**_read(given))


def _read(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as they were: lines as tuples of runs."""
    return {
        name: _line(value) if name in _TEXTS and isinstance(value, list) else value for name, value in given.items()
    }


def _line(said: list[Any]) -> Text:
    return tuple(run if isinstance(run, str) else _read_run(run) for run in said)


def _read_run(said: Mapping[str, Any]) -> Run:
    given = dict(said)
    type_ = _RUNS[given.pop("run")]
    if type_ is Figure and given.get("value") is not None:
        kind, text = given["value"]
        given["value"] = _NUMBERS[kind](text)
    run: Run = type_(**_read(given))
    return run
