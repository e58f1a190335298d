"""One row of a table on its way to a frame: column to value; columns that are not named stay blank."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
