"""Lists in pages: ``?limit=`` and ``?offset=``, with the total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Query, Schema
from pydantic import Field

MOST = 1000


class Paging(Schema):
    """Which part of a list."""

    limit: int = Field(100, ge=1, le=MOST, description="每页行数 rows of a page")
    offset: int = Field(0, ge=0, le=2**53, description="从第几行起 rows to pass over")


Asked = Annotated[Paging, Query()]


def part_of(items: QuerySet[Any] | Sequence[Any], asked: Paging) -> tuple[int, list[Any]]:
    """The total, and the rows asked for."""
    total = items.count() if isinstance(items, QuerySet) else len(items)
    return total, list(items[asked.offset : asked.offset + asked.limit])
