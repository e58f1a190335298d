"""花名册: read, sum up, hold against what was filed, fill blanks, show the structure; one county or the nation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from junheng.base.errors import JunhengError
from junheng.base.terms import Label
from junheng.engine.embedded import Embedded
from junheng.engine.protocol import Engine
from junheng.indicators.roster_rules import roster_rules, structure_rules
from junheng.indicators.rosters import BLANK, SCHOOL, STAGE, RosterSums, roster_sums
from junheng.intake.read import Reading, read_file
from junheng.intake.roster_fill import Filling, filled
from junheng.intake.template import write_workbook
from junheng.reporting.rosters.comparison import Comparison
from junheng.reporting.rosters.comparison import compare as compare_sums
from junheng.reporting.rosters.structure import By, Structure
from junheng.reporting.rosters.structure import structure as structure_of
from junheng.store.national import Load, NationalStore
from junheng.store.rosters import person_key, stored_table, without_names
from junheng.store.snapshot import Store
from junheng.tables.catalogue import load_tables, roster_tables
from junheng.tables.check import check_dataset
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding, blocking
from junheng.tables.model import Tables
from junheng.workflow.judging import load

ROSTERS = ("teacher", "class")
_PROVINCE = 2  # digits of a county code
_NAMED = 8  # how many schools a sentence lists


class RosterRefusedError(JunhengError):
    """A roster has 错误: nothing was summed up or loaded."""

    code = "JH-W010"
    zh = "{name} 有 {count} 处错误，没有汇总。用“junheng roster check {name}”查看全部。第一处——{first}"
    en = "{name} has {count} errors; nothing was summed up. See “junheng roster check {name}”. The first: {first}"

    def __init__(self, *, name: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(name=name, count=len(findings), first=_first(findings))


class RosterEmptyError(JunhengError):
    """A file has neither persons nor classes."""

    code = "JH-W011"
    zh = "{name} 中没有教职工，也没有班级，没有可汇总的。用“junheng roster template”取模板，填好后再试。"
    en = "{name} lists neither staff nor classes. Take the template by “junheng roster template” and fill it."


class NoCommonYearError(JunhengError):
    """The rosters and the data are of different years."""

    code = "JH-W012"
    zh = "花名册是 {rosters} 学年的，数据是 {filed} 学年的，没有共同的学年，无从核对。请核对两边的学年。"
    en = "The rosters are of {rosters}, the data of {filed}: they have no school year in common."


class SchoolWithoutCountyError(JunhengError):
    """A roster lists schools of which nobody knows the county: nothing was loaded."""

    code = "JH-W013"
    zh = (
        "{name} 没有入库：{count} 所学校（{schools}）不知道属于哪个县。"
        "请在花名册的“学校”表填县代码，或先用“junheng nation load”把县数据入库。"
    )
    en = (
        "{name} was not loaded: the county of {count} schools ({schools}) is not known. Fill their county codes in, or "
        "load the county's data first."
    )


class FillingRefusedError(JunhengError):
    """With the figures of the rosters the data contradict themselves: nothing was stored."""

    code = "JH-W014"
    zh = "用花名册补填后有 {count} 处错误，没有入库。第一处——{first}请先用“junheng roster sum --against”核对。"
    en = "Filled from the rosters the data have {count} errors; nothing was stored. The first: {first}"

    def __init__(self, *, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(count=len(findings), first=_first(findings))


class RosterYearMissingError(JunhengError):
    """The national store has no rosters of a school year."""

    code = "JH-W015"
    zh = (
        "全国库 {folder} 中没有{what}的花名册；已有的学年：{known}。"
        "请先用“junheng nation rosters load”入库，或换一个学年、地区。"
    )
    en = (
        "The national store {folder} has no rosters of {what}; it has {known}. Load them, or choose another year or "
        "region."
    )


def _first(findings: Sequence[Finding]) -> str:
    place = f"{findings[0].cell}：" if findings[0].cell else ""
    return place + findings[0].message


def roster_template(path: str | Path) -> None:
    """Write the workbook that schools fill: 学校, 教职工花名册, 班级.

    Raises:
        CannotWriteError: the place cannot be written to.
    """
    tables = roster_tables()
    columns = {name: table.columns for name, table in tables.tables.items()}
    write_workbook(Path(path), tables, columns=columns, title="教职工花名册和班级表")


def check_rosters(path: str | Path) -> Reading:
    """Read rosters and say everything that is wrong or doubtful in them, cell by cell."""
    return read_file(Path(path), roster_tables())


def load_rosters(source: str | Path | Dataset) -> Dataset:
    """Read rosters that are to be used.

    Raises:
        RosterRefusedError: they have 错误.
        RosterEmptyError: they have no rows.
        JunhengError: the file cannot be read.
    """
    if isinstance(source, Dataset):
        dataset, findings = source, check_dataset(source)
    else:
        reading = check_rosters(source)
        dataset, findings = reading.dataset, list(reading.findings)
    if errors := blocking(findings):
        raise RosterRefusedError(name=_called(source), findings=errors)
    if all(dataset[name].is_empty() for name in ROSTERS):
        raise RosterEmptyError(name=_called(source))
    return dataset


def _called(source: str | Path | Dataset) -> str:
    return source.name if isinstance(source, Dataset) else str(source)


def sum_rosters(source: str | Path | Dataset, *, engine: Engine | None = None) -> RosterSums:
    """Sum up the rosters of a county by the declared rules (``junheng_standards/rosters/rules.yaml``).

    Raises:
        JunhengError: see ``load_rosters``.
    """
    return _sums(load_rosters(source), engine or Embedded())


def _sums(rosters: Dataset, engine: Engine, *, with_structure: bool = False) -> RosterSums:
    frames = engine.open(replace(rosters, frames={name: rosters[name] for name in ROSTERS}))
    rules = {**roster_rules(), **({"teacher": structure_rules()} if with_structure else {})}
    there = {name: frames[name] for name in ROSTERS if not rosters[name].is_empty()}
    return roster_sums(there, rosters.tables, engine, rules=rules)


def compare_rosters(
    source: str | Path | Dataset, data: str | Path | Dataset, *, store: Store | None = None
) -> Comparison:
    """Hold what the rosters say against what was filed, school by school and column by column.

    Raises:
        NoCommonYearError: they are of different years.
        JunhengError: see ``load_rosters`` and ``load``.
    """
    return _compared(sum_rosters(source), _loaded(data, store))


def _compared(sums: RosterSums, filed: Dataset) -> Comparison:
    years = sorted({*filed["stage_year"]["school_year"], *filed["school_year"]["school_year"]})
    if not set(years) & set(sums.years):
        raise NoCommonYearError(
            rosters="、".join(map(str, sums.years)) or "（无）", filed="、".join(map(str, years)) or "（无）"
        )
    return compare_sums(sums, filed)


@dataclass(frozen=True)
class Filled:
    """Data whose blanks were filled from rosters, as a snapshot of its own."""

    dataset: Dataset
    fillings: tuple[Filling, ...]


def fill_from_rosters(
    source: str | Path | Dataset, data: str | Path | Dataset, *, store: Store | None = None
) -> Filled:
    """Fill what schools left blank with what the rosters say; what was filed stays as it was filed.

    The result is committed as a snapshot; its origins name the rosters, so that reasons do.

    Raises:
        NoCommonYearError: they are of different years.
        FillingRefusedError: the figures contradict others.
        JunhengError: see ``load_rosters`` and ``load``.
    """
    rosters = load_rosters(source)
    sums, filed = _sums(rosters, Embedded()), _loaded(data, store)
    _compared(sums, filed)
    place = f"花名册 {rosters.name}" if rosters.name else "花名册"
    amounts = {
        table: sums.of(table).select(*(STAGE if table == "stage_year" else SCHOOL), *columns)
        for table, columns in sums.columns.items()
        if columns
    }
    dataset, fillings = filled(filed, amounts, place)
    if errors := blocking(check_dataset(dataset)):
        raise FillingRefusedError(findings=errors)
    return Filled((store or Store.default()).commit(dataset), tuple(fillings))


def roster_structure(
    source: str | Path | Dataset,
    *,
    data: str | Path | Dataset | None = None,
    by: By = "school",
    store: Store | None = None,
) -> Structure:
    """The structure of the staff: degrees, titles, ages and the like, by school, town or county.

    Args:
        data: the county's data, for names and towns, and for pupils where the rosters have no classes.

    Raises:
        JunhengError: see ``load_rosters`` and ``load``.
    """
    rosters = load_rosters(source)
    if rosters["teacher"].is_empty():
        raise RosterEmptyError(name=_called(source))
    filed = None if data is None else _loaded(data, store)
    return structure_of(
        _sums(rosters, Embedded(), with_structure=True),
        schools_of(rosters, filed),
        None if filed is None else filed["stage_year"],
        by,
    )


def schools_of(rosters: Dataset, filed: Dataset | None = None) -> pl.DataFrame:
    """school_code, school_name, county_code and town: of the county's data, else of the rosters themselves."""
    columns = ("school_code", "school_name", "county_code", "town")
    frames = [filed["school"].select(columns)] if filed is not None else []
    return pl.concat([*frames, rosters["school"].select(columns)]).unique("school_code", keep="first")


