"""Why there is no plan: the most that can move, or the rules that cannot hold together, in words."""

from __future__ import annotations

import time
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


class _Clock:
    """One budget of time for all trials: none may take more than half of what is left."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def next(self) -> float:
        """Seconds for the next trial; 0 where nothing is left."""
        return max(0.0, (self._ends - time.monotonic()) / 2)


def why_none(inputs: Inputs, *, seconds: float) -> JunhengError:
    """The error that says why no plan meets the rules.

    Args:
        seconds: what all trials together may take; a rule whose trial runs out of time is named as not proven.
    """
    clock = _Clock(seconds)
    if _possible(inputs, {"least_share"}, clock):
        return _out_of_reach(inputs, clock)
    left_out: set[str] = set()
    unproven = []
    for rule in RULES:  # the deletion filter: what need not be there for the conflict is dropped for good
        if rule in inputs.rules.values and inputs.rules[rule] is None:
            left_out.add(rule)
            continue
        possible = _possible(inputs, {*left_out, rule}, clock)
        if possible is False:
            left_out.add(rule)
        elif possible is None:
            unproven.append(rule)
    conflict = [rule for rule in reversed(RULES) if rule not in left_out]
    return RulesInConflictError(
        names=conflict,
        unproven=unproven,
        rules=Label(
            "；".join(rule_words(rule, inputs).zh for rule in conflict),
            "; ".join(rule_words(rule, inputs).en for rule in conflict),
        ),
        relief=_relief(unproven, inputs),
    )


def _relief(unproven: Collection[str], inputs: Inputs) -> Label:
    if not unproven:
        return Label(
            "放宽其中任何一条，这几条就能同时成立；如还有别的冲突，再求时会指出。",
            "Relaxing any one of them resolves it; any other conflict is told the next time.",
        )
    words = [rule_words(rule, inputs) for rule in unproven]
    named = "、".join(f"“{word.zh}”" for word in words)
    return Label(
        f"时间不够，{named}是否与冲突有关没有证明；可用 --seconds 给更多时间。",
        f"Time ran out: not proven to be part of it: {'; '.join(word.en for word in words)}.",
    )


def rule_words(rule: str, inputs: Inputs) -> Label:
    """A rule with the value it has, in words."""
    if rule in _OWN_WORDS:
        return _OWN_WORDS[rule]
    label, value = label_of(rule), plain(inputs.rules[rule] or 0)
    unit = unit_of(rule)
    return Label(f"{label.zh} {value}{unit.zh}", f"{label.en} {value} {unit.en}")


def _out_of_reach(inputs: Inputs, clock: _Clock) -> ShareOutOfReachError:
    needed = moves_needed(inputs)
    bound, proven = _most_moves(inputs, clock)
    most = min(needed - 1, bound)
    relief = Label("只有一所学校，没有别的学校可去。", "There is one school alone, and no other to go to.")
    if len(inputs.schools) > 1:
        relief = _what_binds(inputs, clock)
    if not proven:
        relief = Label(
            f"{relief.zh}时间不够，{most} 人是否真能达到没有证明。",
            f"{relief.en} Time ran out: whether {most} can be reached is not proven.",
        )
    return ShareOutOfReachError(
        share=plain(inputs.rules["least_share"] or 0),
        eligible=inputs.eligible,
        needed=needed,
        most=most,
        reached=plain(Fraction(100 * most, inputs.eligible), 2),
        relief=relief,
    )


def _what_binds(inputs: Inputs, clock: _Clock) -> Label:
    """The rules of which any one left out would bring the share within reach."""
    used = [rule for rule in RULES if rule not in inputs.rules.values or inputs.rules[rule] is not None]
    trials = {rule: _possible(inputs, {rule}, clock) for rule in used if rule != "least_share"}
    words = [rule_words(rule, inputs) for rule, possible in trials.items() if possible]
    untold = [rule_words(rule, inputs) for rule, possible in trials.items() if possible is None]
    if words:
        named, which = "、".join(f"“{word.zh}”" for word in words), "它" if len(words) == 1 else "其中任何一条"
        zh = f"卡在{named}：不受{which}约束就够了。"
        en = f"Without {' or without '.join(word.en for word in words)} it would be within reach."
    elif untold:
        zh, en = "还没有找出卡在哪一条规则。", "Which rule is to blame was not found out."
    else:
        zh = "单独放宽哪一条规则都不够：能动的教师太少，请核对“不能交流的原因”，或同时放宽几条规则。"
        en = "No single rule is to blame: too few teachers can move. See who must stay, or relax several rules."
    if untold:
        zh += f"时间不够，没有试完：{'、'.join(word.zh for word in untold)}。"
        en += f" Time ran out before these were tried: {'; '.join(word.en for word in untold)}."
    return Label(zh, en)


def _possible(inputs: Inputs, without: Collection[str], clock: _Clock) -> bool | None:
    """Whether the other rules allow a plan; None where time ran out."""
    if not (seconds := clock.next()):
        return None
    model = build(inputs, (), without=without)
    free = replace(model.program, cost=np.zeros(model.program.size))
    answer = solve(free, flows=model.arcs, seconds=seconds)
    if answer.status == "infeasible":
        return False
    return True if answer.x is not None else None


def _most_moves(inputs: Inputs, clock: _Clock) -> tuple[int, bool]:
    """No more teachers than this can move under the rules beside the least share; whether so many surely can."""
    if not (seconds := clock.next()):
        return inputs.eligible, False
    model = build(inputs, (), without={"least_share"})
    cost = np.where(np.arange(model.program.size) < model.arcs, -1.0, 0.0)
    answer = solve(replace(model.program, cost=cost), flows=model.arcs, seconds=seconds)
    return floor(-answer.bound) if np.isfinite(answer.bound) else inputs.eligible, answer.status == "optimal"
