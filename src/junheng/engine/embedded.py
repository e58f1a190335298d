"""The embedded engine: Polars, in this process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import narwhals.stable.v2 as nw
import polars as pl

from junheng.base.errors import JunhengError
from junheng.tables.dataset import Dataset

Frames = Mapping[str, "nw.LazyFrame[pl.LazyFrame]"]


class EngineError(JunhengError):
    """An engine failed while running a step."""

    code = "JH-E001"
    zh = "计算引擎 {engine} 在“{step}”一步出错：{reason}。数据没有改动；请保存快照编号并报告此问题。"
    en = "The engine {engine} failed at “{step}”: {reason}."


class Engine(Protocol):
    """Opens datasets as lazy frames, keeps intermediate ones and collects results."""

    name: str

    def open(self, dataset: Dataset) -> Frames: ...

    def keep(self, step: str, frames: Frames) -> Frames: ...

    def collect(self, step: str, frames: Frames) -> dict[str, pl.DataFrame]: ...


class Embedded:
    """Polars, with its in-memory engine: for frames of this size the streaming one plans far longer than it runs."""

    name = "embedded"

    def open(self, dataset: Dataset) -> Frames:
        return {name: nw.from_native(frame.lazy()) for name, frame in dataset.frames.items()}

    def keep(self, step: str, frames: Frames) -> Frames:
        """Compute frames that several later steps start from, so that they are computed once."""
        return {name: nw.from_native(frame.lazy()) for name, frame in self.collect(step, frames).items()}

    def collect(self, step: str, frames: Frames) -> dict[str, pl.DataFrame]:
        """Run lazily built frames.

        Raises:
            EngineError: with the step's name and the engine's first line.
        """
        try:
            results = pl.collect_all([frame.to_native() for frame in frames.values()], engine="in-memory")
        except pl.exceptions.PolarsError as error:
            raise EngineError(engine=self.name, step=step, reason=str(error).splitlines()[0]) from error
        return dict(zip(frames, results, strict=True))
