"""Triggers of the database that refuse to change or remove what is in the log, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_event"
_SAID = "the audit log is never changed or removed"

_SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
    for verb in ("UPDATE", "DELETE")
]
_SQLITE_AWAY = [f"DROP TRIGGER {TABLE}_no_{verb}" for verb in ("update", "delete")]
_POSTGRESQL = [
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
]
_POSTGRESQL_AWAY = [
    f"DROP TRIGGER {TABLE}_no_change ON {TABLE}",
    f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}",
    f"DROP FUNCTION {TABLE}_refuse()",
]


def put_up(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def take_down(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _POSTGRESQL_AWAY if connection.vendor == "postgresql" else _SQLITE_AWAY)


@contextmanager
def laid_aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """The table without its triggers, to empty the database between tests and to show that tampering is found."""
    take_down(connection)
    try:
        yield
    finally:
        put_up(connection)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
