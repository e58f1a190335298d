"""How far a long command has come, on standard error, where a person is watching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Item = TypeVar("Item")


def watched(items: Iterable[Item], words: str, total: int) -> Iterator[Item]:
    """The same items; a bar moves on with each that has been dealt with. Nothing is shown where nobody watches."""
    screen = Console(stderr=True)
    if not screen.is_terminal:
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=screen, transient=True) as progress:
        task = progress.add_task(words, total=total)
        for item in items:
            yield item
            progress.advance(task)
