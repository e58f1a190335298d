"""What pages send when cells were typed: hostile until checked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from junheng.web.filings.cells import read_address
from junheng.web.filings.errors import CellTooLongError, PayloadError
from junheng.web.filings.services import CellChange

MOST_CELLS = 5000  # of one request: a pasted sheet
LONGEST = 500  # characters of a cell


def changes_in_json(body: bytes) -> list[CellChange]:
    """``{"cells": [["stage_year/primary/pupils", before, after], …]}``.

    Raises:
        PayloadError: it is anything else, or too much.
        CellTooLongError: a cell would be cut off.
    """
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise PayloadError(reason="JSON") from error
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list) or len(cells) > MOST_CELLS:
        raise PayloadError(reason=f"cells ≤ {MOST_CELLS}")
    return [_change(entry) for entry in cells]


def _change(entry: object) -> CellChange:
    match entry:
        case [str(name), str(before), str(after)]:
            return _checked(name, before, after)
        case _:
            raise PayloadError(reason=str(entry)[:80])


def changes_in_form(posted: Mapping[str, str]) -> list[CellChange]:
    """The same from a form sent without script: each field that differs from what the page showed (``was``).

    Raises:
        PayloadError, CellTooLongError: see ``changes_in_json``.
    """
    try:
        was: Any = json.loads(posted.get("was", "{}"))
    except (ValueError, RecursionError) as error:
        raise PayloadError(reason="was") from error
    if not isinstance(was, dict):
        raise PayloadError(reason="was")
    found = []
    for name in posted:
        before, after = str(was.get(name, "")), posted[name].replace("\r\n", "\n")
        if name in was and read_address(name) and after != before.replace("\r\n", "\n"):
            found.append(_checked(name, before, after))
    return found


def _checked(name: str, before: str, after: str) -> CellChange:
    address = read_address(name)
    if address is None or len(name) > LONGEST:
        raise PayloadError(reason=name[:80])
    if len(after.strip()) > LONGEST:
        raise CellTooLongError(cell=address.column, size=len(after), limit=LONGEST)
    return CellChange(address.table, address.key, address.column, before, after)


def shown(values: Sequence[tuple[str, str]]) -> str:
    """What the page showed, for the field ``was``."""
    return json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"))
