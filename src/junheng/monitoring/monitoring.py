"""What is watched of a region over the years, each view computed when it is asked for, from the columns it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from junheng.base.terms import Label
from junheng.monitoring.alarms.material import Material
from junheng.monitoring.attainment import attainment, cohorts
from junheng.monitoring.declared import blocks
from junheng.monitoring.decomposition import county_inequality, decomposition
from junheng.monitoring.direction import directions
from junheng.monitoring.distribution import distribution, histogram, pass_shares, school_distribution
from junheng.monitoring.errors import MeasureUnknownError, YearNotMonitoredError
from junheng.monitoring.layers import Layers, layers
from junheng.monitoring.measured import SHARE, SHARE_OF_SCHOOLS, Measured
from junheng.monitoring.ranking import ranking
from junheng.monitoring.recheck import recheck
from junheng.monitoring.schools import sizes, slipped_schools
from junheng.monitoring.standings import standings
from junheng.monitoring.summaries import summary
from junheng.monitoring.targets import Targets, due, progress
from junheng.monitoring.warnings import find_warnings, with_sentences
from junheng.standards.model import Standard
from junheng.tables.model import Tables

FILED = ("county", "school", "school_year", "stage_year", "county_year", "finance_year")


@dataclass(frozen=True)
class Monitoring:
    """Counties of a region over the school years that were judged.

    Attributes:
        standard: that they were judged by.
        region: what the codes of the counties begin with; empty for all.
        frames: the lazy frames of ``Observed`` by name, of the region and years asked for.
        filed: the tables in ``FILED`` as they were filed, each with ``county_code``, of the region.
        tables: what their columns are called.
    """

    standard: Standard
    region: str
    frames: Mapping[str, pl.LazyFrame]
    filed: Mapping[str, pl.LazyFrame]
    tables: Tables

    @cached_property
    def counties(self) -> pl.DataFrame:
        """See ``Observed.counties``."""
        return self.frames["counties"].collect()

    @cached_property
    def years(self) -> list[int]:
        """The school years that were judged, earliest first."""
        return self.counties["school_year"].unique().sort().to_list()

    @cached_property
    def names(self) -> dict[str, str]:
        """county_code → name, the latest."""
        return dict(self.counties.sort("school_year").select("county_code", "county_name").iter_rows())

    @cached_property
    def measured(self) -> Measured:
        return Measured(self.standard)

    def label(self, kind: str, name: str) -> Label:
        """What a measure (cv, check, rows, share), a part or an indicator is called."""
        return self.measured.label(kind, name)

    @cached_property
    def _moved(self) -> pl.DataFrame:
        return directions(self.frames["measures"]).collect()

    @cached_property
    def _indicators(self) -> list[str]:
        """The resources whose coefficients count."""
        return [name for name in self._resources if name in self.standard.balanced()]

    @cached_property
    def _resources(self) -> list[str]:
        """The resource indicators that schools have values of."""
        columns = set(self.frames["schools"].collect_schema().names())
        return [name for name in self.standard.resources if f"{name}__value" in columns]

    def _year(self, year: int | None) -> int:
        """``year``, by default the latest judged.

        Raises:
            YearNotMonitoredError: it was not judged.
        """
        if year is None and self.years:
            return self.years[-1]
        if year not in self.years or year is None:
            raise YearNotMonitoredError(year=year or "", known="、".join(map(str, self.years)) or "（无）")
        return year

    def _of_years(self, frame: pl.LazyFrame, year: int | None) -> pl.LazyFrame:
        return frame if year is None else frame.filter(pl.col("school_year") == self._year(year))

    def standings(self, year: int | None = None) -> pl.DataFrame:
        """Every county and year: see ``monitoring.standings``."""
        frame = standings(self.counties.lazy(), self._moved.lazy(), self.measured.traits().lazy())
        return self._of_years(frame, year).collect()

    def directions(self, *, kind: str = "", name: str = "", stage: str = "", year: int | None = None) -> pl.DataFrame:
        """How each measure moved: see ``monitoring.direction``. What is not named is not narrowed."""
        wanted = {"kind": kind, "name": name, "stage": stage}
        frame = self._moved.lazy()
        for column, value in wanted.items():
            frame = frame.filter(pl.col(column) == value) if value else frame
        return self._of_years(frame, year).collect()

    def warnings(self, year: int | None = None) -> pl.DataFrame:
        """The early warnings of a year, by default the latest, with their sentences: see ``monitoring.warnings``."""
        material = Material(
            year=self._year(year),
            standard=self.standard,
            counties=self.counties.lazy(),
            parts=self.frames["parts"],
            schools=self.frames["schools"],
            moved=self._moved.lazy(),
            traits=self.measured.traits().lazy(),
            sizes=self._sizes.lazy(),
        )
        return with_sentences(find_warnings(material), self.names, self.measured)

    @cached_property
    def _sizes(self) -> pl.DataFrame:
        return sizes(self.frames["schools"]).collect()

    def slipped_schools(self, year: int | None = None) -> pl.DataFrame:
        """Schools that met the resource rules the year before and do not now: see ``slipped_schools``."""
        return slipped_schools(self.frames["schools"], self._resources, self._year(year)).collect()

    def ranking(self, kind: str, name: str, stage: str | None = None, year: int | None = None) -> pl.DataFrame:
        """Counties by a measure: see ``monitoring.ranking``.

        Raises:
            MeasureUnknownError: nothing was observed of it.
        """
        return self._ranked(kind, name, stage, year).collect()

    def histogram(
        self, kind: str, name: str, stage: str | None = None, year: int | None = None, bins: int = 20
    ) -> pl.DataFrame:
        """How many counties have which value: see ``histogram``.

        Raises:
            MeasureUnknownError: nothing was observed of it.
        """
        return histogram(self._ranked(kind, name, stage, year), bins)

    def _ranked(self, kind: str, name: str, stage: str | None, year: int | None) -> pl.LazyFrame:
        there = [(SHARE, SHARE_OF_SCHOOLS, None), *self.measures]
        if (kind, name, stage) not in there:
            asked, *known = (":".join(filter(None, measure)) for measure in ((kind, name, stage), *there))
            raise MeasureUnknownError(name=asked, known="、".join(known))
        measures, counties = (self._of_years(frame, year) for frame in (self._moved.lazy(), self.counties.lazy()))
        return ranking(measures, counties, kind, name, stage)

    @cached_property
    def measures(self) -> list[tuple[str, str, str | None]]:
        """kind, name and stage of everything that is measured of a county."""
        return sorted(
            self._moved.select("kind", "name", "stage").unique().rows(), key=lambda m: (m[0], m[1], m[2] or "")
        )

    def distribution(self, by: str = "nation") -> pl.DataFrame:
        """Measures over counties, by nation, province or city: see ``monitoring.distribution``."""
        return distribution(self._moved.lazy(), by).collect()

    def school_distribution(self, by: str = "location", year: int | None = None) -> pl.DataFrame:
        """Indicators over schools, by location, school_kind, operator, province, city or county."""
        return school_distribution(self._of_years(self.frames["schools"], year), self._indicators, by)

    def pass_shares(self, by: str = "nation") -> pl.DataFrame:
        """How many counties pass: see ``pass_shares``."""
        return pass_shares(self.counties.lazy(), by).collect()

    def decomposition(self, year: int | None = None) -> pl.DataFrame:
        """Inequality between and within counties: see ``monitoring.decomposition``."""
        return decomposition(self._of_years(self.frames["schools"], year), self._indicators)

    def county_inequality(self, year: int | None = None) -> pl.DataFrame:
        """Inequality within each county: see ``county_inequality``."""
        return county_inequality(self._of_years(self.frames["schools"], year), self._indicators)

    def layers(self, year: int | None = None) -> Layers:
        """三层均衡视图 of a year, by default the latest: see ``monitoring.layers``."""
        chosen = self._year(year)
        schools, measures = (self._of_years(self.frames[name], chosen) for name in ("schools", "measures"))
        digits = 2 if not self.region else 4 if len(self.region) == 2 else 6
        return layers(schools, measures, self._indicators, digits)

    def attainment(self, by: str = "county") -> pl.DataFrame:
        """完成率与升学: see ``monitoring.attainment``."""
        digits = {"nation": 0, "province": 2, "city": 4, "county": 6}[by]
        return attainment(self.filed["stage_year"], self.filed["county_year"], digits)

    def cohorts(self) -> pl.DataFrame:
        """Those who entered together, grade by grade: see ``cohorts``."""
        return cohorts(self.filed["stage_year"])

    def summary(self, block: str, by: str = "county", year: int | None = None) -> pl.DataFrame:
        """分块汇总 of one of ``declared.blocks()``: see ``monitoring.summaries``."""
        if year is not None:
            self._year(year)
        frame = summary(blocks()[block], self.filed, self.tables, by)
        return frame if year is None else frame.filter(pl.col("year") == year)

    def recheck(self) -> pl.DataFrame:
        """What is known of recognised counties since: see ``monitoring.recheck``."""
        county = self.filed["county"].select("county_code", "county_name", recognised_on="basic_balance_recognised_on")
        latest = county.unique("county_code", keep="last", maintain_order=True).collect()
        return recheck(self.standings(), self._moved, latest)

    def progress(self, targets: Targets) -> pl.DataFrame:
        """Planned and actual shares of counties that pass: see ``progress``."""
        return progress(targets.within(self.region), self.counties)

    def due(self, targets: Targets) -> pl.DataFrame:
        """Which counties of a list are where they shall be: see ``due``."""
        return due(targets.within(self.region), self.counties)


def of_region(frame: pl.LazyFrame, region: str, years: Sequence[int]) -> pl.LazyFrame:
    """Rows of the counties whose codes begin with ``region``, and of ``years`` (all where none is named)."""
    if region:
        # Between two bounds, so that a file sorted by county is read in that place only.
        frame = frame.filter(pl.col("county_code").is_between(pl.lit(region), pl.lit(f"{region}\uffff")))
    return frame.filter(pl.col("school_year").is_in(list(years))) if years else frame
