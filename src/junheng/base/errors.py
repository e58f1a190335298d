"""The one root of everything that goes wrong on purpose.

Messages are part of the interface: Chinese first, with place, value, reason and next step; English from the same class.
"""

from __future__ import annotations

from typing import ClassVar

from junheng.base.terms import Label


class JunhengError(Exception):
    """An error a user can act on. Subclasses give a code and one template per language; values may be labels."""

    code: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.message("zh"))

    def message(self, language: str = "zh") -> str:
        """Return the sentence in Chinese (``zh``) or English (``en``), code first."""
        template = self.en if language == "en" else self.zh
        spoken = {
            name: (value.en if language == "en" else value.zh) if isinstance(value, Label) else value
            for name, value in self.values.items()
        }
        return f"[{self.code}] {template.format(**spoken)}"


def all_errors() -> list[type[JunhengError]]:
    """Every error class that has a code, by code: the reference page of the manual is made from it."""
    found: list[type[JunhengError]] = []
    queue = [JunhengError]
    while queue:
        for child in queue.pop().__subclasses__():
            queue.append(child)
            if "code" in vars(child):
                found.append(child)
    return sorted(found, key=lambda error: error.code)
