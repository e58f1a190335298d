"""The two languages of the manual."""

from __future__ import annotations

from enum import StrEnum

from junheng.base.terms import Label


class Language(StrEnum):
    """Chinese is the original, English follows."""

    ZH = "zh"
    EN = "en"

    def say(self, zh: str, en: str) -> str:
        return zh if self is Language.ZH else en

    def of(self, label: Label) -> str:
        return self.say(label.zh, label.en)
