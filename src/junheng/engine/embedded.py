"""The embedded engine: Polars, in this process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import narwhals.stable.v2 as nw
import polars as pl

from junheng.engine.protocol import EngineError, Frame, Frames
from junheng.store.parts import scan
from junheng.tables.dataset import Dataset, Part
from junheng.tables.model import Table


class Embedded:
    """Polars. Its in-memory engine by default: for frames of a county the streaming one plans far longer than it runs.

    Args:
        mode: ``streaming`` for persons by the million, which then need not fit in memory.
    """

    name = "embedded"

    def __init__(self, mode: Literal["in-memory", "streaming"] = "in-memory") -> None:
        self.mode = mode

    def open(self, dataset: Dataset) -> Frames:
        return {name: nw.from_native(frame.lazy()) for name, frame in dataset.frames.items()}

    def scan(self, table: Table, parts: Sequence[Part]) -> Frame:
        return nw.from_native(scan(table, parts))

    def keep(self, step: str, frames: Frames) -> Frames:
        return {name: nw.from_native(frame.lazy()) for name, frame in self.collect(step, frames).items()}

    def collect(self, step: str, frames: Frames) -> dict[str, pl.DataFrame]:
        try:
            results = pl.collect_all([frame.to_native() for frame in frames.values()], engine=self.mode)
        except pl.exceptions.PolarsError as error:
            raise EngineError(engine=self.name, step=step, reason=str(error).splitlines()[0]) from error
        return dict(zip(frames, results, strict=True))
