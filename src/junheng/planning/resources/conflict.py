"""Why there is no plan: the smallest set of limits that cannot be kept together, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from junheng.base.exact import plain
from junheng.base.terms import Label, Stage
from junheng.planning.resources.measures import measure_label
from junheng.planning.resources.model import build
from junheng.planning.resources.statement import Statement
from junheng.planning.solvers.conic import solve_relaxed
from junheng.planning.solvers.scip import solve_whole

_SMALL = 4000  # variables up to which whole numbers are asked too
_SECONDS = 10.0


def smallest_conflict(statement: Statement) -> list[Label]:
    """The limits of a conflict: without any one of them the others can be kept.

    The set is found by halving (QuickXplain): a limit belongs to the conflict when leaving it out makes the rest
    possible. There may be other conflicts besides. Empty where a plan in fractions exists.
    """
    limits = _limits(statement)
    names = list(limits)
    if _possible(statement, set()):  # only whole numbers stand in the way, and there are too many to ask again
        return []
    found = _quick(statement, [], names, False, set(names))
    return [limits[name] for name in names if name in found]


def _limits(statement: Statement) -> dict[str, Label]:
    """Every limit that a plan may leave out, by name, in words."""
    found: dict[str, Label] = {}
    if statement.budget is not None:
        money = plain(statement.budget / 10_000, 2)
        found["budget"] = Label(f"预算合计 {money} 万元", f"a budget of {money} × 10,000 yuan")
    for spread in statement.spreads:
        if spread.limit is not None:
            label, limit = statement.labels[spread.indicator], plain(spread.limit)
            found[f"cv:{spread.stage}:{spread.indicator}"] = Label(
                f"{Stage(spread.stage).zh}{label.zh}的差异系数不超过 {limit}",
                f"coefficient of {label.en} ({spread.stage}) at most {limit}",
            )
    by_school = {str(row["school_code"]): number for number, row in enumerate(statement.rows)}
    for number, ceiling in enumerate(statement.ceilings):
        if ceiling.school in by_school:
            name, label = statement.name(by_school[ceiling.school]), measure_label(ceiling.measure)
            most = plain(ceiling.most)
            found[f"ceiling:{number}"] = Label(
                f"{name}“{label.zh}”至多 {most}", f"{label.en} in {name}: at most {most}"
            )
    for need in statement.needs:
        name, stage = statement.name(need.row), Stage(statement.rows[need.row]["stage"])
        zh, en = f"{name}（{stage.zh}）按标准达标", f"{name} ({stage}) meets the standard"
        if need.lost:
            lost = statement.labels[need.lost]
            zh, en = f"{zh}，而“{lost.zh}”没有措施能提高", f"{en}, and no measure raises {lost.en}"
        found[f"school:{need.row}"] = Label(zh, en)
    return found


def _quick(
    statement: Statement, background: Sequence[str], limits: Sequence[str], changed: bool, every: set[str]
) -> set[str]:
    if changed and not _possible(statement, every - set(background)):
        return set()
    if len(limits) == 1:
        return set(limits)
    half = len(limits) // 2
    first, second = limits[:half], limits[half:]
    right = _quick(statement, [*background, *first], second, True, every)
    left = _quick(statement, [*background, *right], first, bool(right), every)
    return left | right


def _possible(statement: Statement, without: set[str]) -> bool:
    """Whether the limits that are left can be kept together."""
    program = build(_without_floors(statement, without), without=without).program
    relaxed = solve_relaxed(program).answer
    if relaxed.status == "infeasible":
        return False
    if program.size > _SMALL:
        return True
    return solve_whole(program, seconds=_SECONDS, gap=1.0).status != "infeasible"


def _without_floors(statement: Statement, without: set[str]) -> Statement:
    """A school whose rule is left out has no floors either: they are part of the rule."""
    free = {int(name.partition(":")[2]) for name in without if name.startswith("school:")}
    if not free:
        return statement
    demands = tuple(replace(d, floor=None) if d.row in free else d for d in statement.demands)
    return replace(statement, demands=demands)
