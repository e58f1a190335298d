"""A row names a school or county that is not listed: 引用的代码不在名录中."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import polars as pl

from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.finding import Severity


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows whose ``column`` is not a key of the table ``to``.

    Options: ``column``; ``to``; ``tables`` (default: every other table with the column); ``when_empty`` and
    ``text_empty``: what to say once per table when ``to`` itself was not filed. Parts: ``value``, ``to``, ``near``.
    """
    column, to = check.word("column"), check.word("to")
    target = filed.table(to)
    known = filed.dataset[to][target.key[0]].drop_nulls().to_list()
    if to in filed.rejected:
        rejected = filed.rejected[to][target.key[0]]
        if rejected.null_count():  # a listed code that did not read would make strangers of innocent rows
            return
        known += rejected.to_list()
    tables = check.words("tables") or [
        name for name, table in filed.dataset.tables.tables.items() if column in table.columns and name != to
    ]
    for table in tables:
        check.column(filed, table, column)
        if not filed.has(table):
            continue
        if not known:
            if text := str(check.options.get("text_empty", "")):
                severity = Severity(check.word("when_empty"))
                yield Fault(table, None, column, {"to": target.label.zh}, text, severity, cause=f"{table}.{to}")
            continue
        strangers = filed.frame(table).filter(pl.col(column).is_not_null(), ~pl.col(column).is_in(known))
        near: dict[str, str] = {}
        for row, code in strangers.select("row", column).iter_rows():
            if code not in near:
                close = get_close_matches(str(code), [str(item) for item in known], 1, 0.8) if len(near) < 50 else []
                near[code] = f"名录中有相近的 {close[0]}。" if close else ""
            yield Fault(table, row, column, {"value": code, "to": target.label.zh, "near": near[code]}, cause=str(code))
