"""How near the synthetic counties lie to published ones: ``python -m examples.synthetic_nation.calibration STORE``.

Compared are coefficients of variation (差异系数), indicator by indicator and stage by stage: those of the 2012 rules
with the tables of districts of Jilin, Chongqing and Anhui, set beside the synthetic school year 2016; those of the 2017
rules with Ningguo (2022) and Jiujiang (2023), set beside 2023. The figures are those of ``tests/published/cases``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import click
import polars as pl
import yaml

from junheng.standards.library import load_standard
from junheng.store.national import NationalStore
from junheng.verdict.judge import judge
from junheng.workflow.judging import tables_for
from junheng.workflow.nation import day_of

CASES = Path(__file__).parents[2] / "tests/published/cases"
YEARS = {"CN/jiben_2012": 2016, "CN/youzhi_2017": 2023}
KEYS = ["standard", "stage", "indicator"]


def published() -> pl.DataFrame:
    """standard, county, stage, indicator, cv: as printed."""
    rows = []
    for file in sorted(CASES.glob("*.yaml")):
        case = yaml.safe_load(file.read_text(encoding="utf-8"))
        for row in case.get("made_from_differences", ()):
            rows += [
                (case["standard"], row["county"], row["stage"], indicator, float(cv))
                for indicator, cv in row["cv"].items()
            ]
    return pl.DataFrame(rows, schema=["standard", "county", "stage", "indicator", "cv"], orient="row")


def generated(store: NationalStore) -> pl.DataFrame:
    """standard, county, stage, indicator, cv: of all counties of the store, judged."""
    frames = []
    for name, year in YEARS.items():
        standard = load_standard(name)
        judgement = judge(store.open(year, tables_for(standard)), standard, day_of(year), year=year)
        found = judgement.balance.filter(pl.col("indicator").is_in(list(standard.resources)))
        frames.append(
            found.select(
                pl.lit(name).alias("standard"), pl.col("county_code").alias("county"), "stage", "indicator", "cv"
            )
        )
    return pl.concat(frames).drop_nulls("cv")


def compared(printed: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    """One row an indicator and stage.

    ``ratio`` is the generated median against the published one; ``inside`` how many of the ``n`` published figures lie
    between the 5th and the 95th of a hundred generated ones.
    """
    cv = pl.col("cv")
    bounds = made.group_by(KEYS).agg(
        q05=cv.quantile(0.05), q25=cv.quantile(0.25), median=cv.median(), q75=cv.quantile(0.75), q95=cv.quantile(0.95)
    )
    return (
        printed.join(bounds, on=KEYS)
        .group_by(KEYS, maintain_order=True)
        .agg(
            pl.col("q05", "q25", "median", "q75", "q95").first(),
            n=pl.len(),
            printed_low=cv.min(),
            printed_median=cv.median(),
            printed_high=cv.max(),
            inside=cv.is_between("q05", "q95").sum(),
        )
        .with_columns(ratio=pl.col("median") / pl.col("printed_median"))
        .sort(KEYS)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    store = NationalStore(parser.parse_args().store)
    for line in lines(compared(published(), generated(store))):
        click.echo(line)


def lines(table: pl.DataFrame) -> Iterator[str]:
    """The comparison as a table in Markdown."""
    heads = (
        "standard",
        "stage",
        "indicator",
        "published",
        "lowest",
        "median",
        "highest",
        "made: 5 %",
        "median",
        "95 %",
    )
    yield f"| {' | '.join((*heads, 'ratio of medians', 'within 5–95 %'))} |"
    yield "|---" * (len(heads) + 2) + "|"
    for row in table.iter_rows(named=True):
        figures = ("printed_low", "printed_median", "printed_high", "q05", "median", "q95", "ratio")
        shown = [f"{row[name]:.2f}" for name in figures]
        about = (row["standard"], row["stage"], row["indicator"], str(row["n"]))
        within = f"{row['inside']} of {row['n']}"
        yield f"| {' | '.join((*about, *shown, within))} |"


if __name__ == "__main__":
    main()
