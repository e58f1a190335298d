"""提醒: what does not change a verdict but should be known before one relies on it."""

from __future__ import annotations

from junheng.verdict.judgement import Judgement


def notices(judgement: Judgement) -> list[str]:
    """Sentences on data or rules that may be out of date, and on values that lie close to a limit."""
    return [*_old_data(judgement), *_old_rules(judgement), *_close_to_limits(judgement)]


def _old_data(judgement: Judgement) -> list[str]:
    day, year = judgement.day, judgement.year
    current = day.year if (day.month, day.day) >= (9, 1) else day.year - 1
    if year >= current:
        return []
    return [f"评估日期在 {current} 学年，判定用的是 {year} 学年的数据。请核对是否有更新的填报。"]


def _old_rules(judgement: Judgement) -> list[str]:
    checked = judgement.standard.in_force.checked_on
    if judgement.day <= checked.replace(year=checked.year + 1, day=min(checked.day, 28)):
        return []
    return [f"标准 {judgement.standard.id} 最近核对于 {checked}，此后一年多没有核对过。请确认其间没有新的规定。"]


def _close_to_limits(judgement: Judgement) -> list[str]:
    close = judgement.balance["near"].fill_null(False).sum()
    return [f"有 {close} 个差异系数与限值之差小于 0.0005，请核对原始数据。"] if close else []
