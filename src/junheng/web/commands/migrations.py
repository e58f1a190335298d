"""Whether the database is of this version of the program."""

from __future__ import annotations

from pathlib import Path

from junheng.web.commands.errors import MigrationsMissingError


def has_tables() -> bool:
    """Whether the database was ever set up; an absent file of SQLite is not made by asking."""
    from django.db import connection

    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).is_file():
        return False
    return "django_migrations" in connection.introspection.table_names()


def missing_migrations() -> list[str]:
    """The migrations that have not been applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def require_migrated() -> None:
    """Raise ``MigrationsMissingError`` unless the database is up to date."""
    if missing := missing_migrations():
        raise MigrationsMissingError(count=len(missing), first=missing[0])
