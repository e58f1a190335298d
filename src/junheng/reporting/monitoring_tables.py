"""监测结果 as tables with Chinese heads: what the screen, CSV files and the Excel book show alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.monitoring.attainment import LABELS
from junheng.monitoring.declared import blocks, warning_rules
from junheng.monitoring.direction import DIRECTIONS
from junheng.monitoring.layers import PUPIL_GROUPS, SCHOOL_GROUPS, group_label
from junheng.monitoring.measured import SHARE, SHARE_OF_SCHOOLS
from junheng.monitoring.monitoring import Monitoring
from junheng.monitoring.observed import CV
from junheng.monitoring.recheck import STATES as RECHECK_STATES
from junheng.monitoring.targets import NATION, Targets
from junheng.monitoring.targets import STATES as TARGET_STATES
from junheng.monitoring.warnings import SEVERITIES, SEVERITY_WORDS
from junheng.reporting.plan_sheets import Kind
from junheng.standards.regions import provinces

Row = Mapping[str, Any]


class Column(NamedTuple):
    """A column: its head, what its cells are, how wide it is on a sheet, and the cell of a row."""

    head: str
    kind: Kind
    width: float
    cell: Callable[[Row], Any]


@dataclass(frozen=True)
class MonitoringTable:
    """One table.

    Attributes:
        name: for files and programs.
        frame: the rows with their own names, for JSON.
        note: what a reader has to know.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    frame: pl.DataFrame
    note: str = ""

    def rows(self) -> Iterable[list[Any]]:
        for row in self.frame.iter_rows(named=True):
            yield [column.cell(row) for column in self.columns]


VIEWS: Mapping[str, str] = {
    "overview": "总览",
    "trends": "走势",
    "warnings": "预警",
    "ranking": "排名",
    "distribution": "分布",
    "decomposition": "不均衡的分解",
    "layers": "三层均衡视图",
    "targets": "阶段目标",
    "summaries": "分块汇总",
    "attainment": "完成率与升学",
    "recheck": "复查材料",
}


def _plain(name: str, head: str, kind: Kind = "text", width: float = 12) -> Column:
    return Column(head, kind, width, lambda row: row[name])


def _stage(row: Row) -> str:
    return "" if row["stage"] is None else Stage(row["stage"]).zh


_YEAR = Column("学年", "text", 8, lambda row: str(row["school_year"]))
_CODE = _plain("county_code", "县代码", width=10)
_STAGE = Column("学段", "text", 8, _stage)


def _outcome(name: str, head: str) -> Column:
    return _plain(name, head, "outcome", 11)


def _name(watched: Monitoring) -> Column:
    return Column("县", "text", 20, lambda row: watched.names.get(row["county_code"], row["county_code"]))


def _measure(watched: Monitoring, kind: str = "") -> Column:
    return Column("监测项", "text", 46, lambda row: watched.label(kind or row["kind"], row["name"]).zh)


def _indicator(watched: Monitoring) -> Column:
    return Column("指标", "text", 40, lambda row: watched.label("indicator", row["indicator"]).zh)


def _region(name: str = "group") -> Column:
    return Column("地区", "text", 20, lambda row: region_name(row[name]))


def region_name(code: str | None) -> str:
    """What a region is called: 全国、浙江省; a city or county by its code."""
    if code in (None, "", NATION):
        return "全部"
    return provinces()[code].zh if code in provinces() else str(code)


def tables_of(
    what: str,
    watched: Monitoring,
    *,
    year: int | None = None,
    measures: Sequence[tuple[str, str, str | None]] = (),
    targets: Targets | None = None,
    by: str = "county",
) -> list[MonitoringTable]:
    """The tables of one view, see ``VIEWS``.

    Args:
        year: of views that show one school year; the latest by default.
        measures: what to rank by: kind, name, stage; all coefficients and the share of schools by default.
        targets: needed for the view of targets.
        by: the regions of summaries, attainment and shares.
    """
    match what:
        case "overview":
            return [_shares(watched, by), _warning_counts(watched, year), _standings(watched)]
        case "trends":
            return [_trends(watched, year)]
        case "warnings":
            return [_warnings(watched, year), _slipped(watched, year)]
        case "ranking":
            return [_ranking(watched, *measure, year) for measure in measures or _ranked_by_default(watched)]
        case "distribution":
            return [_distribution(watched), _school_distribution(watched, year)]
        case "decomposition":
            return [_decomposition(watched), _county_inequality(watched, year)]
        case "layers":
            return _layers(watched, year)
        case "targets":
            return [] if targets is None else _targets(watched, targets)
        case "summaries":
            return [_summary(watched, block, by, year) for block in blocks()]
        case "attainment":
            return [_attainment(watched, by), _cohorts(watched)]
        case _:
            return [_recheck(watched)]


