"""Server and worker together, for trying things out; an installation runs them as two services."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from types import FrameType
from typing import NoReturn

from junheng.web.commands.installation import say

_COMMAND = [sys.executable, "-c", "from junheng.cli import main; main()", "web"]


def run_together(port: int) -> None:
    """Run both until Ctrl-C or until one of them ends; the other is then ended too."""
    children = [
        subprocess.Popen([*_COMMAND, "worker"], start_new_session=True),
        subprocess.Popen([*_COMMAND, "serve", "--port", str(port)], start_new_session=True),
    ]
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _stop)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        say("正在停止……")
    finally:
        for child in children:
            if child.poll() is None:
                child.terminate()
        for child in children:
            child.wait()


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
