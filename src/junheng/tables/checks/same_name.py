"""Two rows of different key and the same name: 同一所学校可能用两个代码报了两次."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.units import spelling


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Options: ``table``, ``column``. Sentence parts: ``value``, ``others``."""
    table, column = check.word("table"), check.word("column")
    check.column(filed, table, column)
    key = filed.table(table).key[0]
    groups: dict[str, list[tuple[int, str, str]]] = {}
    for row, code, name in filed.frame(table).select("row", key, column).iter_rows():
        if name is not None:
            groups.setdefault(spelling(name), []).append((row, code, name))
    for group in groups.values():
        if len({code for _, code, _ in group}) < 2:
            continue
        for row, _, name in group:
            others = "、".join(filed.cell(table, other, column) or code for other, code, _ in group if other != row)
            yield Fault(table, row, column, {"value": name, "others": others}, cause=name)
