"""What a plan needs of the filed data: every value that its rules look at, and inputs about schools that are judged."""

from __future__ import annotations

from junheng.base.terms import Absence, Stage
from junheng.planning.resources.errors import NotFiledError, UnknownPlaceError
from junheng.planning.resources.measures import Inputs
from junheng.verdict.judgement import Judgement


def missing_values(judgement: Judgement, county: str) -> list[tuple[str, str, str]]:
    """(school code, stage, column) of everything that a plan needs and nobody filed."""
    standard, tables = judgement.standard, judgement.dataset.tables
    wanted = dict.fromkeys((*standard.balanced(), *(standard.counted() if standard.school_rule else ())))
    staged = set(tables["stage_year"].columns)
    found: dict[tuple[str, str, str], None] = {}
    for row in judgement.in_scope.iter_rows(named=True):
        if row["county_code"] != county:
            continue
        for name in wanted:
            if row.get(f"{name}__absent") != str(Absence.NOT_FILED):
                continue
            blank = [c for c in standard.resources[name].columns() if row.get(c) is None]
            blank += ["pupils"] if row["pupils"] is None else []
            for column in sorted(blank):
                if column in staged or column in tables["school_year"].columns:
                    found[(row["school_code"], row["stage"], column)] = None
    return list(found)


def check_filed(judgement: Judgement, county: str) -> None:
    missing = missing_values(judgement, county)
    if not missing:
        return
    tables = judgement.dataset.tables
    names = dict(judgement.dataset["school"].select("school_code", "school_name").iter_rows())
    shown = [
        f"{names.get(school) or school}{Stage(stage).zh}的“{tables.column(column).label.zh}”"
        for school, stage, column in missing[:5]
    ]
    raise NotFiledError(count=len(missing), places="、".join(shown) + ("等" if len(missing) > 5 else ""))


def check_places(judgement: Judgement, inputs: Inputs, county: str) -> None:
    known = {row["school_code"] for row in judgement.in_scope.iter_rows(named=True) if row["county_code"] == county}
    for school, _ in inputs.ceilings:
        if school not in known:
            raise UnknownPlaceError(table="学校上限", name=school, why="参加判定的学校中没有这个标识码")
