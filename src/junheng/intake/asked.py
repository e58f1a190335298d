"""What a standard asks a county to file: the columns of its template, by office, and what people must judge."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.base.exact import plain
from junheng.intake.template import JudgedItem
from junheng.standards.model import Standard
from junheng.tables.model import Need, Tables

# What every template asks for, whatever the standard computes with.
_ALWAYS = {
    "school": {"town", "location", "operator", "boarding", "campus_of", "counted", "opened_on", "closed_on"},
    "stage_year": {"pupils", "classes", "teachers", "note"},
    "school_year": {"note"},
    "county_year": {"note"},
    "finance_year": {"note"},
}


def template_columns(standard: Standard, tables: Tables) -> Mapping[str, set[str]]:
    """By table, the columns that a standard's template asks for: what it computes with, and what every school says."""
    named = set().union(*(indicator.columns() for _, indicator in standard.indicators()), {"pupils"})
    for entry in standard.leave_out:
        named |= set(entry.where)
    for relaxation in standard.relaxations.values():
        for change in relaxation.changes.values():
            named |= change.columns()
    over = {indicator.formula.over for _, indicator in standard.indicators()}
    chosen: dict[str, set[str]] = {}
    for table in tables.tables.values():
        fixed = {c.name for c in table.columns.values() if c.need in (Need.KEY, Need.MUST)}
        asked = (named | _ALWAYS.get(table.name, set())) & set(table.columns)
        used = asked - set(table.key) - {"pupils", "note"} if table.name not in over else asked
        if table.name in ("county", "school", "stage_year") or used:
            chosen[table.name] = fixed | asked
    if judged_items(standard):
        chosen["judged_item"] = set(tables["judged_item"].columns)
    return chosen


def of_office(columns: Mapping[str, set[str]], tables: Tables, office: str) -> dict[str, set[str]]:
    """The tables in which an office fills something, with its columns, the keys and the notes."""
    chosen: dict[str, set[str]] = {}
    for name, asked in columns.items():
        table = tables[name]
        own = {c for c in asked if table.columns[c].filled_by == office} - set(table.key) - {"note"}
        if own:
            chosen[name] = own | set(table.key) | ({"note"} & asked)
    return chosen


def judged_items(standard: Standard) -> list[JudgedItem]:
    """Everything that people must judge, as the template shows it."""
    return [
        JudgedItem(
            standard.id,
            name,
            item.label.zh,
            branch=branches[0] if branches else "",
            sub_branch="／".join(branches[1:]),
            points="" if item.points is None or part.rule != "score" else plain(item.points),
            evidence="、".join(label.zh for label in item.evidence),
        )
        for _, part in standard.parts()
        for name, item in part.items.items()
        for branches in [[branch.label.zh for branch in part.path(item)]]
        if item.judged or item.gate
    ]
