"""From a judgement to what has to be mended: one entry for every failed or undecided requirement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl
from django.utils.translation import gettext_noop

from junheng.base.exact import half_up, plain
from junheng.base.outcome import Outcome
from junheng.base.terms import Absence, Stage
from junheng.verdict.blocking import blocking_schools
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages
from junheng.verdict.sentences import indicator_label

_FAILED = (str(Outcome.UNMET), str(Outcome.UNKNOWN))
_PASSED = {str(Outcome.MET), str(Outcome.TOLERATED)}
_GATE = "gate"
_OPEN = gettext_noop("尚未认定或缺数据")
_NO_MEAN = gettext_noop("平均值为 0，不可计算")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One requirement that is missed or cannot be decided. ``school`` is empty where it is the county's."""

    key: str
    school: str
    part: str
    outcome: str
    title: str
    indicator: str = ""
    stage: str = ""
    lacks: str = ""
    amount: Decimal | None = None
    unit: str = ""
    office: str = ""
    plan: str = ""


def gaps_in(judgement: Judgement, county: str) -> list[Found]:
    """Everything that stands between a county and the standard, in the order in which it is judged."""
    return [
        *_of_gate(judgement, county),
        *_of_schools(judgement, county),
        *_of_balance(judgement, county),
        *_of_items(judgement, county),
    ]


def passed_in(judgement: Judgement, county: str) -> set[str]:
    """The keys of what a judgement decided to be as the standard asks; what it could not decide is not among them."""
    return {
        *_passed_gate(judgement, county),
        *_passed_of_schools(judgement, county),
        *_passed_of_county(judgement, county),
    }


def _passed_gate(judgement: Judgement, county: str) -> Iterator[str]:
    if judgement.gate is not None:
        outcomes: dict[str, set[str]] = {}
        for row in _rows(judgement.gate.in_scope.filter(pl.col("county_code") == county)):
            outcomes.setdefault(row["school_code"], set()).add(row["outcome"])
        yield from (f"{_GATE}/{school}" for school, found in outcomes.items() if found <= _PASSED)


def _passed_of_schools(judgement: Judgement, county: str) -> Iterator[str]:
    resources = judgement.standard.resources
    bundles = [(name, entry.formula.of) for name, entry in resources.items() if entry.formula.kind == "some_of"]
    for row in _rows(judgement.in_scope.filter(pl.col("county_code") == county)):
        passed = {name for name in resources if row.get(f"{name}__outcome") in _PASSED}
        for bundle, parts in bundles:
            passed |= set(parts) if bundle in passed else set()
        # Nothing is asked any more of a school that passes as a whole.
        for name in resources if row["outcome"] in _PASSED else passed:
            yield f"{RESOURCES}/{row['school_code']}/{row['stage']}/{name}"


def _passed_of_county(judgement: Judgement, county: str) -> Iterator[str]:
    passed = (pl.col("county_code") == county) & pl.col("outcome").is_in(sorted(_PASSED))
    for row in _rows(judgement.balance.filter(passed)):
        yield f"{BALANCE}/{row['stage']}/{row['indicator']}"
    for row in _rows(judgement.items.filter(passed)):
        yield f"{row['part']}/{row['item']}"


def _of_gate(judgement: Judgement, county: str) -> Iterator[Found]:
    if judgement.gate is not None:
        title = f"未达到《{judgement.gate.standard.label.zh}》"  # zh: data
        for school in blocking_schools(judgement, county)["school_code"]:
            yield Found(f"{_GATE}/{school}", school, _GATE, str(Outcome.UNMET), title)


