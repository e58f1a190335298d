"""Spark: the same expressions on many machines, or on all cores of one through a Java process.

Rows that stand in Parquet files are read by the workers themselves; other tables are sent to them. Only results come
back. What is kept can be computed again from where it came from, so a worker that dies costs time and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

import narwhals.stable.v2 as nw
import polars as pl

from junheng.engine.failures import failing
from junheng.engine.protocol import Frame, Frames
from junheng.engine.session import start, stop
from junheng.tables.dataset import Dataset, Part
from junheng.tables.model import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Result = TypeVar("Result")

_TYPES = {
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.String: "STRING",
}
# A task for so many bytes of columns in memory, so that neither a county nor the nation is cut into the wrong pieces.
_BYTES_A_TASK = 16 * 2**20
_MOST_TASKS = 400
# Parquet is so many times smaller than the columns that are read from it, about.
_PACKED = 8
_PATTERN = re.compile(r"[\[\]{}*?]")


class Spark:
    """An engine on a Spark cluster. Use it as a context manager, or call ``stop`` in the end.

    Args:
        master: where it runs: ``local[2]``, ``spark://host:7077``, ``yarn``, ``k8s://…``.
        conf: settings of Spark by name, which win over ours. In local mode the memory is ``spark.driver.memory``.

    Raises:
        SparkMissingError, JavaMissingError, EngineNotStartedError: see each.
    """

    name = "spark"

    def __init__(self, master: str = "local[*]", conf: Mapping[str, str] | None = None) -> None:
        self._given = dict(conf or {})
        self.session = start(master, self._given)
        self._kept: list[DataFrame] = []
        self._bytes = 0

    def open(self, dataset: Dataset) -> Frames:
        """The tables of a dataset: read from its files by the workers, or sent to them where there are none."""
        self._release()
        self._bytes = 0
        self._cut_for(int(sum(frame.estimated_size() for frame in dataset.frames.values())))
        return {
            name: self.scan(dataset.tables[name], parts)
            if (parts := dataset.parts.get(name)) and name in dataset.tables.tables
            else self._send(frame)
            for name, frame in dataset.frames.items()
        }

    def scan(self, table: Table, parts: Sequence[Part]) -> Frame:
        if not parts:
            return self._send(table.empty())
        self._cut_for(_PACKED * sum(Path(part.file).stat().st_size for part in parts if Path(part.file).exists()))
        columns = {**table.schema, "county_code": pl.String()}
        read = []
        for (without, within), alike in groupby(sorted(parts, key=_narrowing), key=_narrowing):
            # To Spark a path is a pattern; a folder may well be called 全国库[2025].
            files = ["file://" + _PATTERN.sub(r"\\\g<0>", str(Path(part.file).resolve())) for part in alike]
            with failing("读取数据"):
                frame = nw.from_native(self.session.read.schema(_ddl(columns)).parquet(*files))
            county = nw.col("county_code")
            if without:
                frame = frame.filter(~county.is_in(without))
            if within:
                frame = frame.filter(county.str.starts_with(within))
            read.append(frame.select(*table.schema))
        return nw.concat(read) if len(read) > 1 else read[0]

    def keep(self, step: str, frames: Frames) -> Frames:
        kept = _at_once(step, self._keep, frames)
        return {name: nw.from_native(frame) for name, frame in kept.items()}

    def collect(self, step: str, frames: Frames) -> dict[str, pl.DataFrame]:
        return _at_once(step, _fetch, frames)

    def stop(self) -> None:
        """End the session, and with it what it took of the cluster and of this machine."""
        self._kept.clear()
        stop(self.session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _send(self, frame: pl.DataFrame) -> Frame:
        with failing("发送数据"):
            return nw.from_native(self.session.createDataFrame(frame.to_arrow(), schema=_ddl(frame.schema)))

    def _keep(self, frame: DataFrame) -> DataFrame:
        """Keep rows where they are computed, and forget the plan.

        Spark plans every later step from the very beginning, kept or not: for wide tables that took most of the time.
        What comes back reads the kept rows by their lineage, so that lost ones are computed again. A checkpoint would
        forget the plan too, but needs a shared folder to write to, or, a local one, dies with its worker.
        """
        kept = frame.persist()
        self._kept.append(kept)
        java = kept._jdf
        rows = java.queryExecution().toRdd()
        return type(frame)(
            self.session._jsparkSession.internalCreateDataFrame(rows, java.schema(), False), self.session
        )

    def _release(self) -> None:
        """Let go of what was kept of the dataset before."""
        for frame in self._kept:
            frame.unpersist()
        self._kept.clear()

    def _cut_for(self, size: int) -> None:
        """Cut what follows into tasks for so many bytes; a small table beside a large one changes nothing."""
        self._bytes = max(self._bytes, size)
        if "spark.sql.shuffle.partitions" not in self._given:
            tasks = min(max(self._bytes // _BYTES_A_TASK, 2), _MOST_TASKS)
            self.session.conf.set("spark.sql.shuffle.partitions", str(tasks))


def _narrowing(part: Part) -> tuple[tuple[str, ...], str]:
    return part.without, part.within


def _ddl(schema: Mapping[str, pl.DataType]) -> str:
    """Columns and types in Spark's words."""
    return ", ".join(f"`{name}` {_type(dtype)}" for name, dtype in schema.items())


def _type(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision},{dtype.scale})"
    return _TYPES[dtype.base_type()]


def _at_once(step: str, do: Callable[[DataFrame], Result], frames: Frames) -> dict[str, Result]:
    """Do something with all frames: planning one takes one core, and longer than running it where the data are few."""
    with failing(step), ThreadPoolExecutor(max_workers=max(len(frames), 1)) as threads:
        return dict(zip(frames, threads.map(do, [frame.to_native() for frame in frames.values()]), strict=True))


def _fetch(frame: DataFrame) -> pl.DataFrame:
    found = pl.from_arrow(frame.toArrow())
    assert isinstance(found, pl.DataFrame)
    return found
