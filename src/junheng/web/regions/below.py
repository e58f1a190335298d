"""Whether a place lies at or below another: the one test behind all access, in queries and in Python.

A path ends with ``/``, so that what lies below begins with it. ``startswith`` of a query will not do: SQLite makes it
a LIKE that takes capital and small letters for the same, and codes of schools hold letters.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField
from django.db.models.lookups import Lookup, StartsWith
from django.db.models.sql.compiler import SQLCompiler


def is_below(path: str, top: str) -> bool:
    """Whether what has this path is, or lies below, what has that one."""
    return path.startswith(top)


@CharField.register_lookup
class Below(Lookup[str]):
    """``path__below=county.path``: the same in a query, letter by letter on every database."""

    lookup_name = "below"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        sql, values = StartsWith(self.lhs, self.rhs).as_sql(compiler, connection)
        return sql, tuple(values)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """A range of its index: ``0`` is the sign right after ``/``."""
        path, own = self.process_lhs(compiler, connection)
        top, given = self.process_rhs(compiler, connection)
        sql = f"({path} >= {top} AND {path} < substr({top}, 1, length({top}) - 1) || '0')"
        return sql, (*own, *given, *own, *given, *given)
