"""Start Spark: what has to be there, how it is set, and whether its cluster answers."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from junheng.engine.errors import EngineNotStartedError, JavaMissingError, SparkMissingError
from junheng.engine.failures import reason_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
_WAIT_FOR_WORKERS = 60.0  # seconds

_DEFAULTS = {
    "spark.app.name": "junheng",
    "spark.log.level": "OFF",  # what goes wrong comes back as an error with its step
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    # ``Spark`` cuts the tasks by what it knows of the sizes, so nothing is to be planned again after each step.
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.memory": "4g",
    "spark.driver.maxResultSize": "0",  # the rows that come back are the result; one machine holds them
    # A standard is some hundred columns of short expressions: the Java that Spark would write and compile for them
    # takes longer than they do, and one method for a whole step is larger than Java allows.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # Both look at every column of every step, and find nothing in these.
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.subexpressionElimination.enabled": "false",
    "spark.python.sql.dataFrameDebugging.enabled": "false",  # asks Java three times as often, for where Python stands
}


def start(master: str, conf: Mapping[str, str]) -> SparkSession:
    """A session on ``master``, set as everything here needs it; ``conf`` wins.

    Raises:
        SparkMissingError: pyspark or pyarrow is not installed.
        JavaMissingError: no Java, or one that is too old.
        EngineNotStartedError: Spark refuses, another session runs elsewhere, or the cluster gives no machines.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # pyspark 4 does not know pandas 3 yet; nothing here uses it
        try:
            from pyspark import SparkContext
            from pyspark.sql import SparkSession
        except ModuleNotFoundError as error:
            raise SparkMissingError(module=str(error.name)) from error
        if find_spec("pyarrow") is None:  # what is sent and comes back is in its form
            raise SparkMissingError(module="pyarrow")
        _look_for_java()
        _knock(master)
        if (running := SparkContext._active_spark_context) is not None:
            reason = f"这个进程里已有一个在 {running.master} 上运行的 Spark，一个进程只能有一个，请先停止它"
            raise EngineNotStartedError(master=master, reason=reason)
        builder = SparkSession.builder.master(master)
        for name, value in {**_DEFAULTS, **conf}.items():
            builder = builder.config(name, value)
        session = _started(builder, master, quiet="spark.log.level" not in conf)
    if master.startswith("spark://"):
        _wait_for_workers(session, master)
    return session


def stop(session: SparkSession) -> None:
    """End a session and its Java process: another one in this process may ask for other memory."""
    from pyspark import SparkContext

    gateway: Any = session.sparkContext._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()  # Java ends when nobody speaks to it any more
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None


def _started(builder: SparkSession.Builder, master: str, *, quiet: bool) -> SparkSession:
    """Java's own lines about its way up are for nobody to read, except where it does not come up."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    with tempfile.TemporaryFile() as said, _stderr_to(said.fileno() if quiet else 2):
        try:
            return builder.getOrCreate()
        except (PySparkException, Py4JError, OSError) as error:
            said.seek(0)
            lines = said.read().decode(errors="replace").splitlines()
            raise EngineNotStartedError(master=master, reason=_said(lines) or reason_of(error)) from None


def _said(lines: Iterable[str]) -> str:
    """The line among Java's own that says what is wrong, without the names of its classes."""
    why = next((line for line in lines if re.match(r"(Error|Invalid|Unrecognized|Exception in thread)", line)), "")
    return re.sub(r'^Exception in thread "[^"]*" (?:[\w.$]+: )?', "", why).rstrip(".")


@contextmanager
def _stderr_to(file: int) -> Iterator[None]:
    """What this process, and what it starts, writes as errors goes elsewhere for a while."""
    sys.stderr.flush()
    own = os.dup(2)
    os.dup2(file, 2)
    try:
        yield
    finally:
        os.dup2(own, 2)
        os.close(own)


def _look_for_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if java is None:
        raise JavaMissingError(needed=JAVA, found=f"的 JAVA_HOME（{home}）里没有 Java" if home else "没有 Java")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    if version is None or int(version[1]) < JAVA:
        raise JavaMissingError(needed=JAVA, found=f"的 {java} 是 Java {version[1] if version else '（版本不明）'}")


def _knock(master: str) -> None:
    """Ask a standalone master whether it is there: Spark itself would try for minutes and then say something else."""
    if not master.startswith("spark://"):
        return
    try:
        for place in master.removeprefix("spark://").split(","):
            address = urlsplit(f"//{place}")
            socket.create_connection((str(address.hostname), address.port or 7077), timeout=10).close()
            return
    except (OSError, ValueError) as error:
        raise EngineNotStartedError(master=master, reason=f"连不上主节点（{error}）") from None


def _wait_for_workers(session: SparkSession, master: str) -> None:
    """Without workers a job waits for ever and says nothing."""
    tracker = session.sparkContext._jsc.sc().statusTracker()
    until = time.monotonic() + _WAIT_FOR_WORKERS
    while len(tracker.getExecutorInfos()) < 2:  # one of them is the driver
        if time.monotonic() > until:
            stop(session)
            wanting = "集群没有工作节点，或其剩下的内存、核数不够 spark.executor.memory 等所要的"
            raise EngineNotStartedError(master=master, reason=f"等了 60 秒，没有工作节点来计算：{wanting}")
        time.sleep(0.1)
