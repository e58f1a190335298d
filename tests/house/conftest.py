"""The repository as a reader finds it: its pages, its commands, its files."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from repository import ROOT

FENCE = re.compile(r"^```(\w+)(?: title=\"(.*?)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block of a page."""

    kind: str
    title: str
    text: str

    @property
    def lines(self):
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def blocks_of():
    """The fenced blocks of a page, in order."""

    def read(page):
        return [Block(*found) for found in FENCE.findall(page.read_text(encoding="utf-8"))]

    return read


@pytest.fixture
def run(tmp_path):
    """Run a program as a reader does, with the examples at hand, a store and an installation of its own."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    environment = os.environ | {
        "JUNHENG_STORE": str(tmp_path / "store"),
        "JUNHENG_WEB_HOME": str(tmp_path / "web"),
        "PYTHONIOENCODING": "utf-8",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }
    environment.pop("COLUMNS", None)

    def execute(*command):
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )

    return execute
