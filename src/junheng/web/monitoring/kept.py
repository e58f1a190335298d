"""Frames that pages ask for again and again, kept in this process while there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import polars as pl

_MOST_BYTES = 192 * 2**20


class Kept:
    """The frames that were asked for last, at most so many bytes of them. Treat what it gives as read only."""

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self._most = most
        self._frames: OrderedDict[Hashable, pl.DataFrame] = OrderedDict()
        self._lock = Lock()

    @property
    def size(self) -> int:
        return sum(int(frame.estimated_size()) for frame in self._frames.values())

    def get(self, key: Hashable, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """The frame of a key, made where it is not kept; one that is too large alone is not kept at all."""
        with self._lock:
            if key in self._frames:
                self._frames.move_to_end(key)
                return self._frames[key]
        frame = make()
        with self._lock:
            self._frames[key] = frame
            self._frames.move_to_end(key)
            while self._frames and self.size > self._most:
                self._frames.popitem(last=False)
        return frame
