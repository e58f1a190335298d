"""What can be wrong with a request to judge."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class NoDataForYearError(JunhengError):
    """Nothing was filed for the school year asked for."""

    code = "JH-V001"
    zh = "数据中没有 {year} 学年的学段情况，已填报的学年：{filed}。请核对评估日期，或用 --year 指定学年。"
    en = "No stage data were filed for the school year {year}; filed: {filed}."


class NotInJudgementError(JunhengError):
    """A school, stage or indicator that the judgement does not have was asked about."""

    code = "JH-V002"
    zh = "本次判定中没有{what} {name}。{known}"
    en = "The judgement has no {what} {name}. {known}"
