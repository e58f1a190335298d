"""Errors of plans in the pages; those of the planners are their own."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class PlanRunningError(JunhengError):
    """A plan was to be deleted while it is being made."""

    code = "JH-B110"
    zh = "“{plan}”还在求，不能删除。请先取消任务，或等它完成。"
    en = "“{plan}” is still being made and cannot be deleted. Cancel its job first, or wait for its end."


class PlanKeptError(JunhengError):
    """A plan that somebody keeps was to be deleted."""

    code = "JH-B111"
    zh = "“{plan}”已标为保留，不能删除。请先取消保留。"
    en = "“{plan}” is kept and cannot be deleted. Release it first."


class PlanNotRunningError(JunhengError):
    """The best plan so far was asked for where nothing is being searched."""

    code = "JH-B112"
    zh = "“{plan}”没有在求，不用停。请刷新页面查看结果。"
    en = "“{plan}” is not being searched for. Reload the page to see what came of it."


class LinesNotReadError(JunhengError):
    """Lines that somebody pasted do not read."""

    code = "JH-B113"
    zh = "第 {line} 行“{text}”读不懂：{why}。请改成：{shape}。"
    en = "Line {line}, “{text}”, does not read: {why}. Write: {shape}."


class PlannerMissingError(JunhengError):
    """The solvers are not installed on this server."""

    code = "JH-B114"
    zh = "服务器上没有安装求解器（缺 {module}），不能求方案。请管理员运行 pip install 'junheng[plan]' 后重做。"
    en = "The solvers are not installed ({module} is missing). Ask your administrator to install junheng[plan]."


class InputFileTypeError(JunhengError):
    """A file of a kind that no planner reads was sent as inputs."""

    code = "JH-B115"
    zh = "“{file}”不是 {kinds} 文件，没有读取。请下载输入表，填好后原样上传。"
    en = "“{file}” is not a {kinds} file and was not read. Download the input workbook, fill it and send that."
