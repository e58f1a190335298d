"""整改前后: what was not met a year ago, and what has become of it; items and schools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.report.runs import Figure

Row = Mapping[str, Any]
Turn = Literal["unmet_before", "resolved", "remaining", "open", "new"]
_ABOUT = {
    "unmet_before": "以前未达到",
    "resolved": "已达到",
    "remaining": "仍未达到",
    "open": "尚不能判定",
    "new": "新出现未达到",
}


@dataclass(frozen=True)
class Turns:
    """A year beside an earlier one of the same county.

    Turns: ``resolved``, ``remaining`` and ``open`` (not known, or no longer judged) are what became of what was not met
    before (``unmet_before``); ``new`` was not unmet before and is now.
    """

    now: CountyYear
    before: CountyYear

    def items(self, turn: Turn) -> list[Row]:
        """The items with this turn: rows of this year, those that are gone as the earlier year has them."""
        found = []
        for part, _ in self.now.standard.parts():
            old = {row["item"]: row for row in self.before.items.rows(part)} if self.before.items.part(part) else {}
            new = {row["item"]: row for row in self.now.items.rows(part)}
            for name in dict.fromkeys((*new, *old)):
                if turn in _turns(_outcome(old.get(name)), _outcome(new.get(name))):
                    found.append(new.get(name) or old[name])
        return found

    def schools(self, stage: Stage, turn: Turn) -> list[Row]:
        """The schools of a stage with this turn."""
        old = {row["school_code"]: row for row in self.before.schools.of_stage(stage)}
        new = {row["school_code"]: row for row in self.now.schools.of_stage(stage)}
        return [
            new.get(code) or old[code]
            for code in dict.fromkeys((*new, *old))
            if turn in _turns(_outcome(old.get(code)), _outcome(new.get(code)))
        ]

    def item_count(self, turn: Turn) -> Figure:
        at = f"turned/{self.now.county}/items/{self.before.back}/{turn}"
        return Figure(at, len(self.items(turn)), "项", about=f"{_ABOUT[turn]}的事项数", origin="两年判定对照")

    def school_count(self, stage: Stage, turn: Turn) -> Figure:
        at = f"turned/{self.now.county}/{stage.value}/{self.before.back}/{turn}"
        about = f"{stage.zh}{_ABOUT[turn]}的学校数"
        return Figure(at, len(self.schools(stage, turn)), "所", about=about, origin="两年判定对照")


def _outcome(row: Row | None) -> Outcome | None:
    return Outcome(row["outcome"]) if row is not None and row["outcome"] else None


def _turns(before: Outcome | None, now: Outcome | None) -> tuple[Turn, ...]:
    if before is not Outcome.UNMET:
        return ("new",) if now is Outcome.UNMET else ()
    if now is Outcome.UNMET:
        return ("unmet_before", "remaining")
    return ("unmet_before", "resolved") if now is not None and now.passes else ("unmet_before", "open")
