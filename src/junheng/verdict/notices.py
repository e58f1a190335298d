"""提醒: what does not change a verdict but should be known before one relies on it."""

from __future__ import annotations

import polars as pl

from junheng.base.terms import Stage
from junheng.verdict.balance import NEAR_LIMIT
from junheng.verdict.item_words import at_most_words
from junheng.verdict.judge import current_year
from junheng.verdict.judgement import Judgement
from junheng.verdict.sentences import indicator_label

_NAMED = 5


def notices(judgement: Judgement) -> list[str]:
    """Sentences on data or rules that may be out of date, on values close to a limit, and on scores that were given."""
    return [
        *_old_data(judgement),
        *_old_rules(judgement),
        *_close_to_limits(judgement),
        *_more_than_deductions_leave(judgement),
    ]


def _old_data(judgement: Judgement) -> list[str]:
    current, year = current_year(judgement.day), judgement.year
    if year >= current:
        return []
    return [f"评估日期在 {current} 学年，判定用的是 {year} 学年的数据。请核对是否有更新的填报。"]


def _old_rules(judgement: Judgement) -> list[str]:
    checked = judgement.standard.in_force.checked_on
    if judgement.day <= checked.replace(year=checked.year + 1, day=min(checked.day, 28)):
        return []
    return [f"标准 {judgement.standard.id} 最近核对于 {checked}，此后一年多没有核对过。请确认其间没有新的规定。"]


def _close_to_limits(judgement: Judgement) -> list[str]:
    found = []
    near = judgement.balance.filter(pl.col("near").fill_null(False))
    if near.height:
        names = [f"{Stage(s).zh}{indicator_label(judgement, i)}" for s, i in near.select("stage", "indicator").rows()]
        found.append(f"差异系数与限值之差小于 0.0005，请核对原始数据：{'、'.join(names[:_NAMED])}{_more(names)}。")
    rows = judgement.in_scope
    schools = []
    for name, indicator in judgement.standard.resources.items():
        if f"{name}__limit" in rows.columns:
            # A whole number has no digits that a slip or a printed table could have lost.
            value = pl.col(f"{name}__value")
            close = ((value - pl.col(f"{name}__limit")).abs() < NEAR_LIMIT) & (value != value.round())
            schools += [f"{school}（{indicator.label.zh}）" for school in rows.filter(close)["school_name"]]
    if schools:
        found.append(f"学校指标与限值之差小于 0.0005，请核对原始数据：{'、'.join(schools[:_NAMED])}{_more(schools)}。")
    return found


def _more_than_deductions_leave(judgement: Judgement) -> list[str]:
    """Scores that people gave although a check that the item has takes more off."""
    parts = dict(judgement.standard.parts())
    found = [
        f"{parts[part].items[item].label.zh}（{at_most_words(left)}）"
        for (_, part), score in judgement.scores.items()
        for item, left in score.exceeded.items()
    ]
    if not found:
        return []
    return [f"填报的得分高于按扣分规则所余，以填报的为准，请核对：{'、'.join(found[:_NAMED])}{_more(found)}。"]


def _more(names: list[str]) -> str:
    return f" 等 {len(names)} 项" if len(names) > _NAMED else ""