def _ranked_by_default(watched: Monitoring) -> list[tuple[str, str, str | None]]:
    return [(SHARE, SHARE_OF_SCHOOLS, None), *(measure for measure in watched.measures if measure[0] == CV)]


def _shares(watched: Monitoring, by: str) -> MonitoringTable:
    columns = (
        _region(), _YEAR, _plain("counties", "县数", "count"), _plain("passed", "达标", "count"),
        _plain("failed", "未达标", "count"), _plain("unknown", "无法判定", "count"),
        _plain("share", "达标县占比", "percent"), _plain("schools", "学校（学段）", "count"),
        _plain("schools_share", "达标学校占比", "percent"),
    )  # fmt: skip
    over = by if by in ("province", "city") else "nation"
    note = "无法判定的县、学校计入总数，不计入达标。"
    return MonitoringTable("pass_shares", "达标情况", columns, watched.pass_shares(over), note)


def _warning_counts(watched: Monitoring, year: int | None) -> MonitoringTable:
    rules = warning_rules()
    counts = (
        watched.warnings(year)
        .group_by("warning")
        .agg(
            pl.len().cast(pl.Int64).alias("warnings"), pl.col("county_code").n_unique().cast(pl.Int64).alias("counties")
        )
    )
    order = pl.col("warning").cast(pl.Enum(list(rules)))
    columns = (
        Column("级别", "text", 8, lambda row: SEVERITY_WORDS[rules[row["warning"]].severity]),
        Column("预警", "text", 40, lambda row: rules[row["warning"]].label.zh),
        _plain("warnings", "条数", "count"),
        _plain("counties", "涉及县数", "count"),
    )
    shown = year or watched.years[-1]
    return MonitoringTable("warning_counts", f"{shown}学年预警", columns, counts.sort(order))


def _standings(watched: Monitoring) -> MonitoringTable:
    def tightest(row: Row) -> str:
        if row["tightest_name"] is None:
            return ""
        stage = "" if row["tightest_stage"] is None else Stage(row["tightest_stage"]).zh
        return stage + watched.label(row["tightest_kind"], row["tightest_name"]).zh

    columns = (
        _CODE, _name(watched), _YEAR, _outcome("outcome", "结论"), _outcome("last_outcome", "上学年"),
        _plain("met_share", "学校达标", "percent"), _plain("cvs_over", "差异系数超限", "count"),
        _plain("checks_failed", "县级项未达标", "count"), _plain("improving", "好转", "count", 8),
        _plain("steady", "平稳", "count", 8), _plain("worsening", "变差", "count", 8),
        Column("余量最小的监测项", "text", 46, tightest), _plain("tightest_room", "余量", "percent", 9),
    )  # fmt: skip
    note = "余量：离限值多远，占限值的百分比；负数是没有达到。"
    return MonitoringTable("standings", "各县各学年", columns, watched.standings(), note)


def _direction(row: Row) -> str:
    return DIRECTIONS.get(row["direction"]) or ("年数不足" if row["points"] else "无数据")


def _trends(watched: Monitoring, year: int | None) -> MonitoringTable:
    frame = watched.directions(year=year or watched.years[-1])
    columns = (
        _CODE, _name(watched), _YEAR, _STAGE, _measure(watched), _plain("value", "数值", "amount"),
        _plain("limit", "限值", "two"), _plain("room", "余量", "percent"), _outcome("outcome", "结论"),
        _plain("last_value", "上学年", "amount"), _plain("change", "变化", "cv"),
        Column("限值有变动", "text", 10, lambda row: "是" if row["limit_moved"] else ""),
        _plain("points", "用了几年", "count"), _plain("slope", "每年变化", "cv"),
        Column("走势", "text", 8, _direction),
    )  # fmt: skip
    note = "走势按最近五个学年的最小二乘直线；每年变化不到限值的2%为平稳；缺的学年不补。"
    return MonitoringTable("trends", "各项走势", columns, frame, note)


