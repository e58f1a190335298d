"""门槛前置校验: the schools that keep a county out because they miss the basic standard judged beside."""

from __future__ import annotations

import polars as pl

from junheng.base.outcome import Outcome
from junheng.verdict.judgement import Judgement

_NAMED = 5


def blocking_schools(judgement: Judgement, county: str) -> pl.DataFrame:
    """The schools of a county that miss the basic standard: school_code, school_name; empty without a basic standard.

    A school with several stages stands here once.
    """
    if judgement.gate is None:
        return pl.DataFrame(schema={"school_code": pl.String, "school_name": pl.String})
    rows = judgement.gate.in_scope.filter((pl.col("county_code") == county) & (pl.col("outcome") == str(Outcome.UNMET)))
    return rows.select("school_code", "school_name").unique("school_code", maintain_order=True)


def blocked_sentence(judgement: Judgement, county: str) -> str:
    """``先决条件未达到：3 所学校未达到办学基本标准（…）``; empty where nothing keeps the county out."""
    gate = judgement.gate
    if gate is None or gate.outcome(county) != Outcome.UNMET:
        return ""
    schools = blocking_schools(judgement, county)
    title = f"《{gate.standard.label.zh}》"
    if schools.is_empty():
        return f"先决条件未达到：{title}未达标。"
    names = [name or code for code, name in schools.iter_rows()]
    more = f" 等 {len(names)} 所" if len(names) > _NAMED else ""
    listed = "、".join(names[:_NAMED]) + more
    return f"先决条件未达到：{len(names)} 所学校未达到{title}——{listed}。"
