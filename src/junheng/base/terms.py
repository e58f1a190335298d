"""Words of the field that the code itself must know; all other code lists are data (``tables/codes.csv``)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """学段. Senior pupils are filed only because a mixed school's rooms are split by all its pupils."""

    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"

    @property
    def zh(self) -> str:
        return {"primary": "小学", "junior": "初中", "senior": "高中"}[self.value]


class Absence(StrEnum):
    """Why a value is not there. Absence is a state, never a zero."""

    NOT_FILED = "not_filed"
    NO_PUPILS = "no_pupils"
    NO_BASE = "no_base"
    NOT_APPLICABLE = "not_applicable"

    @property
    def zh(self) -> str:
        return {
            "not_filed": "未填报",
            "no_pupils": "无学生",
            "no_base": "分母为零",
            "not_applicable": "不适用",
        }[self.value]


class Label(NamedTuple):
    """A name in both languages of the interface."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh
