"""A person whom two schools list as their own in one year: 一人登记在两所学校."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows of one person and year at several schools, as far as ``where`` concerns them.

    Options: ``table``; ``person``, ``year``; ``where`` (column → values); ``joined``: the year a person came to the
    school, the latest of which counts; ``text_open`` where that is blank or the same. Parts: ``others``, ``counted``.
    """
    table, person, year, joined = (check.word(name) for name in ("table", "person", "year", "joined"))
    where = check.options["where"]
    assert isinstance(where, dict)
    check.columns(filed, table, [person, year, joined, *where])
    if not filed.has(table):
        return
    own = filed.frame(table).filter(pl.all_horizontal(pl.col(name).is_in(values) for name, values in where.items()))
    twice = own.filter(pl.col("school_code").n_unique().over(person, year) > 1)
    schools = filed.dataset["school"] if filed.has("school") else pl.DataFrame()
    names = {} if schools.is_empty() else dict(schools.select("school_code", "school_name").iter_rows())
    for _, group in twice.group_by(person, year, maintain_order=True):
        latest = group.filter(pl.col(joined) == pl.col(joined).max())["school_code"].to_list()
        known = not group[joined].null_count() and len(latest) == 1
        for row, school in group.select("row", "school_code").iter_rows():
            others = [f"{names.get(code, code)}" for code in group["school_code"] if code != school]
            parts = {"others": "、".join(others), "counted": names.get(latest[0], latest[0]) if known else ""}
            yield Fault(table, row, "school_code", parts, "" if known else check.word("text_open"))
