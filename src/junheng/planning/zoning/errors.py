"""What can stand in the way of a zoning plan."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.base.errors import JunhengError


class InputsRefusedError(JunhengError):
    """The inputs have errors, by cell or by feature."""

    code = "JH-P050"
    zh = "{name} 有 {count} 处错误，没有求方案：{shown}"
    en = "{name} has {count} errors; no plan was made: {shown}"

    def __init__(self, *, name: str, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        more = f"……共 {len(lines)} 处" if len(lines) > 8 else ""
        super().__init__(name=name, count=len(lines), shown="；".join(lines[:8]) + more)


class NotGeoJsonError(JunhengError):
    """The file is no FeatureCollection of polygons and points."""

    code = "JH-P051"
    zh = "“{file}”{place}：{reason}。地图文件须是 GeoJSON 的 FeatureCollection，坐标为 WGS84，先经度后纬度。"
    en = "“{file}” {place}: {reason}. The map must be a GeoJSON FeatureCollection in WGS84, longitude first."


class NothingToZoneError(JunhengError):
    """No stage has both pupils and seats."""

    code = "JH-P052"
    zh = "没有可划片的学段{stage}：要有“地块生源”和在办学校的“学校学位”两张表的行。请补上后再求。"
    en = "There is nothing to zone{stage}: the stage needs rows of pupils and of seats of open schools."


class SchoolNowhereError(JunhengError):
    """A school stands in no known block."""

    code = "JH-P053"
    zh = "{count} 所学校不知道在哪个地块：{schools}。请填“所在地块”，或填坐标（经度、纬度）。"
    en = "The block of {count} schools is not known: {schools}. Give the block or the coordinates."


class BlockOutOfReachError(JunhengError):
    """No zone in one piece can take in some blocks."""

    code = "JH-P054"
    zh = (
        "{count} 个地块没有学校能连片划到：{blocks}。原因：{reason}。"
        "请核对相邻关系（有桥、渡口相通的补到“相邻地块”），或放宽最远路程、补上路程。"
    )
    en = "No school can take in {count} blocks: {blocks}. Reason: {reason}. Check the neighbours and the longest way."


class NeighboursUnknownError(JunhengError):
    """Neither outlines nor pairs say which blocks touch."""

    code = "JH-P055"
    zh = "{reason}。请用 --map 给出有地块边界的 GeoJSON，或填“相邻地块”表。"
    en = "It is not known which blocks touch ({reason}): give outlines with --map, or the table of neighbours."


class NoZoningFoundError(JunhengError):
    """The search ended without a plan."""

    code = "JH-P056"
    zh = "{seconds} 秒内没有找到各校连片的方案。请加长时间（--seconds），或放宽最远路程、补上相邻关系。"
    en = "No plan with whole zones was found in {seconds} seconds. Allow more time, or a longer way, or add neighbours."


class PlanRefusedError(JunhengError):
    """The checker found a fault in a plan: it is not shown."""

    code = "JH-P057"
    zh = "方案没有通过独立复核，不予给出：{faults}。这是程序的错误，请把输入文件和本句报告给维护者。"
    en = "The independent check refused the plan: {faults}. This is a fault of the program; please report it."


class SearchContradictsItselfError(JunhengError):
    """The solver says that there is no plan although one is known: no bound can be taken from that."""

    code = "JH-P059"
    zh = "求解器说没有方案，而程序手里已有一个，不能据此证明什么。这是程序的错误，请把输入文件和本句报告给维护者。"
    en = "The solver denies that there is a plan while one is known. This is a fault of the program; please report it."


class UnknownSchoolError(JunhengError):
    """A school to open or close is not listed, or the option does nothing."""

    code = "JH-P058"
    zh = "{option} {school}：{reason}。请核对“划片学校”表。"
    en = "{option} {school}: {reason}. Check the table of schools."
