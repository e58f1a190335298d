"""Which version of a filing a page showed, as it says when something is done there."""

from __future__ import annotations

from collections.abc import Mapping

_DIGITS = 10  # of the largest number that a version can have; more are read by nobody


def version_seen(posted: Mapping[str, str]) -> int:
    """The number in the field ``version``; 0, which no filing has, for anything else."""
    text = posted.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else 0
