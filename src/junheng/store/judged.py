"""What was judged, year by year, kept beside the national store so that pages and analyses need not judge again.

``<folder>/judged/<standard>/year=2025/<frame>.parquet`` and ``about.json``. A year judged again replaces the former:
what it was judged from is in the store, so it can be had once more.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True, slots=True)
class About:
    """How a year was judged: ``day`` in ISO form, ``state`` the name of the data, ``version`` of the program."""

    standard: str
    year: int
    day: str
    state: str
    version: str
    engine: str


class JudgedYears:
    """The judged years of a national store."""

    def __init__(self, nation: Path) -> None:
        self.folder = nation / "judged"

    def keep(self, about: About, frames: Mapping[str, pl.DataFrame]) -> None:
        """Keep the frames of a judged year, all or nothing."""
        home = self._home(about.standard, about.year)
        home.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=home.parent))
        try:
            for name, frame in frames.items():
                frame.write_parquet(draft / f"{name}.parquet")
            (draft / "about.json").write_text(json.dumps(asdict(about), ensure_ascii=False), encoding="utf-8")
            former = draft.with_name(f"{draft.name}-former")
            if home.exists():
                home.rename(former)
            draft.rename(home)
            shutil.rmtree(former, ignore_errors=True)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def standards(self) -> list[str]:
        return sorted({file.parents[1].name.replace("__", "/") for file in self.folder.glob("*/year=*/about.json")})

    def years(self, standard: str) -> list[About]:
        """The judged years of a standard, earliest first."""
        files = sorted(self._home(standard, 0).parent.glob("year=*/about.json"))
        return [About(**json.loads(file.read_text(encoding="utf-8"))) for file in files]

    def frame(self, standard: str, name: str) -> pl.LazyFrame:
        """One kind of frame over all judged years; columns that a year lacks are blank."""
        files = sorted(self._home(standard, 0).parent.glob(f"year=*/{name}.parquet"))
        return pl.concat([pl.scan_parquet(file, hive_partitioning=False) for file in files], how="diagonal_relaxed")

    def _home(self, standard: str, year: int) -> Path:
        return self.folder / standard.replace("/", "__") / f"year={year}"