def _warnings(watched: Monitoring, year: int | None) -> MonitoringTable:
    rules = warning_rules()
    columns = (
        Column("级别", "text", 8, lambda row: SEVERITY_WORDS[row["severity"]]),
        Column("预警", "text", 30, lambda row: rules[row["warning"]].label.zh),
        _CODE, _name(watched), _YEAR, _plain("zh", "说明", "wrapped", 90),
    )  # fmt: skip
    order = pl.col("severity").cast(pl.Enum(SEVERITIES))
    note = "阈值在 junheng_standards/monitoring/warnings.yaml，是本软件的取值，不是文件规定。"
    return MonitoringTable("warnings", "预警", columns, watched.warnings(year).sort(order, maintain_order=True), note)


def _slipped(watched: Monitoring, year: int | None) -> MonitoringTable:
    def turned(row: Row) -> str:
        return "、".join(watched.label("indicator", name).zh for name in row["turned"])

    columns = (
        _CODE, _name(watched), _plain("school_name", "学校", width=28), _STAGE, _YEAR, _outcome("before", "上学年"),
        _outcome("outcome", "本学年"), Column("变差的指标", "wrapped", 60, turned),
    )  # fmt: skip
    note = "只计要求没有变动、数值变差的指标。"
    return MonitoringTable("slipped_schools", "由达标变为未达标的学校", columns, watched.slipped_schools(year), note)


def _ranking(watched: Monitoring, kind: str, name: str, stage: str | None, year: int | None) -> MonitoringTable:
    shown = year or watched.years[-1]
    frame = watched.ranking(kind, name, stage, shown)
    title = ("" if stage is None else Stage(stage).zh) + watched.label(kind, name).zh
    value: Kind = "percent" if kind == SHARE else "cv" if kind == CV else "amount"
    columns = (
        _plain("rank", "名次", "count", 8), _plain("of", "共", "count", 8), _CODE, _name(watched), _region("province"),
        _plain("province_rank", "省内名次", "count", 10), _plain("province_of", "省内共", "count", 10),
        _plain("value", "数值", value), _plain("room", "余量", "percent"), _outcome("outcome", "结论"),
    )  # fmt: skip
    open_rows = "无法判定的学校计入总数，不计入达标。" if kind == SHARE else "数据不全的县不排名。"
    note = f"数值相同名次相同；没有数值的县不排名，列在最后。{open_rows}"
    return MonitoringTable(f"ranking_{name}_{stage or 'all'}", f"{shown}学年排名：{title}", columns, frame, note)


_SPREAD = tuple(
    _plain(name, head, "cv")
    for name, head in {
        "lowest": "最小", "p10": "10%", "p25": "25%", "p50": "中位数", "p75": "75%", "p90": "90%", "highest": "最大",
    }.items()
)  # fmt: skip


def _distribution(watched: Monitoring) -> MonitoringTable:
    columns = (
        _YEAR, _STAGE, _measure(watched), _plain("counties", "县数", "count"), _plain("missing", "无数值", "count"),
        *_SPREAD, _plain("mean", "平均", "cv"), _plain("passed", "达标县", "count"),
        _plain("failed", "未达标县", "count"), _plain("unknown", "无法判定", "count"),
    )  # fmt: skip
    note = "每县一个数，不按学生数加权。"
    return MonitoringTable("distribution", "各监测项在县间的分布", columns, watched.distribution(), note)


def _school_distribution(watched: Monitoring, year: int | None) -> MonitoringTable:
    group = Column("城乡", "text", 10, lambda row: group_label("location", row["group"]))
    columns = (
        _YEAR, _STAGE, _indicator(watched), group, _plain("schools", "学校", "count"),
        _plain("known", "有数值", "count"),
        _plain("pupils", "在校生", "count"), _plain("mean", "按学生平均", "two"), *_SPREAD,
        _plain("passed_share", "达标占比", "percent"),
    )  # fmt: skip
    frame = watched.school_distribution("location", year or watched.years[-1])
    return MonitoringTable("school_distribution", "学校指标按城乡的分布", columns, frame, "达标含余项容许。")


