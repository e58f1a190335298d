"""What was judged, year by year, kept beside the national store so that pages and analyses need not judge again.

``<folder>/judged/<standard>/year=2025/000001/<frame>.parquet`` and ``about.json``. A year judged again takes the next
number, whole or not at all; the one before it stays for those who are reading it, earlier ones go: what they were
judged from is in the store, so they can be had once more.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from junheng.store.errors import JudgedUnreadableError

# Rows are sorted by county: a reader of one province skips the groups of the others.
_ROWS_IN_GROUP = 20_000
_KEPT = 2


@dataclass(frozen=True, slots=True)
class About:
    """How a year was judged.

    Attributes:
        day: in ISO form.
        state: the name of the data, see ``NationalStore.state``.
        version: of the program.
        content: SHA-256 of the standard as it was read.
    """

    standard: str
    year: int
    day: str
    state: str
    version: str
    engine: str
    content: str = ""


class JudgedYears:
    """The judged years of a national store."""

    def __init__(self, nation: Path) -> None:
        self.folder = nation / "judged"

    def keep(self, about: About, frames: Mapping[str, pl.DataFrame]) -> None:
        """Keep the frames of a judged year, all or nothing."""
        year = self._year(about.standard, about.year)
        year.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=year))
        draft.chmod(0o755)  # a scratch folder is its owner's alone
        try:
            for name, frame in frames.items():
                frame.write_parquet(draft / f"{name}.parquet", row_group_size=_ROWS_IN_GROUP)
            (draft / "about.json").write_text(json.dumps(asdict(about), ensure_ascii=False), encoding="utf-8")
            while True:
                before = _versions(year)
                try:
                    draft.rename(year / f"{int(before[-1].name) + 1 if before else 1:06}")
                    break
                except OSError:
                    if len(_versions(year)) == len(before):  # else somebody else kept this year meanwhile
                        raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        for old in _versions(year)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)

    def standards(self) -> list[str]:
        return sorted({file.parents[2].name.replace("__", "/") for file in self.folder.glob("*/year=*/*/about.json")})

    def years(self, standard: str) -> list[About]:
        """The judged years of a standard, earliest first.

        Raises:
            JudgedUnreadableError: what was kept does not read.
        """
        return [_about(home / "about.json") for home in self._latest(standard)]

    def frame(self, standard: str, name: str) -> pl.LazyFrame:
        """One kind of frame over all judged years; columns that a year lacks are blank.

        Raises:
            JudgedUnreadableError: a file is gone, or is not a whole Parquet file.
        """
        files = [home / f"{name}.parquet" for home in self._latest(standard)]
        for file in files:
            try:
                pl.read_parquet_schema(file)
            except (OSError, pl.exceptions.PolarsError) as error:
                raise JudgedUnreadableError(file=file) from error
        return pl.concat(
            [pl.scan_parquet(file, hive_partitioning=False, glob=False) for file in files], how="diagonal_relaxed"
        )

    def _latest(self, standard: str) -> list[Path]:
        years = sorted(self._year(standard, 0).parent.glob("year=*"))
        return [versions[-1] for year in years if (versions := _versions(year))]

    def _year(self, standard: str, year: int) -> Path:
        return self.folder / standard.replace("/", "__") / f"year={year}"


def _versions(year: Path) -> list[Path]:
    return sorted(about.parent for about in year.glob("[0-9]*/about.json"))


def _about(file: Path) -> About:
    try:
        return About(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise JudgedUnreadableError(file=file) from error