def _of_schools(judgement: Judgement, county: str) -> Iterator[Found]:
    """Of a school that fails, what is tolerated stands here too: it counts to what the school may miss."""
    standard = judgement.standard
    lacking = {(row["school_code"], row["stage"], row["indicator"]): row for row in _rows(shortages(judgement))}
    concerned = judgement.in_scope.filter((pl.col("county_code") == county) & pl.col("outcome").is_in(_FAILED))
    for row in _rows(concerned):
        for name, indicator in standard.resources.items():
            outcome = row.get(f"{name}__outcome")
            lack = lacking.get((row["school_code"], row["stage"], name))
            # What is a part of a bundle is a gap only where it lacks something; the bundle stands for it else.
            if lack is None and (name not in standard.counted() or outcome not in _FAILED):
                continue
            amount, text = _lack(row, name, lack)
            yield Found(
                key=f"{RESOURCES}/{row['school_code']}/{row['stage']}/{name}",
                school=row["school_code"],
                part=RESOURCES,
                outcome=outcome or str(Outcome.UNKNOWN),
                title=f"{Stage(row['stage']).zh}：{indicator.label.zh}",
                indicator=name,
                stage=row["stage"],
                lacks=text,
                amount=amount,
                unit=lack["unit"] if lack and amount is not None else "",
            )


def _lack(row: Row, name: str, lack: Row | None) -> tuple[Decimal | None, str]:
    if lack is None or lack["lack"] is None:
        absent = row.get(f"{name}__absent")
        return None, Absence(absent).zh if absent else ""
    amount = half_up(abs(lack["lack"]), 2)
    word = "差" if lack["lack"] > 0 else "超出"  # zh: data
    text = f"{word} {plain(amount)} {lack['unit']}"
    if lack["lack_to_rest"] and lack["outcome"] == Outcome.UNMET:
        text += f"（到余项底线差 {plain(half_up(abs(lack['lack_to_rest']), 2))} {lack['unit']}）"  # zh: data
    return (amount if lack["lack"] > 0 else -amount), text


def _of_balance(judgement: Judgement, county: str) -> Iterator[Found]:
    failed = judgement.balance.filter(
        (pl.col("county_code") == county) & pl.col("limit").is_not_null() & pl.col("outcome").is_in(_FAILED)
    )
    for row in _rows(failed):
        if row["outcome"] == Outcome.UNMET:
            digits = 6 if row["near"] else 3
            lacks = f"{half_up(row['cv'], digits)} ＞ {plain(row['limit'], 4)}"
        else:
            lacks = f"{row['absent']} 所缺数据" if row["absent"] else _NO_MEAN  # zh: data
        yield Found(
            key=f"{BALANCE}/{row['stage']}/{row['indicator']}",
            school="",
            part=BALANCE,
            outcome=row["outcome"],
            title=f"{Stage(row['stage']).zh}：{indicator_label(judgement, row['indicator'])}差异系数",  # zh: data
            indicator=row["indicator"],
            stage=row["stage"],
            lacks=lacks,
        )


def _of_items(judgement: Judgement, county: str) -> Iterator[Found]:
    parts = dict(judgement.standard.parts())
    failed = judgement.items.filter((pl.col("county_code") == county) & pl.col("outcome").is_in(_FAILED))
    for row in _rows(failed):
        item = parts[row["part"]].items[row["item"]]
        yield Found(
            key=f"{row['part']}/{row['item']}",
            school="",
            part=row["part"],
            outcome=row["outcome"],
            title=item.label.zh,
            indicator=row["item"],
            lacks=_missed(judgement, county, row) or ("" if row["outcome"] == Outcome.UNMET else _OPEN),
            office=row["responsible"] or "",
            plan=row["plan"] or "",
        )


def _missed(judgement: Judgement, county: str, row: Row) -> str:
    """How many schools (or stages) miss the checks of an item."""
    item = dict(judgement.standard.parts())[row["part"]].items[row["item"]]
    here = (pl.col("county_code") == county) & (pl.col("part") == row["part"]) & (pl.col("item") == row["item"])
    words = []
    for check in _rows(judgement.checks.filter(here & (pl.col("unmet") > 0))):
        level = item.checks[check["check"]].level
        if level != "county":
            words.append(f"{check['unmet']} {'个学段' if level == 'county_stage' else '所'}未达到")  # zh: data
    return "；".join(dict.fromkeys(words))


def _rows(frame: pl.DataFrame) -> Iterator[Row]:
    return frame.iter_rows(named=True)
