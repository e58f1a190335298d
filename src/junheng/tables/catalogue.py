"""Read the table definitions: CSV of columns, YAML of tables and checks; a user's folder may add columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

import junheng_standards
from junheng.base.terms import Label
from junheng.tables.errors import TableDefinitionError
from junheng.tables.model import Code, CodeList, Column, ColumnType, Need, Table, Tables


def load_tables(*extra: Path) -> Tables:
    """Return the built-in tables, with the columns, tables, codes and checks of ``extra`` folders added.

    An extra folder looks like ``junheng_standards/tables``: ``<table>.csv`` adds columns to a table of that name,
    ``tables.yaml`` declares new tables, ``codes.csv`` adds codes, ``checks.yaml`` adds checks.
    """
    return _load((junheng_standards.FOLDER / "tables", *(path.resolve() for path in extra if path.is_dir())))


def planning_tables(planner: str) -> Tables:
    """Return the tables that a planner is told its inputs by: ``resources``, ``rotation`` or ``zoning``."""
    return _load((junheng_standards.FOLDER / "planning" / planner,))


def roster_tables() -> Tables:
    """Return the tables of rosters: 学校, 教职工花名册, and the list of classes as the yearly filing has it.

    Degrees, titles and subjects are those of the rotation plan, where the same people are listed.
    """
    shared = junheng_standards.FOLDER / "planning/rotation/codes.csv"
    own = _load((junheng_standards.FOLDER / "rosters",), shared)
    return replace(own, tables={**own.tables, "class": load_tables()["class"]})


def target_tables() -> Tables:
    """Return the tables that the staged targets of a province (阶段目标) are typed into."""
    return _load((junheng_standards.FOLDER / "monitoring/targets",))


@lru_cache(maxsize=16)
def _load(folders: tuple[Path, ...], *codes: Path) -> Tables:
    code_lists = _read_codes((*codes, *(folder / "codes.csv" for folder in folders)))
    tables: dict[str, Table] = {}
    checks: list[Mapping[str, object]] = []
    for folder in folders:
        for name, entry in _read_yaml(folder / "tables.yaml").items():
            tables[name] = Table(name, Label(**entry["label"]), Label(**entry["row"]), tuple(entry["key"]), {})
        for name, table in list(tables.items()):
            added = _read_columns(folder / f"{name}.csv", code_lists)
            tables[name] = Table(name, table.label, table.row, table.key, {**table.columns, **added})
        for file in sorted(folder.glob("*.csv")):
            if file.stem not in tables and file.stem != "codes":
                known = "、".join(tables)
                reason = f"没有名为 {file.stem} 的表册，文件名须是其中之一：{known}"
                raise TableDefinitionError(file=file.name, line=1, reason=reason)
        checks.extend(_read_yaml(folder / "checks.yaml").get("checks", ()))
    return Tables(tables, code_lists, tuple(checks))


def _read_yaml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}


def _read_rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableDefinitionError(file=path.name, line=1, reason="文件须为 UTF-8 编码") from error
    with StringIO(text, newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if None in row or None in row.values():
                raise TableDefinitionError(file=path.name, line=line, reason="列数与表头不一致")
            yield line, row


def _read_codes(paths: Iterable[Path]) -> dict[str, CodeList]:
    lists: dict[str, dict[str, Code]] = {}
    for path in paths:
        for _, row in _read_rows(path):
            code = Code(
                code=row["code"],
                label=Label(row["label_zh"], row["label_en"]),
                aliases=_split(row["aliases"]),
                stages=tuple(row["stages"].split()),
            )
            lists.setdefault(row["list"], {})[code.code] = code
    return {name: CodeList(name, codes) for name, codes in lists.items()}


def _read_columns(path: Path, code_lists: Mapping[str, CodeList]) -> dict[str, Column]:
    columns = {}
    for line, row in _read_rows(path):
        try:
            columns[row["column"]] = Column(
                name=row["column"],
                label=Label(row["label_zh"], row["label_en"]),
                type=ColumnType(row["type"]),
                unit=row["unit"],
                form_unit=row["form_unit"],
                need=Need(row["required"]),
                required_when=_required_when(row["required_when"]),
                minimum=int(row["minimum"]) if row["minimum"] else None,
                maximum=int(row["maximum"]) if row["maximum"] else None,
                codes=code_lists[row["codes"]] if row["codes"] else None,
                filled_by=row["filled_by"],
                sensitivity=row["sensitivity"],
                form=row["form"],
                aliases=_split(row["aliases"]),
                definition=Label(row["definition_zh"], row["definition_en"]),
            )
        except (KeyError, ValueError) as error:
            raise TableDefinitionError(file=path.name, line=line, reason=_reason(row, code_lists, error)) from error
    return columns


def _reason(row: Mapping[str, str], code_lists: Mapping[str, CodeList], error: Exception) -> str:
    """What is wrong with a row, in Chinese, with what may be written there."""
    allowed = {"type": [str(kind) for kind in ColumnType], "required": [str(need) for need in Need]}
    for name, values in {**allowed, "codes": ["", *code_lists]}.items():
        if name not in row:
            return f"表头少了 {name}"
        if row[name] not in values:
            return f"{name} 写的是“{row[name]}”，只能写：{'、'.join(filter(None, values))}"
    for name in ("minimum", "maximum"):
        if row.get(name, "") and not row[name].lstrip("-").isdecimal():
            return f"{name} 须是整数，这里是“{row[name]}”"
    return f"表头少了 {error.args[0]}" if isinstance(error, KeyError) else str(error)


def _required_when(text: str) -> dict[str, tuple[str, ...]]:
    """``stage=primary|junior;boarding=yes`` → {column: allowed values}."""
    pairs = (part.split("=", 1) for part in text.split(";") if part)
    return {name.strip(): _split(values) for name, values in pairs}


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
