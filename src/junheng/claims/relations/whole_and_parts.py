"""A total with figures that may be its parts, and how a report joins them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from junheng.claims.mention import Mention


class Link(StrEnum):
    """How a total and its parts are joined."""

    OPENED = "opened"  # 共…,其中…; …(含…)
    FOLLOWING = "following"  # 共…,小学…,初中…
    DRAWN = "drawn"  # …、…,共计…
    EARLIER = "earlier"  # the sections, years or groups before it


@dataclass(frozen=True, slots=True)
class Whole:
    """A total and figures that may be its parts.

    Attributes:
        complete: all that the text lists, not a stretch of it.
        sure: the text itself says that these are all its parts (三年, 三校, 共计 after a list).
        adjacent: nothing stands between the total and the words that open its parts.
    """

    total: Mention
    parts: tuple[Mention, ...]
    link: Link
    complete: bool = True
    sure: bool = False
    adjacent: bool = True
