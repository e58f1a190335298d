"""Several standards at once: one overview, one document, one long table, a folder of result books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from junheng.base.outcome import Outcome
from junheng.reporting.csv_text import csv_text
from junheng.reporting.result import Result, long_table, result_document
from junheng.reporting.result_book import write_result_book
from junheng.verdict.blocking import blocked_sentence
from junheng.verdict.judgement import Judgement
from junheng.verdict.sentences import part_sentence


class Results(BaseModel):
    """What ``--format json`` prints when several standards were asked for: the document of each, in that order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    results: list[Result] = Field(description="one for each standard")


def results_document(judgements: Sequence[Judgement]) -> Results:
    """The judgements as one published document."""
    return Results(results=[result_document(judgement) for judgement in judgements])


def overview(judgements: Sequence[Judgement]) -> pl.DataFrame:
    """One row per county and standard, the basic standard judged beside one included.

    Returns:
        county_code, county_name, standard, label, purpose, outcome, reason (what stands in the way, in one sentence).
    """
    rows = [row for judgement in judgements for row in _rows(judgement)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(_OVERVIEW, pl.String), orient="row")
    return frame.unique(["county_code", "standard"], keep="first", maintain_order=True)


_OVERVIEW = ("county_code", "county_name", "standard", "label", "purpose", "outcome", "reason")


def _rows(judgement: Judgement) -> Iterator[tuple[str, ...]]:
    if judgement.gate is not None:
        yield from _rows(judgement.gate)
    standard = judgement.standard
    for county, name, outcome in judgement.counties.select("county_code", "county_name", "outcome").iter_rows():
        reason = main_reason(judgement, county)
        yield county, name, standard.id, standard.label.zh, standard.purpose, outcome, reason


def main_reason(judgement: Judgement, county: str) -> str:
    """What decides a verdict: the basic standard that is missed, else the first part failed, else the first open."""
    if blocked := blocked_sentence(judgement, county):
        return blocked
    parts = judgement.parts.filter(pl.col("county_code") == county)
    for outcome in (Outcome.UNMET, Outcome.UNKNOWN):
        found = parts.filter(pl.col("outcome") == str(outcome))["part"].to_list()
        if found:
            more = f"；另有 {len(found) - 1} 个部分{outcome.zh}" if len(found) > 1 else ""
            return part_sentence(judgement, county, found[0]) + more
    return ""


def long_csv_of_all(judgements: Sequence[Judgement]) -> str:
    """The long tables one below the other, with the standard's id in the first column; basic standards judged beside
    come first, each once."""
    gates = {judgement.gate.standard.id: judgement.gate for judgement in judgements if judgement.gate is not None}
    tables = [(judgement.standard.id, long_table(judgement)) for judgement in (*gates.values(), *judgements)]
    rows = ((standard, *row) for standard, table in tables for row in table.iter_rows())
    return csv_text(["standard", *tables[0][1].columns], rows)


def write_result_books(judgements: Sequence[Judgement], folder: Path) -> list[Path]:
    """Write one result book for each standard into ``folder``.

    Raises:
        OSError: the place cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / book_name(judgement.standard.id) for judgement in judgements]
    for judgement, file in zip(judgements, files, strict=True):
        write_result_book(judgement, file)
    return files


def book_name(standard: str) -> str:
    """The file that the result book of a standard is written to in a folder of several."""
    return f"{standard.replace('/', '-')}.xlsx"
