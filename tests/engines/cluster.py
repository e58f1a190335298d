"""A Spark cluster of real processes on this machine: a master, two workers, and the executors they start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

HOST = "127.0.0.1"
CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
# Two cores run three to five Java processes: small heaps, and the compiler that is soon done.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
CONF = {
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": JAVA,
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.executor.extraJavaOptions": JAVA,
    "spark.shuffle.io.retryWait": "1s",
}


@dataclass(frozen=True)
class Process:
    """A server, the port of its pages, and every process it started, in a group of their own."""

    server: subprocess.Popen[bytes]
    page: int

    def kill(self) -> None:
        """As a machine that loses its power: none of them gets to say goodbye."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()


@dataclass(frozen=True)
class Cluster:
    url: str
    workers: Sequence[Process]


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A standalone master and its workers; all of them are gone in the end."""
    port, started = free_port(), []
    url = f"spark://{HOST}:{port}"
    try:
        started.append(serve(folder, "master.Master", "--host", HOST, "--port", str(port)))
        wait_for(port, started[0], folder)
        for number in range(workers):
            room = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work{number}"))
            started.append(serve(folder, "worker.Worker", "--host", HOST, *room, url))
        yield Cluster(url, started[1:])
    finally:
        for process in reversed(started):
            if process.server.poll() is None:
                process.kill()


def serve(folder: Path, name: str, *options: str) -> Process:
    page = free_port()
    command = [str(CLASS), f"org.apache.spark.deploy.{name}", "--webui-port", str(page), *options]
    settings = {
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": JAVA,
        "SPARK_LOCAL_DIRS": str(folder / "local"),
    }
    environment = {**os.environ, **settings, "PYSPARK_PYTHON": sys.executable}
    with (folder / f"{name}-{page}.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=folder, start_new_session=True)
    return Process(server, page)


def wait_for(port: int, process: Process, folder: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.server.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    logs = "\n".join(log.read_text(errors="replace")[-2000:] for log in folder.glob("*.log"))
    raise RuntimeError(f"no master on port {port}:\n{logs}")


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])
