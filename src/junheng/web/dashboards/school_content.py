"""学校页: what is shown of one school, and of its peers no more than the person may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.reporting.charts.dot_plot import dot_plot
from junheng.reporting.charts.table import table
from junheng.verdict.judgement import Judgement
from junheng.web.dashboards import answers
from junheng.web.dashboards.doors import indicator_url, reasons_url, school_url
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.overview_content import confidence_of, language
from junheng.web.dashboards.school_lines import SchoolLine
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.web.templatetags.words import unit as unit_word

_EACH_SIDE = 12  # peers drawn on either side
_FEWEST_UNNAMED = 5  # fewer figures without names would give their schools away
_UPPER = ("at_most", "below")


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator of one stage of the school.

    Attributes:
        place: among ``of`` schools of the county and stage, 1 is the best; None where it has no value.
    """

    name: str
    label: str
    href: str
    reasons: str
    value: float | None
    unit: str
    absent: str | None
    operator: str
    limit: float | None
    outcome: str | None
    lack: str
    place: int | None
    of: int
    mean: float | None
    confidence: str
    confidence_word: str


@dataclass(frozen=True, slots=True)
class StageTable:
    stage: str
    line: SchoolLine
    because: str
    lines: tuple[IndicatorLine, ...]


def stage_tables(
    judgement: Judgement, evaluation: Evaluation, lines: Sequence[SchoolLine], *, sees_county: bool
) -> list[StageTable]:
    """The indicators of the school, a table a stage."""
    return [
        StageTable(
            line.stage,
            line,
            _why_left_out(judgement, line),
            tuple(_indicators(judgement, evaluation, line, sees_county=sees_county)) if line.outcome else (),
        )
        for line in lines
    ]


def _why_left_out(judgement: Judgement, line: SchoolLine) -> str:
    row = _row(judgement, line)
    if row["left_out"] is None:
        return ""
    return _("不计入判定：%(why)s") % {"why": label(judgement.standard.leave_out[row["left_out"]])}


def _row(judgement: Judgement, line: SchoolLine) -> Mapping[str, Any]:
    own = (pl.col("school_code") == line.school) & (pl.col("stage") == line.stage)
    return judgement.rows.filter(own).row(0, named=True)


def _indicators(
    judgement: Judgement, evaluation: Evaluation, line: SchoolLine, *, sees_county: bool
) -> list[IndicatorLine]:
    row = _row(judgement, line)
    peers = peers_of(judgement, row)
    means = _means(judgement, row)
    lacks = {lack.indicator: lack for lack in line.lacks}
    found = []
    for name, indicator in judgement.standard.resources.items():
        if f"{name}__outcome" not in row:
            continue
        own = lacks.get(name)
        confidence = confidence_of(judgement, name)
        place, of = _place(peers, name, row)
        found.append(
            IndicatorLine(
                name=name,
                label=answers.indicator_name(judgement, name),
                href=indicator_url(name, evaluation, stage=line.stage) if sees_county else "",
                reasons=reasons_url(evaluation, line.school, line.stage, name),
                value=row.get(f"{name}__value"),
                unit=indicator.unit,
                absent=row.get(f"{name}__absent"),
                operator="≤" if row.get(f"{name}__operator") in _UPPER else "≥",
                limit=row.get(f"{name}__limit"),
                outcome=row[f"{name}__outcome"],
                lack=_lack(own.amount, own.unit) if own else "",
                place=place,
                of=of,
                mean=means.get(name),
                confidence=confidence,
                confidence_word=answers.confidence_word(confidence) if confidence else "",
            )
        )
    return found


def _lack(amount: float | None, unit: str) -> str:
    if amount is None:
        return ""
    text = _("超出 %(amount)s") if amount < 0 else _("差 %(amount)s")
    return text % {"amount": answers.amount_words(abs(amount), unit)}


def peers_of(judgement: Judgement, row: Mapping[str, Any]) -> pl.DataFrame:
    """The schools of the same county and stage in scope."""
    return judgement.in_scope.filter((pl.col("county_code") == row["county_code"]) & (pl.col("stage") == row["stage"]))


def _means(judgement: Judgement, row: Mapping[str, Any]) -> dict[str, float | None]:
    own = (pl.col("county_code") == row["county_code"]) & (pl.col("stage") == row["stage"])
    return dict(judgement.balance.filter(own).select("indicator", "mean").iter_rows())


def _place(peers: pl.DataFrame, name: str, row: Mapping[str, Any]) -> tuple[int | None, int]:
    """Equal values share the better place."""
    values = peers[f"{name}__value"].drop_nulls() if f"{name}__value" in peers.columns else pl.Series([])
    own = row.get(f"{name}__value")
    if own is None:
        return None, values.len()
    better = (values < own) if row.get(f"{name}__operator") in _UPPER else (values > own)
    return int(better.sum()) + 1, values.len()


def among_peers(
    judgement: Judgement, evaluation: Evaluation, line: SchoolLine, name: str, visible: AbstractSet[str]
) -> dict[str, Any] | None:
    """A dot plot of the school and those next to it; None where it would tell too much.

    Args:
        visible: the schools whose names the person may see; the others have neither name nor address.
    """
    row = _row(judgement, line)
    column = f"{name}__value"
    peers = peers_of(judgement, row)
    if row.get(column) is None or name not in judgement.standard.resources:
        return None
    peers = peers.filter(pl.col(column).is_finite()).sort(column, "school_code")
    unnamed = peers.filter(~pl.col("school_code").is_in([*visible])).height
    codes = peers["school_code"].to_list()
    if line.school not in codes or 0 < unnamed < _FEWEST_UNNAMED:
        return None
    at = codes.index(line.school)
    near = peers.slice(max(at - _EACH_SIDE, 0), 2 * _EACH_SIDE + 1)
    rows = [_dot(entry, name, line.school, visible, evaluation) for entry in near.iter_rows(named=True)]
    indicator = judgement.standard.resources[name]
    spec = dot_plot(
        rows,
        title=answers.indicator_name(judgement, name),
        unit=unit_word(indicator.unit),
        limit=row.get(f"{name}__limit"),
        direction="at_most" if row.get(f"{name}__operator") in _UPPER else "at_least",
        mean=_means(judgement, row).get(name),
        language=language(),
    )
    heads = [("school", _("学校")), ("value", answers.indicator_name(judgement, name)), ("word", _("结论"))]
    return {"spec": spec, "table": table(rows, heads), "drawn": near.height, "of": peers.height}


def _dot(
    row: Mapping[str, Any], name: str, mine: str, visible: AbstractSet[str], evaluation: Evaluation
) -> dict[str, Any]:
    code = row["school_code"]
    known = code in visible
    return {
        "school": (row["school_name"] or code) if known else _("其他学校"),
        "value": row[f"{name}__value"],
        "outcome": row[f"{name}__outcome"],
        "word": outcome_word(row[f"{name}__outcome"]),
        "href": school_url(code, evaluation) if known and code != mine else "",
        "mine": code == mine,
    }


def campuses_of(judgement: Judgement, school: str) -> list[str]:
    """The campuses that are judged with this school."""
    return judgement.computed.members.filter(pl.col("home") == school)["school_code"].to_list()


def home_of(judgement: Judgement, school: str) -> str:
    """The main school that a campus is judged with; empty where it is judged on its own, or not at all."""
    found = judgement.computed.members.filter(pl.col("school_code") == school)["home"].to_list()
    return found[0] if found else ""
