"""Make the inputs of the example county's resource plan: ``python examples/make_plan_inputs.py [-o FILE]``.

The costs are those that the program assumes, marked as confirmed so that the example runs. One value that a school of
``county.xlsx`` left blank is supposed; two schools cannot build as large a sports ground as would be cheapest; three
years have budgets.
"""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

import polars as pl
from steady import steady

from junheng.intake.template import write_workbook
from junheng.planning.resources.measures import all_measures
from junheng.planning.resources.state import used_measures
from junheng.standards.library import load_standard
from junheng.tables.catalogue import planning_tables

HERE = Path(__file__).parent
STANDARD = "CN/youzhi_2017"

Rows = list[dict[str, object]]


def make_rows() -> dict[str, Rows]:
    """The rows of every table, in kept units (元, ㎡)."""
    known = all_measures()
    measures: Rows = [
        {
            "measure": name,
            "unit_cost": known[name].cost,
            "allowed": True,
            "most": None,
            "confirmed": True,
            "note": f"示例：{known[name].why.zh}",
        }
        for name in used_measures(load_standard(STANDARD))
    ]
    ceilings: Rows = [
        {"school_code": school, "measure": measure, "most": Decimal(most), "note": note}
        for school, measure, most, note in (
            ("9901010001", "build_sports_ground", 4000, "校园四面临街，只能扩出 4000 ㎡"),
            ("9901010002", "build_sports_ground", 6000, "紧邻河道，只能扩出 6000 ㎡"),
        )
    ]
    budgets: Rows = [
        {"budget_year": year, "budget": Decimal(wan * 10_000), "note": None}
        for year, wan in ((2026, 3000), (2027, 3000), (2028, 1500))
    ]
    supposed: Rows = [
        {
            "school_code": "9901010090",
            "stage": "junior",
            "column": "县级以上骨干教师",
            "value": Decimal(3),
            "note": "学校没有填报，按上一年的人数假定",
        }
    ]
    return {"measure": measures, "ceiling": ceilings, "budget": budgets, "supposed": supposed}


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("-o", "--output", type=Path, default=HERE / "plan_inputs.xlsx")
    path = arguments.parse_args().output
    tables = planning_tables("resources")
    frames = {name: pl.DataFrame(rows, schema=tables[name].schema) for name, rows in make_rows().items()}
    write_workbook(path, tables, frames=frames, title="示例县填平补齐方案的输入（合成数据，单价为假定）")
    path.write_bytes(steady(path.read_bytes()))


if __name__ == "__main__":
    main()
