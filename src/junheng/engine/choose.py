"""From what a person asks for (``--engine spark --master …``) to an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from junheng.engine.embedded import Embedded
from junheng.engine.protocol import Engine

EMBEDDED, SPARK = "embedded", "spark"
LOCAL = "local[*]"


@contextmanager
def engine_for(name: str = EMBEDDED, *, master: str = LOCAL, conf: Mapping[str, str] | None = None) -> Iterator[Engine]:
    """The engine of a name; what it holds of a cluster is given back in the end.

    Args:
        name: ``embedded`` or ``spark``.
        master: where Spark runs.
        conf: settings of Spark by name.

    Raises:
        SparkMissingError, JavaMissingError, EngineNotStartedError: Spark cannot run.
    """
    if name == EMBEDDED:
        yield Embedded()
        return
    from junheng.engine.spark import Spark

    with Spark(master, conf) as engine:
        yield engine
