"""A report as its folder declares it: ``report.yaml``, read strictly."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from junheng.base.terms import Label

Format = Literal["docx", "pdf", "xlsx"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChapterEntry(_Entry):
    """One chapter: what is written by a function of ``build.py``, or words that stand here."""

    chapter: str = Field("", description="name of the chapter in build.py; of another report: <report>.<chapter>")
    heading: str = Field("", description="heading of the chapter; without one its blocks follow those above")
    text: str = Field("", description="own words instead of a chapter, a paragraph a line")
    annex: bool = Field(False, description="an annex (附件): on a page of its own, after the signature")

    @model_validator(mode="after")
    def _one(self) -> ChapterEntry:
        if bool(self.chapter) == bool(self.text):
            raise ValueError("每章须恰好写 chapter（由程序写）或 text（自己的话）之一")
        if self.text and not self.heading:
            raise ValueError("写了 text 的章须有 heading")
        return self


class Needs(_Entry):
    """What the report cannot be made without."""

    earlier: int = Field(0, ge=0, description="how many earlier years")
    plan: Literal["", "resources", "rotation", "zoning"] = Field("", description="kind of plan")
    any_plan: bool = Field(False, description="a plan or several, of whatever kind")


class Definition(_Entry):
    """One report: its title, whom it is for, what it needs, its chapters in order."""

    title: str = Field(description="on the first page; {county}, {school}, {year} and {standard} are filled in")
    label: Label = Field(description="in lists")
    about: Label = Field(description="one sentence: what is in it")
    audience: Label = Field(description="whom it is written for")
    scope: Literal["county", "school", "counties", "plan"] = "county"
    order: int = Field(100, description="place in lists")
    standards: tuple[str, ...] = Field((), description="only for these standards and what extends them; empty: any")
    needs: Needs = Needs()
    formats: tuple[Format, ...] = ("docx", "pdf", "xlsx")
    form: bool = Field(False, description="a form to hand in: tables, unnumbered headings, no contents")
    contents: bool = Field(False, description="a table of contents on the first page")
    chapters: tuple[ChapterEntry, ...]
    extends: str = Field("", description="id of the report whose build.py writes the chapters")
