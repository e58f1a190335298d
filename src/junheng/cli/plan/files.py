"""The files that plans are written to: seen to before the work, written after it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from junheng.cli.options import may_write


def may_write_all(outputs: Mapping[str, Path | None], inputs: Iterable[str | None], *, force: bool) -> None:
    """See that every output has the right kind of name, has a folder, and loses nothing.

    Args:
        outputs: suffixes (``.xlsx``, ``.csv .xlsx``) → the file, None where none is wanted.

    Raises:
        UsageError: a file of another kind, or in a folder that is not there.
        OutputIsInputError, OutputExistsError: writing would lose something.
    """
    given = [*inputs]
    for suffixes, output in outputs.items():
        if output is None:
            continue
        if output.suffix.casefold() not in suffixes.split():
            raise click.UsageError(f"{output} 要以 {suffixes.replace(' ', ' 或 ')} 结尾。")
        if not output.absolute().parent.is_dir():  # said before the work, not after it
            raise click.UsageError(f"没有 {output.parent} 这个文件夹，写不进去。请先建好，或换一个地方。")
        may_write(output, given, force=force)


def as_json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def written(output: Path) -> None:
    click.echo(f"已写入 {output}。", err=True)
