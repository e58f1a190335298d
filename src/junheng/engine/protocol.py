"""What an engine is: something that opens data as lazy frames, keeps intermediate ones and collects results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import narwhals.stable.v2 as nw
import polars as pl

from junheng.base.errors import JunhengError
from junheng.tables.dataset import Dataset, Part
from junheng.tables.model import Table

Frame = nw.LazyFrame[Any]
Frames = Mapping[str, Frame]


class EngineError(JunhengError):
    """An engine failed while running a step."""

    code = "JH-E001"
    zh = "计算引擎 {engine} 在“{step}”一步出错：{reason}。数据没有改动；请保存快照编号并报告此问题。"
    en = "The engine {engine} failed at “{step}”: {reason}."


class Engine(Protocol):
    """Opens data as lazy frames, keeps intermediate ones and collects results."""

    name: str

    def open(self, dataset: Dataset) -> Frames:
        """The tables of a dataset; an engine of many machines reads ``dataset.parts`` where there are any."""

    def scan(self, table: Table, parts: Sequence[Part]) -> Frame:
        """The rows of Parquet files, with the columns of ``table``: blank where a file is older than a column."""

    def keep(self, step: str, frames: Frames) -> Frames:
        """Compute frames that several later steps start from, so that they are computed once."""

    def collect(self, step: str, frames: Frames) -> dict[str, pl.DataFrame]:
        """Run lazily built frames.

        Raises:
            EngineError: with the step's name and the engine's first line.
        """
