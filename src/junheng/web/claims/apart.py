"""Reading and checking a file in a process of its own, which ends when it takes too long or too much.

Whoever sends a file decides what is in it, and a reader that hangs would keep a thread of the server for good.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from junheng.base.errors import JunhengError
from junheng.claims.claim import Claim
from junheng.documents.document import Document
from junheng.web.claims.errors import CheckFailedError, CheckTooSlowError

MOST_SECONDS = 40
MOST_CHARACTERS = 120_000  # about 150 pages; what is marked up must still be a page that somebody can turn


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement as plain values, which go to the other process.

    Attributes:
        store: folder of the snapshots.
        snapshot: id of the county's data.
        standard, gate: by which they were judged; ``gate`` may be empty.
        day: on which they were judged.
        year: school year that is meant where a document names none.
    """

    store: Path
    snapshot: str
    standard: str
    gate: str
    day: date
    year: int


@dataclass(frozen=True, slots=True)
class Against:
    """What a document is held against besides itself.

    Attributes:
        standard: id of the standard that its claims of meeting one are taken to mean; empty for none.
        day: on which the limits of that standard are meant.
        judged: the data and results that it is compared with.
    """

    standard: str = ""
    day: date | None = None
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A document and its figures, in text order."""

    document: Document
    claims: tuple[Claim, ...]


def check_apart(path: Path, name: str, against: Against) -> Checked:
    """Read a file and check its figures.

    Args:
        path: under a name of our own, whose suffix says what it is.
        name: what people call it.

    Raises:
        CheckTooSlowError: it took too much time or memory.
        CheckFailedError: the checker failed.
        JunhengError: it cannot be read, or is too long.
    """
    with TemporaryDirectory(prefix="junheng-claims-") as folder:
        asked, answered = Path(folder) / "asked", Path(folder) / "answered"
        asked.write_bytes(pickle.dumps((path, name, against)))
        command = [sys.executable, "-m", "junheng.web.claims.apart_child", str(asked), str(answered)]
        ended = _ended(command)
        if ended is None or ended < 0:
            raise CheckTooSlowError(file=name, seconds=MOST_SECONDS)
        if ended != 0:
            raise CheckFailedError(file=name)
        # Written by our own program into a folder of our own.
        found: Checked | tuple[type[JunhengError], dict[str, object]] = pickle.loads(answered.read_bytes())
    if isinstance(found, Checked):
        return found
    kind, values = found
    raise kind(**values)


def _ended(command: Sequence[str]) -> int | None:
    """The code that a program ended with, None when it took too long; whatever it started ends with it."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return child.wait(MOST_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