def _decomposition(watched: Monitoring) -> MonitoringTable:
    parts = {
        "between_provinces": "省际", "between_counties": "省内县际", "within_counties": "县内",
        "between_locations": "其中城乡之间", "within_locations": "其中城乡之内",
    }  # fmt: skip
    columns = (
        _YEAR, _STAGE, _indicator(watched), _plain("schools", "学校", "count"), _plain("excluded", "未计入", "count"),
        _plain("counties", "县数", "count"), _plain("mean", "按学生平均", "two"), _plain("total", "泰尔指数", "cv"),
        *(_plain(name, head, "cv") for name, head in parts.items()),
        *(_plain(f"share_{name}", f"{head}占比", "percent") for name, head in parts.items()),
    )  # fmt: skip
    note = "泰尔指数 = 省际 + 省内县际 + 县内；县内 = 城乡之间 + 城乡之内。没有学生或没有数值的学校未计入。"
    return MonitoringTable("decomposition", "校际不均衡的分解", columns, watched.decomposition(), note)


def _county_inequality(watched: Monitoring, year: int | None) -> MonitoringTable:
    columns = (
        _CODE, _name(watched), _YEAR, _STAGE, _indicator(watched), _plain("schools", "学校", "count"),
        _plain("excluded", "未计入", "count"), _plain("mean", "按学生平均", "two"), _plain("theil", "泰尔指数", "cv"),
        _plain("between_locations", "城乡之间", "cv"), _plain("within_locations", "城乡之内", "cv"),
        _plain("contribution", "对总指数的贡献", "cv"),
    )  # fmt: skip
    frame = watched.county_inequality(year or watched.years[-1])
    return MonitoringTable("county_inequality", "各县县内不均衡", columns, frame)


def _layers(watched: Monitoring, year: int | None) -> list[MonitoringTable]:
    found = watched.layers(year)
    lead = (_YEAR, _STAGE, _indicator(watched))
    ratio = _plain("ratio", "与平均之比", "two")
    shared = (
        _plain("schools", "学校", "count"), _plain("known", "有数值", "count"), _plain("pupils", "在校生", "count"),
        _plain("mean", "按学生平均", "two"), ratio, _plain("passed_share", "达标占比", "percent"),
    )  # fmt: skip
    regions = (*lead, Column("地区", "text", 20, lambda row: _place(watched, row["group"])), *shared)
    schools = (
        *lead, _plain("counties", "县数", "count"), _plain("cv_known", "差异系数可判定", "count"),
        _plain("cv_median", "差异系数中位数", "cv"), _plain("cv_highest", "差异系数最大", "cv"),
        _plain("cvs_over", "超限县数", "count"), _plain("theil", "泰尔指数", "cv"),
        _plain("within_counties", "其中县内", "cv"), _plain("share_within_counties", "县内占比", "percent"),
    )  # fmt: skip
    kinds = {**{name: words[0] for name, words in SCHOOL_GROUPS.items()}, **dict.fromkeys(PUPIL_GROUPS, "学生群体")}
    groups = (
        *lead, Column("分组", "text", 10, lambda row: kinds[row["grouping"]]),
        Column("群体", "text", 14, lambda row: group_label(row["grouping"], row["group"])), *shared,
    )  # fmt: skip
    of_pupils = "学生群体按其人数加权：这些学生平均享有多少。"
    return [
        MonitoringTable("layers_regions", "区域之间", regions, found.regions),
        MonitoringTable("layers_schools", "学校之间", schools, found.schools),
        MonitoringTable("layers_groups", "群体之间", groups, found.groups, of_pupils),
    ]


def _place(watched: Monitoring, code: str) -> str:
    return watched.names.get(code) or region_name(code)


def _targets(watched: Monitoring, targets: Targets) -> list[MonitoringTable]:
    curve = (
        _region("region"), _YEAR, _plain("planned_share", "计划占比（%）", "two"),
        _plain("planned_counties", "计划达标县数", "count"), _plain("counties", "县数", "count"),
        _plain("passed", "已达标", "count"), _plain("unknown", "无法判定", "count"),
        _plain("share", "实际占比（%）", "two"), _plain("gap", "差（百分点）", "two"),
        _plain("needed", "还差县数", "count"),
    )  # fmt: skip
    listed = (
        _CODE, _plain("county_name", "县", width=20),
        Column("计划学年", "text", 10, lambda row: str(row["recognise_by"])),
        Column("首次达标", "text", 10, lambda row: "" if row["first_passed"] is None else str(row["first_passed"])),
        Column("最近学年", "text", 10, lambda row: "" if row["last_year"] is None else str(row["last_year"])),
        _outcome("outcome", "最近结论"), Column("进度", "text", 14, lambda row: TARGET_STATES[row["state"]]),
        _plain("years_behind", "已过几年", "count"),
    )  # fmt: skip
    by_verdict = f"达标指按 {watched.standard.id} 判定达标，不等于认定。"
    return [
        MonitoringTable("progress", "目标进度", curve, watched.progress(targets), by_verdict),
        MonitoringTable("due", "各县进度", listed, watched.due(targets), by_verdict),
    ]


