"""What a reader of a resource plan has to know beside its figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Absence, Label, Stage
from junheng.planning.documents import listed
from junheng.planning.resources.measures import all_measures
from junheng.planning.resources.parts import outcome_of, part_name
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.verdict.judgement import Judgement

if TYPE_CHECKING:
    from junheng.planning.resources.plan import ResourcePlan


def notes(plan: ResourcePlan) -> Iterator[Label]:
    """The notes of a plan, in both languages."""
    yield Label(
        "单价由填报人核实；花费只按这些单价计算。新聘教师按一年工资计，以后每年还要发。",
        "Unit costs are those confirmed in the inputs. Teachers hired are counted with one year's pay, which is due "
        "again every year after.",
    )
    if count := len(plan.inputs.supposed):
        yield Label(
            f"有 {count} 个数没有填报，方案按假定值计算；补报后须重新求方案。",
            f"Values not filed and therefore supposed: {count}. Make the plan again when they are filed.",
        )
    if any(all_measures()[dated.addition.measure].moves for dated in plan.additions):
        yield Label(
            "调配按数量求得；所调教师是否符合所写的条件须对照名册，再由交流轮岗方案落实到人。",
            "Moves are numbers; whether teachers are as assumed, and who goes, is to be settled by the roster.",
        )
    for part in (RESOURCES, BALANCE):
        if outcome_of(plan.after, plan.county, part) == str(Outcome.UNKNOWN):
            yield _still_open(plan.after, plan.county, part)
    if plan.statement.left:
        names = listed([plan.statement.labels[name] for name in plan.statement.left])
        yield Label(
            f"没有措施能改变的指标按现状计：{names.zh}。",
            f"Indicators that no measure changes are taken as they are: {names.en}.",
        )


def _still_open(after: Judgement, county: str, part: str) -> Label:
    """That a part is not decided after the plan either, and why."""
    name = part_name(after, part)
    causes = [*_without_schools(after, county)]
    causes += _open_requirements(after, county) if part == RESOURCES else _open_coefficients(after, county)
    zh, en = "；".join(cause.zh for cause in causes), "; ".join(cause.en for cause in causes)
    return Label(
        f"方案之后，“{name.zh}”仍无法判定{f'：{zh}' if zh else ''}。",
        f"After the plan the part “{name.en}” is still open{f': {en}' if en else ''}.",
    )


def _without_schools(after: Judgement, county: str) -> Iterator[Label]:
    there = set(after.in_scope.filter(pl.col("county_code") == county)["stage"])
    for stage in after.standard.stages:
        if stage not in there:
            yield Label(f"没有参加判定的{Stage(stage).zh}学校", f"no school of the stage {stage} is judged")


def _open_requirements(after: Judgement, county: str) -> Iterator[Label]:
    """What leaves schools open: rules and limits that nobody has seen, and blanks."""
    standard, rule = after.standard, after.standard.school_rule
    if rule is None:
        return
    if rule.not_seen:
        yield Label(f"标准另有 {rule.not_seen} 项要求没有见到", f"requirements not seen: {rule.not_seen}")
    if rule.not_found:
        yield Label("学校怎样算达标，标准的规定没有见到", "how a school passes was not seen")
    if rule.score and rule.score.at_least is None:
        yield Label("学校的及格分没有见到", "the pass mark of schools was not seen")
    blank: list[Label] = []
    unseen: list[Label] = []
    rows = after.in_scope.filter(pl.col("county_code") == county)
    for name in standard.counted():
        unknown = rows.filter(pl.col(f"{name}__outcome") == str(Outcome.UNKNOWN))[f"{name}__absent"]
        label = standard.resources[name].label
        blank += [label] if (unknown == str(Absence.NOT_FILED)).any() else []
        unseen += [label] if unknown.null_count() else []
    yield from _of_values(blank, unseen)


def _open_coefficients(after: Judgement, county: str) -> Iterator[Label]:
    """What leaves the balance open: coefficients that blanks leave without a value, and limits nobody has seen."""
    standard = after.standard
    own = after.balance.filter(pl.col("county_code") == county)
    limited = own.filter(pl.col("limit").is_not_null())
    if limited.is_empty():
        yield Label("差异系数的限值没有见到", "the limits of the coefficients were not seen")
    unknown = limited.filter((pl.col("outcome") == str(Outcome.UNKNOWN)) & pl.col("cv").is_null())
    named = [name for name in dict.fromkeys(unknown["indicator"]) if name in standard.resources]
    yield from _of_values([standard.resources[name].label for name in named], [])


def _of_values(blank: list[Label], unseen: list[Label]) -> Iterator[Label]:
    if blank:
        names = listed(blank)
        yield Label(f"有学校没有填报{names.zh}要用的数", f"some schools did not file what {names.en} is computed from")
    if unseen:
        names = listed(unseen)
        yield Label(f"{names.zh}的标准值没有见到", f"limits not seen: {names.en}")
