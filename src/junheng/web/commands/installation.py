"""What every command begins with: which installation it is about, and Django started on it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

_HOME = "安装的数据文件夹；缺省用环境变量 JUNHENG_WEB_HOME，再缺省在用户目录下。"


def on_installation(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--home``, and start Django with the installation it names before the command runs."""

    @click.option("--home", type=click.Path(file_okay=False, path_type=Path), help=_HOME)
    @wraps(command)
    def run(home: Path | None, **arguments: Any) -> Any:  # noqa: ANN401 - whatever the command takes and gives
        choose(home)
        start_django()
        return command(**arguments)

    return run


def choose(home: Path | None) -> None:
    """Name the installation for this process and those it starts."""
    if home is not None:
        os.environ["JUNHENG_WEB_HOME"] = str(home.resolve())


def start_django() -> None:
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
    if not apps.ready:
        django.setup()


def say(words: str) -> None:
    """Words for the person at the terminal; data go to standard output."""
    click.echo(words, err=True)
