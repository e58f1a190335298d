"""Workbooks whose bytes do not depend on the day they are made, so that making the examples again changes nothing."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

ON_DISK = datetime(2025, 9, 20)  # noqa: DTZ001 - packages have no time zone; any fixed day would do


def steady(content: bytes) -> bytes:
    """The same package with one date on all parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _with_dates(part)
            entry = zipfile.ZipInfo(name, ON_DISK.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return buffer.getvalue()


def _with_dates(core: bytes) -> bytes:
    text = core.decode()
    for tag in ("dcterms:created", "dcterms:modified"):
        start, end = text.find(f"<{tag}"), text.find(f"</{tag}>")
        if start >= 0:
            opened = text.index(">", start) + 1
            text = f"{text[:opened]}{ON_DISK:%Y-%m-%dT%H:%M:%SZ}{text[end:]}"
    return text.encode()
