"""Figures of 教师交流轮岗方案: how many go, what it fills, what each school gives and gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.reporting.facts.plan import Plan, Row, total
from junheng.reporting.report.runs import Figure, Name

_SHARES = {
    "eligible": ("人", "符合交流条件的教师"),
    "moved": ("人", "交流的教师"),
    "share": ("%", "交流的教师占符合条件的"),
    "least_share": ("%", "要求交流的教师至少占"),
    "backbone_moved": ("人", "交流的骨干教师"),
    "backbone_share": ("%", "骨干占交流教师"),
    "least_backbone_share": ("%", "要求骨干至少占"),
}
_WAYS = {
    "mean_km": ("公里", "交流的平均路程"),
    "max_km": ("公里", "交流的最远路程"),
    "to_own_town": ("人", "回到家庭所在乡镇的教师"),
    "to_hardship": ("人", "到边远困难学校的教师"),
    "from_hardship": ("人", "从边远困难学校出来的教师"),
    "backbone_to_hardship": ("人", "到边远困难学校的骨干教师"),
}
SCHOOL = {
    "teachers": "专任教师",
    "eligible": "符合条件",
    "out": "交流出",
    "in": "交流入",
    "backbone_out": "骨干出",
    "backbone_in": "骨干入",
}
NEED = {"need": "需要", "before": "交流前", "after": "交流后", "lacking": "还缺"}


@dataclass(frozen=True, eq=False)
class RotationPlan(Plan):
    """One 教师交流轮岗方案."""

    @property
    def people(self) -> Sequence[Row]:
        rows: Sequence[Row] = self.document["people"]
        return rows

    @property
    def needs(self) -> Sequence[Row]:
        rows: Sequence[Row] = self.document["needs"]
        return rows

    @property
    def unfilled(self) -> Sequence[Row]:
        rows: Sequence[Row] = self.document["unfilled"]
        return rows

    @property
    def schools(self) -> Sequence[Row]:
        rows: Sequence[Row] = self.document["fairness"]["schools"]
        return rows

    def share(self, name: str) -> Figure:
        """A figure of the shares; they are cut off after two decimals, never rounded up to what is asked."""
        unit, about = _SHARES[name]
        value = self.document["shares"][name]
        return self.figure(f"shares/{name}", value, unit, 2, about=about, absent="不限" if "least" in name else "没有")

    def way(self, name: str) -> Figure:
        unit, about = _WAYS[name]
        return self.figure(f"fairness/{name}", self.document["fairness"][name], unit, 2, about=about, absent="没有距离")

    @property
    def lacking(self) -> Figure:
        """What stays unfilled; one person may be lacking for two needs."""
        return self.figure("lacking", total(row["lacking"] for row in self.unfilled), "人次", about="没有补上的缺口")

    @property
    def lacked(self) -> Figure:
        """What was lacking before anybody moved."""
        before = total(max(row["need"] - row["before"], 0) for row in self.needs)
        return self.figure("lacked", before, "人次", about="交流前的缺口")

    @property
    def kinds_of_need(self) -> list[str]:
        """What schools need, each kind once."""
        return list(dict.fromkeys(str(row["label"]["zh"]) for row in self.needs))

    def need_of_kind(self, label: str, name: str) -> Figure:
        """need, before, after or lacking of all schools together."""
        value = total(row[name] for row in self.needs if row["label"]["zh"] == label)
        return self.figure(f"needs/{label}/{name}", value, "人", about=f"{label}{NEED[name]}")

    def unfilled_need(self, number: int, name: str) -> Figure:
        """need, before, after or lacking of one row (from 1) of ``unfilled``."""
        row = self.unfilled[number - 1]
        about = f"{row['school_name']}{row['label']['zh']}{NEED[name]}"
        return self.figure(f"unfilled/{number}/{name}", row[name], "人", about=about)

    def km(self, number: int) -> Figure:
        """How far a person (from 1) goes. The key names nobody."""
        return self.figure(f"people/{number}/km", self.people[number - 1]["km"], "公里", 1, about="路程", absent="—")

    def school(self, row: Row, name: str) -> Figure:
        at = f"school/{row['school_code']}/{name}"
        return self.figure(at, row[name], "人", about=f"{row['school_name']}{SCHOOL[name]}")

    def school_total(self, name: str) -> Figure:
        return self.figure(
            f"schools/{name}", total(row[name] for row in self.schools), "人", about=f"{SCHOOL[name]}合计"
        )

    def person(self, row: Row) -> Name:
        return Name(str(row["name"] or row["teacher_code"]), "person")

    def place(self, place: Row) -> Name:
        return Name(str(place["name"] or place["code"]), "school")
