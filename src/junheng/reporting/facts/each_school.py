"""The schools of one county in one year, each looked up once however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.filed import Filed
from junheng.reporting.facts.one_school import Asked, OneSchool
from junheng.reporting.facts.schools import Schools
from junheng.reporting.report.runs import Name
from junheng.verdict.items import each_check
from junheng.verdict.judgement import Judgement
from junheng.verdict.limits import limit_for

Row = Mapping[str, Any]


@dataclass(frozen=True)
class EachSchool:
    """The schools of one county in one year, each looked up once."""

    judgement: Judgement
    schools: Schools
    filed: Filed

    @cached_property
    def codes(self) -> list[str]:
        """The schools that filed in the year, town by town; towns and schools as the list of schools has them."""
        known = [code for code in dict.fromkeys(row["school_code"] for row in self.filed.rows) if code in self._entries]
        towns = list(dict.fromkeys(self._entries[code]["town"] or "" for code in known))
        return sorted(known, key=lambda code: towns.index(self._entries[code]["town"] or ""))

    def of(self, code: str) -> OneSchool:
        home = self._homes.get(code)
        return OneSchool(
            judgement=self.judgement,
            schools=self.schools,
            filed=self.filed,
            code=code,
            entry=self._entries[code],
            rows=tuple(self._rows[code]),
            left_out=tuple(self._left_out[code]),
            filed_stages=tuple(stage for stage in Stage if stage in self._filed_stages[code]),
            home=None if home is None else Name(self._entries[home]["school_name"] or home, "school"),
            asked=tuple(self._asked[code]),
        )

    @cached_property
    def _entries(self) -> dict[str, Row]:
        own = self.judgement.dataset["school"].filter(pl.col("county_code") == self.schools.county)
        return {row["school_code"]: row for row in own.iter_rows(named=True)}

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        return _by_school(self.schools.rows)

    @cached_property
    def _left_out(self) -> dict[str, list[Row]]:
        return _by_school(self.schools.left_out)

    @cached_property
    def _filed_stages(self) -> dict[str, set[str]]:
        found = defaultdict(set)
        for row in self.filed.rows:
            found[row["school_code"]].add(row["stage"])
        return found

    @cached_property
    def _homes(self) -> dict[str, str]:
        members = self.judgement.computed.members
        return dict(members.select("school_code", "home").iter_rows())

    @cached_property
    def _asked(self) -> dict[str, list[Asked]]:
        found = defaultdict(list)
        frames = {
            level: list(
                self.judgement.judged_checks.of(level)
                .filter(pl.col("county_code") == self.schools.county)
                .iter_rows(named=True)
            )
            for level in ("school", "stage")
        }
        for *_, name, check in each_check(self.judgement.standard):
            for row in frames.get(check.level, ()):
                if row[f"{name}__outcome"] is not None:
                    outcome = Outcome(row[f"{name}__outcome"])
                    found[row["school_code"]].append(Asked(name, check, row, outcome, limit_for(check, row)))
        return found


def _by_school(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row["school_code"]].append(row)
    return found
