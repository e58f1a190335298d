"""What Spark says when it fails, in one line: its reports are pages of Java."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from junheng.engine.errors import FilesOutOfReachError
from junheng.engine.protocol import EngineError

# Error classes of Spark, and what Java itself says, where a file is not there.
_NOT_THERE = re.compile(r"PATH_NOT_FOUND|FILE_NOT_EXIST|FileNotFoundException|NoSuchFileException")
_FILE = re.compile(r"file:/[^\s,;\"']+?\.parquet")


@contextmanager
def failing(step: str) -> Iterator[None]:
    """Where Spark works on ``step``.

    Raises:
        FilesOutOfReachError: a file is not found where it is read.
        EngineError: anything else, with Spark's first line.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, OSError) as error:
        said = str(error)
        if _NOT_THERE.search(said):
            file = _FILE.search(said)
            raise FilesOutOfReachError(step=step, reason=file[0] if file else reason_of(error)) from None
        raise EngineError(engine="spark", step=step, reason=reason_of(error)) from None


def reason_of(error: Exception) -> str:
    """The first line of what went wrong first."""
    from py4j.protocol import Py4JError, Py4JJavaError

    if isinstance(error, Py4JJavaError):
        cause = error.java_exception
        while (deeper := cause.getCause()) is not None:
            cause = deeper
        said = str(cause.getMessage() or cause.getClass().getName())
    elif isinstance(error, Py4JError):
        said = f"Java 进程没有应答（可能内存不够而结束，可加大 spark.driver.memory）：{error}"
    else:
        said = str(error)
    return next((line.strip().rstrip(".") for line in said.splitlines() if line.strip()), type(error).__name__)
