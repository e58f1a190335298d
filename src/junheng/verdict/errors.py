"""What can be wrong with a request to judge."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class NoDataForYearError(JunhengError):
    """Nothing was filed for the school year asked for."""

    code = "JH-V001"
    zh = "数据中没有 {year} 学年的学段情况，已填报的学年：{filed}。请核对评估日期，或用 --year 指定学年。"
    en = "No stage data were filed for the school year {year}; filed: {filed}."


class YearNotBegunError(JunhengError):
    """The school year asked for begins after the day judged."""

    code = "JH-V003"
    zh = "{year} 学年到 {day} 还没有开始，不能判定。请核对 --year 和评估日期。"
    en = "The school year {year} has not begun on {day}."


class GateNotUsedError(JunhengError):
    """A basic standard was given to a standard that asks for none, or what was given is not a basic standard."""

    code = "JH-V004"
    zh = (
        "{standard} 不能用 {gate} 作先决条件：前者须有“学校达到办学基本标准”这一条件，后者须是办学基本标准。"
        "请去掉 --gate，或换一个标准。"
    )
    en = "{standard} cannot use {gate} as its gate: one must ask for a basic standard, the other must be one."


class NotInJudgementError(JunhengError):
    """A school, stage or indicator that the judgement does not have was asked about."""

    code = "JH-V002"
    zh = "本次判定中没有{what} {name}。{known}"
    en = "The judgement has no {what} {name}. {known}"
