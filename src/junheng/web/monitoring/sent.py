"""What people sent for an area, beside the national store: of each kind one file an area, replaced whole or not at all.

The store itself can be had again from the counties' data; these cannot, and belong into a backup.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings

from junheng.web.monitoring.area import Area
from junheng.web.monitoring.errors import SentFileDamagedError

BOUNDARIES, TARGETS = "boundaries", "targets"
KINDS = (BOUNDARIES, TARGETS)


def folder_of(kind: str) -> Path:
    return Path(settings.NATION) / kind


def keep_sent(kind: str, area: Area, content: object) -> None:
    """Keep what was sent for an area in place of what it had."""
    file = folder_of(kind) / f"{area.code or 'all'}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    # A draft has a name of its own kind: whoever looks for finished files does not find it.
    with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, prefix=".", suffix=".draft", delete=False) as draft:
        json.dump(content, draft, separators=(",", ":"), ensure_ascii=False)
    os.replace(draft.name, file)  # noqa: PTH105 - replaces the former


def sent_for(kind: str, area: Area) -> list[Any]:
    """What was sent for an area, for wider and for narrower ones; that of the widest first.

    Raises:
        SentFileDamagedError: a file does not read.
    """
    files = sorted(folder_of(kind).glob("*.json"), key=lambda file: (len(_code(file)), file.name))
    return [
        _read(file, file.stat().st_mtime_ns)
        for file in files
        if (code := _code(file)).startswith(area.code) or area.holds(code) or area.code.startswith(code)
    ]


@lru_cache(maxsize=16)
def _read(file: Path, _written_at: int) -> Any:  # noqa: ANN401 - what its kind holds
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SentFileDamagedError(file=file.name, kind=file.parent.name) from error


def _code(file: Path) -> str:
    return "" if file.stem == "all" else file.stem
