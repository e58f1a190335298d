"""What can stand in the way of monitoring."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.base.errors import JunhengError
from junheng.tables.finding import Finding


class TargetsRefusedError(JunhengError):
    """The staged targets do not read."""

    code = "JH-M001"
    zh = "阶段目标 {name} 有 {count} 处错误，没有采用。第一处——{first}"
    en = "The targets in {name} have {count} errors and were not used. The first: {first}"

    def __init__(self, *, name: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        first = f"{findings[0].cell}：{findings[0].message}"
        super().__init__(name=name, count=len(findings), first=first)


class NoTargetsError(JunhengError):
    """A workbook of targets without any."""

    code = "JH-M002"
    zh = "{name} 里没有一行阶段目标。请在“达标比例目标”或“县级达标时间”里至少填一行，再重试。"
    en = "There is not one target in {name}: fill in a share or a county at least."


class TargetRegionError(JunhengError):
    """A target of something that is no region: no county would ever count in it."""

    code = "JH-M006"
    zh = "阶段目标 {name} {cell}：地区代码“{region}”看不懂，没有采用。全国写 CN，省写两位数字，市四位，县六位。"
    en = "{name} {cell}: “{region}” is no region; the targets were not used. Write CN, or 2, 4 or 6 digits."


class MeasureUnknownError(JunhengError):
    """A measure was asked for that nothing was observed of."""

    code = "JH-M003"
    zh = "没有名为“{name}”的监测项。差异系数要写学段，其他的不写。可用的有：{known}。"
    en = "There is no measure “{name}”. Coefficients are of a stage, other measures are not. There are: {known}."


class YearNotMonitoredError(JunhengError):
    """A school year was asked for that was not judged."""

    code = "JH-M004"
    zh = "没有判定过 {year} 学年；已有的学年：{known}。请先判定这一学年，或换一个学年。"
    en = "{year} was not judged; there are {known}. Judge it first, or choose another year."


class NothingJudgedError(JunhengError):
    """There is a place for counties, but nothing of the region was judged by the standard."""

    code = "JH-M005"
    zh = (
        "{folder} 里没有按 {standard} 判定过的数据（地区：{region}）；按它判定过的学年：{known}。"
        "请先用“junheng nation load”入库，用“junheng nation judge --standard {standard}”判定，或换一个地区。"
    )
    en = (
        "Nothing in {folder} was judged by {standard} (region: {region}); judged by it: {known}. Load the counties, "
        "judge them, or choose another region."
    )
