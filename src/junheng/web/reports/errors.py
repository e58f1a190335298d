"""Errors of reports in the pages; those of the reports themselves are their own."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class ReportRunningError(JunhengError):
    """A report was to be deleted while it is being written."""

    code = "JH-B120"
    zh = "“{report}”还在生成，不能删除。请先取消任务，或等它完成。"
    en = "“{report}” is still being written and cannot be deleted. Cancel its job first, or wait for its end."


class ReportKeptError(JunhengError):
    """A report that somebody keeps was to be deleted."""

    code = "JH-B121"
    zh = "“{report}”已标为保留，不能删除。请先取消保留。"
    en = "“{report}” is kept and cannot be deleted. Release it first."


class PlanGoneError(JunhengError):
    """The plan that a report was to draw on was deleted meanwhile."""

    code = "JH-B122"
    zh = "“{report}”要用的方案已被删除，没有生成。请重新选一个方案再生成。"
    en = "The plan that “{report}” draws on was deleted; nothing was written. Choose another plan."


class ReportUnreadableError(JunhengError):
    """What was kept of a report was written by a version that this one does not understand."""

    code = "JH-B123"
    zh = "“{report}”是用别的版本生成的，不能在页面上显示。文件仍可下载；要在页面上看，请点“改后再生成”。"
    en = "“{report}” was made by another version and cannot be shown. Its files are there; make it again to see it."


class UnknownReportError(JunhengError):
    """A Word file was sent whose report this person does not find here."""

    code = "JH-B124"
    zh = "在您看得到的报告里，没有“{file}”这一份：不是在这里生成的，或已删除。请选从这里下载的 Word 文件。"
    en = "“{file}” is none of the reports that you see: not made here, or deleted. Choose a Word file from here."


class NotComparableError(JunhengError):
    """A Word file was sent of a kind that is not compared with today's data."""

    code = "JH-B125"
    zh = "“{report}”是{kind}，不在页面上核对、更新。请直接再生成一份。"
    en = "“{report}” is {kind}, which is not compared here. Make it once more instead."


class TooLongToCheckError(JunhengError):
    """A Word file was sent that would take too long to read while somebody waits."""

    code = "JH-B126"
    zh = "“{file}”解开后有 {size} MB，超过 {limit} MB，没有读取。请直接再生成一份，或用 junheng report verify 核对。"
    en = "“{file}” unpacks to {size} MB, more than {limit} MB. Make it once more, or use junheng report verify."


class NothingToCompareError(JunhengError):
    """There is no judgement of the report's year and standard any more that this person sees."""

    code = "JH-B127"
    zh = "“{report}”的学年现在没有按这个标准的判定，不能核对。请先在县域总览判定一次。"
    en = "There is no judgement of the year and standard of “{report}” to compare with. Judge the county first."