def _loaded(data: str | Path | Dataset, store: Store | None) -> Dataset:
    return data if isinstance(data, Dataset) else load(data, store=store)


def load_rosters_into(nation: NationalStore | str | Path, sources: Iterable[str | Path]) -> Iterator[Load]:
    """Load rosters into the national store, without what tells who a person is (see ``store.rosters``).

    A load of persons replaces earlier ones of persons of the same counties and years, one of classes those of classes.

    Raises:
        SchoolWithoutCountyError: the county of a school is not known.
        JunhengError: see ``load_rosters``.
    """
    home = _home(nation)
    for source in sources:
        rosters = load_rosters(source)
        for name in ROSTERS:
            if rosters[name].is_empty():
                continue
            table, homes = rosters.tables[name], _homes(home, rosters, name)
            rows = without_names(rosters[name], table, homes, person_key(home.folder))
            tables = replace(rosters.tables, tables={name: stored_table(table)}, checks=())
            own = Dataset(tables, {name: rows.sort("school_code", *table.key)}, name=rosters.name)
            yield home.append(own, label=Path(source).name, homes=homes, kind=name)


def _home(nation: NationalStore | str | Path) -> NationalStore:
    return nation if isinstance(nation, NationalStore) else NationalStore(Path(nation))


def _homes(nation: NationalStore, rosters: Dataset, roster: str) -> pl.DataFrame:
    """school_code and county_code of every school of a roster."""
    own = rosters["school"].select("school_code", "county_code")
    years = sorted(set(rosters[roster]["school_year"]) & set(nation.years()))
    filed = nation.scan(load_tables()["school"], years).select("school_code", "county_code").unique().collect()
    known = pl.concat([own, filed]).drop_nulls().unique("school_code", keep="first")
    lost = rosters[roster].join(known, on="school_code", how="anti")["school_code"].unique().sort().to_list()
    if lost:
        named = "、".join(lost[:_NAMED]) + ("……" if len(lost) > _NAMED else "")
        raise SchoolWithoutCountyError(name=rosters.name, count=len(lost), schools=named)
    return known


