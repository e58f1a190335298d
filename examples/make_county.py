"""Make the example county: ``python examples/make_county.py [--seed N] [-o examples/county.xlsx]``.

The county is synthetic. Its primary schools have, in 2025, the weighted means and CVs that one real district published
for 2023 (see ``synthetic_county/published.py``), so that only the second of the seven CVs exceeds 0.50.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from synthetic_county.dataset import make_frames
from synthetic_county.findings import judged_items

from junheng.intake.template import write_workbook
from junheng.tables.catalogue import load_tables

SEED = 2024
HERE = Path(__file__).parent


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("-o", "--output", type=Path, default=HERE / "county.xlsx")
    chosen = arguments.parse_args()
    write_workbook(
        chosen.output,
        load_tables(),
        frames=make_frames(chosen.seed),
        judged_items=judged_items(),
        title="示例县（合成数据，不对应任何真实的县和学校）",
    )


if __name__ == "__main__":
    main()
