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