def sum_national_rosters(
    nation: NationalStore | str | Path, *, years: Sequence[int] = (), region: str = "", engine: Engine | None = None
) -> Iterator[tuple[int, RosterSums]]:
    """Sum up the rosters of the national store, one school year after the other.

    Args:
        years: all by default.
        region: what the codes of the counties begin with.
        engine: by default the embedded one, streaming and one province after the other: a province's persons are all
            that has to fit in memory.

    Raises:
        RosterYearMissingError: there are no rosters of a year.
        EngineError: the engine failed.
    """
    home, tables = _home(nation), roster_tables()
    known = sorted({year for name in ROSTERS for year in home.years(name)})
    for year in years or known or [0]:
        counties = {code for name in ROSTERS for code in home.counties(year, name) if code.startswith(region)}
        if not counties:
            listed = "、".join(map(str, known)) or "（无）"
            raise RosterYearMissingError(folder=home.folder, what=_of(year, region), known=listed)
        at_once = [region] if engine or len(region) >= _PROVINCE else sorted({code[:_PROVINCE] for code in counties})
        own = engine or Embedded("streaming")
        yield year, RosterSums.of_all([_summed(home, year, place, tables, own) for place in at_once])


def _summed(home: NationalStore, year: int, region: str, tables: Tables, engine: Engine) -> RosterSums:
    parts = {name: home.parts(stored_table(tables[name]), [year], region=region, kind=name) for name in ROSTERS}
    frames = {name: engine.scan(stored_table(tables[name]), own) for name, own in parts.items() if own}
    return roster_sums(frames, tables, engine)


def _of(year: int, region: str) -> Label:
    zh = f" {region} 各县 {year} 学年" if region and year else f" {year} 学年" if year else "任何学年"
    return Label(zh, " ".join(filter(None, (region, str(year or "any year")))))


def compare_national_rosters(
    nation: NationalStore | str | Path, *, years: Sequence[int] = (), region: str = "", engine: Engine | None = None
) -> Iterator[tuple[int, Comparison]]:
    """Hold the rosters of the national store against its filings, one school year after the other.

    Raises:
        RosterYearMissingError: there are no rosters of a year.
        NationalYearMissingError: nothing was filed for it.
        EngineError: the engine failed.
    """
    home = _home(nation)
    for year, sums in sum_national_rosters(home, years=years, region=region, engine=engine):
        yield year, compare_sums(sums, home.open(year, load_tables(), region=region))


def open_amounts(sums: RosterSums) -> int:
    """How many amounts nobody can tell, for blanks in the rosters."""
    return sum(
        int((sums.of(table)[column + BLANK] > 0).sum()) for table, columns in sums.columns.items() for column in columns
    )


def unplaced_people(sums: RosterSums) -> int:
    """How many rows of staff count in a stage and do not say in which."""
    return int(sums.schools["teacher__unplaced"].sum()) if "teacher__unplaced" in sums.schools.columns else 0


def people_twice(sums: RosterSums) -> int:
    """How many persons several schools list as their own."""
    return sums.twice.select("school_year", "staff_no").n_unique() if not sums.twice.is_empty() else 0
