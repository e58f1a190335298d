"""The test database is emptied between tests that commit; the audit log's triggers refuse that like any removal."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def triggers_laid_aside_while_emptying(django_db_setup):
    """Lay the triggers aside for as long as Django empties the tables, and put them up again."""
    from django.db import connection
    from django.db.backends.base.operations import BaseDatabaseOperations

    from junheng.web.audit.triggers import laid_aside

    plain = BaseDatabaseOperations.execute_sql_flush
    if plain.__module__ == __name__:  # pages and browser tests of one run both ask for it
        yield
        return

    def flush(operations, sql_list):
        with laid_aside(connection):
            plain(operations, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
        yield
