"""Why there is no plan: the most that can move, or the fewest rules that cannot hold together, in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from math import floor

import numpy as np

from junheng.base.errors import JunhengError
from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.planning.rotation.errors import RulesInConflictError, ShareOutOfReachError
from junheng.planning.rotation.inputs import Inputs
from junheng.planning.rotation.model import RULES, build, moves_needed
from junheng.planning.rotation.rules import label_of, unit_of
from junheng.planning.rotation.solve import solve

_OWN_WORDS = {
    "assignments": Label("花名册“指定交流到”", "the fixed assignments of the roster"),
    "staffed": Label("现有学科调出后不断人", "every subject now taught stays taught"),
}


def why_none(inputs: Inputs, *, seconds: float) -> JunhengError:
    """The error that says why no plan meets the rules.

    Args:
        seconds: what each of the trials may take; a rule whose trial runs out of time counts as part of the conflict.
    """
    if _possible(inputs, {"least_share"}, seconds) is not False:
        return _out_of_reach(inputs, seconds)
    left_out: set[str] = set()
    for rule in RULES:  # the deletion filter: what need not be there for the conflict is dropped for good
        if _possible(inputs, {*left_out, rule}, seconds) is False:
            left_out.add(rule)
    conflict = [rule for rule in reversed(RULES) if rule not in left_out]
    words = [rule_words(rule, inputs) for rule in conflict]
    return RulesInConflictError(
        names=conflict, rules="；".join(word.zh for word in words), rules_en="; ".join(word.en for word in words)
    )


def rule_words(rule: str, inputs: Inputs) -> Label:
    """A rule with the value it has, in words."""
    if rule in _OWN_WORDS:
        return _OWN_WORDS[rule]
    label, value = label_of(rule), plain(inputs.rules[rule] or 0)
    unit = unit_of(rule)
    return Label(f"{label.zh} {value}{unit.zh}", f"{label.en} {value} {unit.en}")


def _out_of_reach(inputs: Inputs, seconds: float) -> ShareOutOfReachError:
    needed = moves_needed(inputs)
    most = min(needed - 1, _most_moves(inputs, seconds))
    used = [rule for rule in RULES if rule not in inputs.rules.values or inputs.rules[rule] is not None]
    binding = [rule for rule in used if rule != "least_share" and _possible(inputs, {rule}, seconds)]
    words = [rule_words(rule, inputs) for rule in binding]
    if words:
        named, which = "、".join(f"“{word.zh}”" for word in words), "它" if len(words) == 1 else "其中任何一条"
        zh = f"卡在{named}：不受{which}约束就够了。"
        en = f"Without {' or without '.join(word.en for word in words)} it would be within reach."
    else:
        zh = "单独放宽哪一条规则都不够：能动的教师太少，请核对“不能交流的原因”，或同时放宽几条规则。"
        en = "No single rule is to blame: too few teachers can move. See who must stay, or relax several rules."
    return ShareOutOfReachError(
        share=plain(inputs.rules["least_share"] or 0),
        eligible=inputs.eligible,
        needed=needed,
        most=most,
        reached=plain(Fraction(100 * most, inputs.eligible), 2),
        relief=zh,
        relief_en=en,
    )


def _possible(inputs: Inputs, without: Collection[str], seconds: float) -> bool | None:
    """Whether the other rules allow a plan; None where time ran out."""
    model = build(inputs, (), without=without)
    free = replace(model.program, cost=np.zeros(model.program.size))
    answer = solve(free, flows=model.arcs, seconds=seconds)
    if answer.status == "infeasible":
        return False
    return True if answer.x is not None else None


def _most_moves(inputs: Inputs, seconds: float) -> int:
    """No more teachers than this can move under the rules beside the least share; so many can, if time sufficed."""
    model = build(inputs, (), without={"least_share"})
    cost = np.where(np.arange(model.program.size) < model.arcs, -1.0, 0.0)
    answer = solve(replace(model.program, cost=cost), flows=model.arcs, seconds=seconds)
    return floor(-answer.bound) if np.isfinite(answer.bound) else inputs.eligible
