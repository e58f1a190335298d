"""Stating the problem of one county, from a judgement and the inputs of a plan."""

from __future__ import annotations

from junheng.base.terms import Label
from junheng.planning.resources.decisions import as_filed, ceilings_of, changed_by, decisions_of, effects_of, kept_of
from junheng.planning.resources.demands import check_stated, school_rule
from junheng.planning.resources.errors import NoPupilsError, NothingToPlanError
from junheng.planning.resources.measures import Inputs, all_measures
from junheng.planning.resources.spreads import composite_limits, spreads_of
from junheng.planning.resources.statement import Statement
from junheng.standards.model import Standard
from junheng.verdict.judgement import Judgement

_NO_RULE = Label("没有学校达标规则，也没有差异系数限值", "it has no rule for schools and no limit of a coefficient")


def state(judgement: Judgement, inputs: Inputs, county: str) -> Statement:
    """State the problem of one county.

    Raises:
        NothingToPlanError: the standard has no rule that measures could satisfy.
        NoPupilsError: a row has no pupils, so that the county cannot pass.
    """
    standard, tables = judgement.standard, judgement.dataset.tables
    rows = tuple(row for row in judgement.in_scope.iter_rows(named=True) if row["county_code"] == county)
    if empty := [row for row in rows if not row["pupils"]]:
        raise NoPupilsError(places="、".join(str(row["school_name"] or row["school_code"]) for row in empty[:5]))
    chosen = {name: all_measures()[name] for name, choice in inputs.choices.items() if choice.allowed}
    used = set().union(*(indicator.columns() for indicator in standard.resources.values()))
    chosen = {name: measure for name, measure in chosen.items() if changed_by(measure) & used}
    places = tuple(as_filed(rows, judgement.dataset, judgement.year, judgement.computed.members))
    decisions = tuple(decisions_of(places, chosen, inputs, tables))
    effects = effects_of(rows, decisions, chosen)
    demands, needs, left = school_rule(rows, standard, decisions, effects)
    check_stated(standard, chosen, left)
    spreads = list(spreads_of(rows, standard, effects))
    if not demands and not needs and not spreads:
        raise NothingToPlanError(standard=standard.id, why=_NO_RULE)
    return Statement(
        county=county,
        rows=rows,
        decisions=decisions,
        demands=tuple(demands),
        needs=tuple(needs),
        spreads=tuple(spreads),
        ceilings=tuple(ceilings_of(decisions, inputs)),
        kept=tuple(kept_of(places, chosen.values(), decisions, effects)),
        composite=composite_limits(standard),
        budget=inputs.budget,
        left=left,
        labels={name: indicator.label for name, indicator in standard.resources.items()},
    )


def used_measures(standard: Standard) -> list[str]:
    """The measures that change anything a standard's resources are computed from."""
    used = set().union(*(indicator.columns() for indicator in standard.resources.values()))
    return [name for name, measure in all_measures().items() if changed_by(measure) & used]
