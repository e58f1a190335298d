"""Where a rule stands, how sure we are of it and from when it holds; how numbers are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


def _number(value: object) -> object:
    if isinstance(value, float | int) and not isinstance(value, bool):
        raise ValueError(f'数字须加引号写成文本（如 "4.2"），这里是 {value!r}')
    return value


def _whole(value: Decimal) -> Decimal:
    if value != int(value):
        raise ValueError(f"须为整数，这里是 {value}")
    return value


Number = Annotated[Decimal, BeforeValidator(_number)]
WholeNumber = Annotated[Number, AfterValidator(_whole)]


def listed(value: object) -> object:
    return value if isinstance(value, list | tuple) or value is None else [value]


class Part(BaseModel):
    """Strict and frozen: an unknown key in a standard is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """Where a rule stands and how sure we are of it."""

    document: str = Field(description="an entry of sources.yaml")
    place: str = ""
    printed: str = Field(
        "", description="the figure as printed; every number of the rule occurs in it, or, derived from it, in place"
    )
    confidence: Literal["seen", "inferred", "general"]
    read_in: str = Field(description="the page or founding document where it was read")


class Document(Part):
    """One official document that the project relies on (sources.yaml)."""

    title: str
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    confidence: Literal["seen", "inferred", "general"]
    read_in: str
    note: str = ""


class Dated(Part):
    """Something in force from a day (inclusive) until the next entry, or until ``ends`` (inclusive)."""

    since: date = Field(alias="from")
    ends: date | None = None
    source: Source
