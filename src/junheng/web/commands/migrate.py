"""``junheng web migrate``: make the database, or bring it to this version."""

from __future__ import annotations

import click

from junheng.web.commands.installation import on_installation, say
from junheng.web.commands.migrations import missing_migrations


@click.command()
@on_installation
def migrate() -> None:
    """新建数据库，或把它升级到本版本。升级前请先备份。"""
    missing = missing_migrations()
    apply_migrations()
    say(f"数据库已升级 {len(missing)} 步。" if missing else "数据库已是最新，没有改动。")


def apply_migrations() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
