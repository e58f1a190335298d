"""Input workbooks of resource plans for tests of the command line."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from junheng.intake.template import write_workbook
from junheng.planning.resources.measures import all_measures
from junheng.tables.catalogue import planning_tables


def write_inputs(path: Path, *, confirmed: bool = True, **more: list[dict[str, object]]) -> None:
    """Inputs with the assumed costs; ``more``: rows of other tables by name."""
    tables = planning_tables("resources")
    measures = [
        {"measure": name, "unit_cost": m.cost, "allowed": True, "most": None, "confirmed": confirmed, "note": None}
        for name, m in all_measures().items()
    ]
    rows = {"measure": measures, **more}
    frames = {name: pl.DataFrame(own, schema=tables[name].schema) for name, own in rows.items()}
    write_workbook(path, tables, frames=frames)
