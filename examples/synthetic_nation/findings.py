"""What people found in a county: judged items, answers to the surveys, the national monitoring."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import polars as pl
from examples.synthetic_nation.county import FILED_FROM, Counties

from junheng.intake import asked
from junheng.standards.library import load_standard

NEW, OLD, OLD_UNTIL = "CN/youzhi_2017", "CN/jiben_2012", 2018
SUBJECTS = (("语文", "艺术"), ("数学", "体育"), ("科学", "德育"))
GROUPS = {"parents": 0.52, "pupils": 0.14, "teachers": 0.1, "heads": 0.05, "npc_deputies": 0.05, "cppcc_members": 0.05,
          "public": 0.09}  # fmt: skip


@lru_cache(maxsize=2)
def items(standard: str) -> tuple[str, ...]:
    return tuple(item.item for item in asked.judged_items(load_standard(standard)))


@lru_cache(maxsize=128)
def _ease(standard: str, item: str) -> float:
    """Vetoes hardly ever occur; what was asked in 2012 is mostly done by now."""
    veto = any(item in part.items for name, part in load_standard(standard).parts() if name == "vetoes")
    return 0.99 if veto else (0.95 if standard == OLD else 0.80)


def make_judged(counties: Counties, year: int) -> pl.DataFrame:
    """A finding for every item that people judge: of the 2017 rules each year, of the 2012 rules in its last years."""
    frames = []
    for standard in (NEW, OLD) if year <= OLD_UNTIL else (NEW,):
        for item in items(standard):
            met = counties.fulfils(f"{standard}/{item}", year, _ease(standard, item))
            finding = pl.Series(np.where(met, "met", "unmet"))
            frames.append(
                pl.DataFrame(
                    {"county": np.arange(len(counties)), "standard": standard, "item": item, "finding": finding}
                )
            )
    return pl.concat(frames).with_columns(
        judged_by=pl.lit("县政府教育督导室（合成数据）"), judged_on=pl.date(year, 11, 13)
    )


def make_satisfaction(counties: Counties, year: int, population: np.ndarray) -> pl.DataFrame:
    draws, code = counties.draws, counties.code
    sample = np.clip(population * 0.0015, 400, 3_000)
    good = counties.fulfils("recognition", year, 0.85)
    rate = np.where(
        good, 0.875 + 0.09 * draws.uniform(code, "recognition"), 0.74 + 0.10 * draws.uniform(code, "recognition")
    )
    frames = []
    for method, scale, groups in (("questionnaire", 1.0, GROUPS), ("visit", 0.08, {"parents": 0.6, "teachers": 0.4})):
        sums = np.zeros((3, len(counties)), dtype=np.int64)
        for group, share in groups.items():
            given = np.ceil(sample * scale * share).astype(np.int64) + 4
            valid = given - np.floor(given * 0.05 * draws.uniform(code, "valid", group, year)).astype(np.int64)
            satisfied = np.ceil(valid * np.minimum(rate, 1)).astype(np.int64)
            row = np.stack([given, valid, satisfied])
            sums += row
            frames.append(_asked(method, group, row))
        frames.append(_asked(method, "all", sums))
    return pl.concat(frames)


def _asked(method: str, group: str, row: np.ndarray) -> pl.DataFrame:
    columns = {name: row[at] for at, name in enumerate(("distributed", "valid", "satisfied"))}
    return pl.DataFrame({"county": np.arange(row.shape[1]), "method": method, "group": group, **columns})


def make_monitoring(counties: Counties, year: int) -> pl.DataFrame:
    """Two subjects a year, in turn; the level and how far schools lie apart."""
    draws, code = counties.draws, counties.code
    frames = []
    for subject in SUBJECTS[(year - FILED_FROM) % len(SUBJECTS)]:
        for stage in ("primary", "junior"):
            high = counties.fulfils(f"level {subject} {stage}", year)
            even = counties.fulfils(f"difference {subject} {stage}", year)
            level = np.where(high, 3 + (draws.uniform(code, subject, stage) < 0.15), 2)
            drawn = draws.uniform(code, "difference", subject, stage, year)
            difference = np.round(np.where(even, 0.07 + 0.075 * drawn, 0.15 + 0.12 * drawn), 3)
            frames.append(
                pl.DataFrame(
                    {
                        "county": np.arange(len(counties)),
                        "stage": stage,
                        "subject": subject,
                        "level": level,
                        "school_difference": difference,
                    }
                )
            )
    return pl.concat(frames)
