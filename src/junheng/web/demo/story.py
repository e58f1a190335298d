"""Where the year being filed stands: who is done, who waits for whom, who is late, what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.web.accounts.models import User
from junheng.web.filings.models import SCHOOL, Filing, Period
from junheng.web.filings.services import add_comment
from junheng.web.filings.states import State
from junheng.web.inspections.models import Method
from junheng.web.inspections.services import leave_finding
from junheng.web.inspections.subject import Subject
from junheng.web.notices.services import tell
from junheng.web.regions.models import Place, PlaceKind

# In the town of the sample people, after the clerk's own school; then elsewhere in the county.
_IN_TOWN = (State.HANDED_IN, State.SIGNED, State.SIGNED, State.RETURNED, State.DRAFT)
_ELSEWHERE = (State.TOWN_PASSED, State.TOWN_PASSED, State.TOWN_PASSED, State.DRAFT)
# What the clerk has typed by now.
_TYPED = {"pupils", "classes", "teachers", "teaching_area", "indoor_sports_area", "sports_ground_area"}


@dataclass(frozen=True)
class Story:
    """The school and town of the sample people, and the state of every school that is not approved yet."""

    school: Place
    town: Place
    states: Mapping[str, State]

    def state_of(self, filing: Filing) -> State:
        if filing.office == "finance":
            return State.DRAFT
        return self.states.get(filing.place.code, State.APPROVED) if filing.office == SCHOOL else State.APPROVED

    def keeps(self, filing: Filing, table: str, column: str) -> bool:
        if filing.office != SCHOOL or table == "school" or self.state_of(filing) != State.DRAFT:
            return True
        return filing.place_id == self.school.pk and column in _TYPED

    def school_in(self, state: State) -> str:
        """The code of the first school in a state."""
        return next(code for code, found in self.states.items() if found == state)


def choose(county: Place) -> Story:
    """Choose the places of the sample people: the first primary school of the first town (not a street office)."""
    towns = list(county.children.filter(kind=PlaceKind.TOWN).order_by("path"))
    town = next((place for place in towns if place.name.endswith("镇")), towns[0])
    own = list(town.children.order_by("path"))
    school = next((place for place in own if place.record.get("school_kind") == "小学"), own[0])
    others = [place for place in own if place.pk != school.pk]
    states = {school.code: State.DRAFT} | {p.code: s for p, s in zip(others, _IN_TOWN, strict=False)}
    elsewhere = Place.objects.filter(kind=PlaceKind.SCHOOL, path__below=county.path).exclude(parent=town)
    every_fifth = list(elsewhere.order_by("path"))[::5]
    states |= {p.code: s for p, s in zip(every_fifth, _ELSEWHERE, strict=False)}
    return Story(school, town, states)


def tell_story(story: Story, period: Period, people: Mapping[str, User]) -> None:
    """What people have said meanwhile: a comment on a cell, a reminder, an inspector's finding."""
    returned = Filing.objects.select_related("period", "place").get(
        period=period, place__code=story.school_in(State.RETURNED), office=SCHOOL
    )
    row = returned.rows.filter(table="stage_year").order_by("order")[0]
    add_comment(
        filing=returned,
        table="stage_year",
        key=row.key,
        column="teachers_pe",
        text="体育专任教师数与上年相差较大，请与人事部门核对后重报。",
        acting_user=people["officer"],
    )
    text = f"“{period}”{period.due_on:%m月%d日}截止，您的学校还没有提交，请尽快完成。"
    tell(users=[people["clerk"]], kind="reminder", text=text, url="/")
    visited = Filing.objects.select_related("place").filter(
        period=period, state=State.APPROVED, office=SCHOOL, place__path__below=story.town.path
    )[0]
    leave_finding(
        subject=Subject(visited.place, period, visited, "school_year", "", "multimedia_classrooms"),
        method=Method.VISIT,
        text="实地查看时有 1 间多媒体教室的设备已停用，与填报数不符。",
        asks_to="请核对可正常使用的多媒体教室数，并报送维修计划。",
        acting_user=people["inspector"],
    )
