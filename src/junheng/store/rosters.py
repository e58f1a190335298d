"""Rosters in the national store: persons without what tells who they are.

Personal columns (names, honours, notes) are left out. The staff number, which tells rows of one person apart, is kept
as a keyed hash: the same person has the same one every year, and without the key of the store nobody gets back to the
number, not even by trying all numbers. The key lies beside the rows, readable for the store's owner alone.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

from junheng.base.errors import JunhengError
from junheng.tables.model import Table

_KEY_FILE = "person_key"
_KEY_BYTES, _HASH_BYTES = 32, 9  # 72 bits: 12 letters, and no two of 10⁸ persons alike but by a chance of 10⁻⁶


class PersonKeyBrokenError(JunhengError):
    """The key that hides the numbers of persons is damaged."""

    code = "JH-D015"
    zh = (
        "{file} 损坏（{bytes} 字节），没有入库：它用来隐去教职工编号。请从备份恢复这个文件；"
        "没有备份的，删去它，再把各年花名册全部重新入库。"
    )
    en = (
        "{file}, the key that hides staff numbers, is damaged ({bytes} bytes); nothing was loaded. Restore it, or "
        "delete it and load the rosters of all years again."
    )


def stored_table(table: Table) -> Table:
    """The table as the national store keeps it: no personal column but those of its key."""
    kept = {
        name: column for name, column in table.columns.items() if column.sensitivity != "personal" or name in table.key
    }
    return replace(table, columns=kept)


def without_names(rows: pl.DataFrame, table: Table, homes: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """The rows as ``stored_table`` has them.

    Args:
        homes: school_code and county_code of every school: numbers of persons are unique within a county.
    """
    placed = rows.join(homes.select("school_code", "county_code"), on="school_code", how="left", maintain_order="left")
    for name in table.key:
        if table.columns[name].sensitivity == "personal":
            hashed = (_hashed(key, pair) for pair in placed.select("county_code", name).iter_rows())
            placed = placed.with_columns(pl.Series(name, hashed, dtype=pl.String))
    return placed.select(*stored_table(table).schema)


def _hashed(key: bytes, parts: Iterable[str]) -> str:
    digest = hashlib.blake2b(":".join(parts).encode(), key=key, digest_size=_HASH_BYTES).digest()
    return base64.urlsafe_b64encode(digest).decode()


def person_key(folder: Path) -> bytes:
    """The key of a national store, made the first time it is asked for.

    Raises:
        PersonKeyBrokenError: what lies there is not the key that was made: numbers would not be hidden, or persons no
            longer be found again.
    """
    file = folder / _KEY_FILE
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
            opened.write(secrets.token_bytes(_KEY_BYTES))
        try:
            os.link(draft, file)  # another process may have made one meanwhile: that one holds
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = file.read_bytes()
    if len(key) != _KEY_BYTES:
        raise PersonKeyBrokenError(file=file, bytes=len(key))
    return key