def _summary(watched: Monitoring, block: str, by: str, year: int | None) -> MonitoringTable:
    entry = blocks()[block]
    table = watched.tables[entry.table]
    place = (
        Column("乡镇街道", "text", 16, lambda row: row["group"] or "（未填）")
        if by == "town"
        else Column("地区", "text", 20, lambda row: _place(watched, row["group"]))
    )
    frame = watched.summary(block, by, year)
    head = "财政年度" if entry.table == "finance_year" else "学年"
    columns = (
        Column(head, "text", 10, lambda row: str(row["year"])),
        *([_CODE, _name(watched)] if by == "town" else []), place,
        Column("项目", "text", 30, lambda row: table.columns[row["column"]].label.zh), _plain("unit", "单位", width=8),
        _plain("amount", "合计", "amount", 16), _plain("rows", "应报", "count"), _plain("blank", "缺报", "count"),
    )  # fmt: skip
    note = "合计只含已填报的数；缺报的不当作 0。"
    return MonitoringTable(f"summary_{block}", f"分块汇总：{entry.label.zh}", columns, frame, note)


def _attainment(watched: Monitoring, by: str) -> MonitoringTable:
    columns = (
        Column("地区", "text", 20, lambda row: _place(watched, row["group"])), _YEAR,
        Column("项目", "text", 34, lambda row: LABELS[row["measure"]][0]), _plain("reached", "分子", "count"),
        _plain("base", "分母", "count"), _plain("rate", "比率", "percent"), _plain("counties", "计入县数", "count"),
        _plain("missing", "缺数县数", "count"),
    )  # fmt: skip
    over = by if by != "town" else "county"
    note = "按年级推算的巩固率含县际转学，可能超过 100%。人均受教育年限没有填报，不计算。"
    return MonitoringTable("attainment", "完成率与升学", columns, watched.attainment(over), note)


def _cohorts(watched: Monitoring) -> MonitoringTable:
    columns = (
        _CODE, _name(watched), Column("入学学年", "text", 10, lambda row: str(row["entered"])),
        _plain("grade", "年级", "count", 8), _YEAR, _plain("pupils", "在校生", "count"),
        _plain("blank", "缺报", "count"), _plain("kept", "比上学年低一年级", "percent", 18),
        _plain("of_entry", "比一年级入学时", "percent", 16),
    )  # fmt: skip
    return MonitoringTable("cohorts", "各届学生逐年跟踪", columns, watched.cohorts())


def _recheck(watched: Monitoring) -> MonitoringTable:
    labels = {name: watched.label(kind, name).zh for kind, name, _ in watched.measures}
    columns = (
        _CODE, _plain("county_name", "县", width=20),
        Column("认定日期", "text", 12, lambda row: str(row["recognised_on"])), _YEAR,
        _plain("years_since", "认定后年数", "count"), _outcome("outcome", "结论"),
        Column("情况", "text", 12, lambda row: RECHECK_STATES[row["state"]]),
        Column("未达标的监测项", "wrapped", 60, lambda row: "、".join(labels[name] for name in row["failed"])),
        Column("首次未达标", "text", 12, lambda row: "" if row["first_failed"] is None else str(row["first_failed"])),
    )  # fmt: skip
    note = (
        f"认定日期为基本均衡认定日期；各学年按 {watched.standard.id} 判定。"
        "复查基本均衡请用 --standard CN/jiben_2012。整改台账和佐证材料在网上平台。"
    )
    return MonitoringTable("recheck", "认定以来各学年", columns, watched.recheck(), note)


def outcome_text(value: object) -> str:
    return "—" if value is None else Outcome(str(value)).zh
