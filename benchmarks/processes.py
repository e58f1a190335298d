"""Processes: run one and read what it prints; what a tree of them uses, because Spark is a JVM and Python workers."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic, process_time
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[1]
MIB = 2**20
BEGAN = "JUNHENG_BENCHMARK_BEGAN"


def child(module: str, *words: object) -> Any:  # noqa: ANN401 - what the child printed
    """Run a module of this folder in a fresh process and read the last line that it prints, as JSON.

    Its own start, imports and end are measured too: ``whole`` seconds are put beside what it found.
    """
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, words)]
    began = monotonic()
    about = os.environ | {BEGAN: str(began)}
    printed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, env=about).stdout
    whole = monotonic() - began
    found = json.loads(printed.splitlines()[-1])
    return found | {"whole": whole} if isinstance(found, dict) else found


def since_start() -> float:
    """Seconds since this process was asked for; since the system started where nobody asked by ``child``."""
    return monotonic() - float(os.environ.get(BEGAN, "0"))


def peak_mib() -> float:
    """The most memory that this process had so far."""
    unit = 1 if sys.platform == "darwin" else 1024  # Linux counts in KiB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MIB


def core_seconds() -> float:
    """Seconds of all cores used so far by this process and by those it started and that still run."""
    # utime and stime; the same of children that have ended
    others = sum(sum(map(int, _stat(process)[11:15])) for process in _below(os.getpid()))
    return process_time() + others / os.sysconf("SC_CLK_TCK")


def resident_mib() -> float:
    """What this process and all that it started hold in memory now; pages that they share count for each of them."""
    pages = sum(sum(map(int, _stat(process)[21:22])) for process in (os.getpid(), *_below(os.getpid())))
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


class TreePeak:
    """The most that the tree of processes held while this was open, seen every twentieth of a second."""

    EVERY = 0.05

    def __init__(self) -> None:
        self.mib = resident_mib()
        self._ended = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(self.EVERY):
            self.mib = max(self.mib, resident_mib())


def _below(process: int) -> Iterator[int]:
    """Every process started by this one or by those; none where the system does not list them."""
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            started = [int(word) for word in listed.read_text(encoding="ascii").split()]
        except OSError:  # ended meanwhile
            continue
        for one in started:
            yield one
            yield from _below(one)


def _stat(process: int) -> list[str]:
    """The numbers of ``/proc/<process>/stat`` after the name, as text: state first; empty once it has ended."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()
