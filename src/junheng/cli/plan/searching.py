"""What a person sees of a search, and how she ends it: a line of progress, and Ctrl-C for the best plan so far."""

from __future__ import annotations

import math
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

from junheng.base.exact import plain

_BETWEEN = 0.2  # seconds
_HUGE = 1e29  # what solvers call infinite
_CLEAR = "\r\x1b[K"


class Watch:
    """What a planner calls while it searches.

    Attributes:
        stopped: whether a person asked for the best plan so far.
    """

    def __init__(self, figure: Callable[[float], str]) -> None:
        self.stopped = False
        self._figure = figure
        self._shows = sys.stderr.isatty()
        self._began = time.monotonic()
        self._shown_at = -math.inf

    def __call__(self, value: float, bound: float) -> bool:
        """Whether to search on; values that are not known yet are infinite."""
        now = time.monotonic()
        if self._shows and now - self._shown_at >= _BETWEEN:
            self._shown_at = now
            click.echo(f"{_CLEAR}{int(now - self._began)} 秒　{self._words(value, bound)}", err=True, nl=False)
        return not self.stopped

    def step(self, name: str, value: float, bound: float) -> bool:
        """As planners call that name their steps; what binds is worked out once the plan is found."""
        if name == "binding" and self._shows and not self.stopped:
            text = f"方案已求得（{self._figure(value)}），正在算各条约束的代价，Ctrl-C 跳过"
            click.echo(f"{_CLEAR}{text}", err=True, nl=False)
            return True
        return self(value, bound)

    def stop(self) -> None:
        self.stopped = True
        click.echo(f"{_CLEAR if self._shows else ''}停止搜索，取目前最好的方案（再按一次 Ctrl-C 则放弃）。", err=True)

    def clear(self) -> None:
        """Leave no half line behind."""
        if self._shows:
            click.echo(_CLEAR, err=True, nl=False)

    def _words(self, value: float, bound: float) -> str:
        known, bounded = (math.isfinite(v) and abs(v) < _HUGE for v in (value, bound))
        if not known:
            return f"正在找第一个可行的方案{f'，下界 {self._figure(bound)}' if bounded else ''}"
        if not bounded:
            return f"目前最好 {self._figure(value)}"
        gap = max(value - bound, 0.0) / abs(value) * 100 if value else 0.0
        return f"目前最好 {self._figure(value)}，下界 {self._figure(bound)}，相差至多 {plain(gap, 3)}%"


@contextmanager
def watching(figure: Callable[[float], str]) -> Iterator[Watch]:
    """Watch a search: the first Ctrl-C ends it with the best plan so far, the second gives up.

    Args:
        figure: a value of the planner in words (``6,215.9 万元``).
    """
    watch = Watch(figure)

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if watch.stopped:
            raise KeyboardInterrupt
        watch.stop()

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield watch
    finally:
        signal.signal(signal.SIGINT, before)
        watch.clear()
