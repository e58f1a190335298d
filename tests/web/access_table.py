"""Who may open and who may write what: the expected answers, apart from the code that gives them.

``OWN`` people belong to 甲县, ``FOREIGN`` ones to 乙县; city and province hold both. Every address of the application
stands here; one that is missing fails the test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

SCHOOL = {"clerk", "principal", "asset_keeper"}
NEIGHBOURS = {"neighbour_clerk", "neighbour_principal"}
COUNTY = {"officer", "section", "task_force", "supervision", "leader", "inspector"}
ABOVE = {"city_user", "analyst"}
FOREIGN = {"other_clerk", "other_officer"}
EVERYBODY = {*SCHOOL, *NEIGHBOURS, *COUNTY, *ABOVE, *FOREIGN, "admin", "town_head", "finance", "nobody"}
SEES_FILING = {*SCHOOL, "town_head", *COUNTY, *ABOVE}
SEES_RESULT = {*COUNTY, *ABOVE}
SEES_SCHOOL = {"clerk", "principal", "town_head", *COUNTY, *ABOVE}
BOARD = {"town_head", *COUNTY, *ABOVE, "admin", "other_officer"}


def _nothing(world: Any) -> dict[str, Any]:
    return {}


def _without(world: Any) -> str:
    return ""


@dataclass(frozen=True)
class Address:
    """One address.

    Attributes:
        sees: who is answered (for a POST: is not told that it does not exist); everybody else gets 404.
        writes: whose POST becomes an event of the log; nobody else's does.
        place: what its parameters name in a world: ``own`` gives those of 甲县, ``foreign`` those of 乙县.
        over: who also sees the foreign one.
    """

    sees: set[str]
    writes: set[str] | None = None
    args: Callable[[Any], Mapping[str, Any]] = _nothing
    data: Callable[[Any], Mapping[str, Any]] = _nothing
    query: Callable[[Any], str] = _without
    over: set[str] = field(default_factory=lambda: set(ABOVE))
    public: bool = False  # what it names is of no place

    @property
    def has_place(self) -> bool:
        """Whether it names something of one county; else it is a list, of what each may see."""
        return not self.public and (self.args is not _nothing or self.query is not _without)

    @property
    def names_one(self) -> bool:
        """Whether a request is about one county, and not about whatever is the asker's own."""
        return self.has_place or self.data is not _nothing

    @property
    def method(self) -> str:
        return "get" if self.writes is None else "post"


def _filing(world: Any) -> dict[str, Any]:
    return {"code": world.filing.code}


def _cell(world: Any) -> dict[str, Any]:
    return {"code": world.filing.code, "table": "stage_year", "key": "primary", "column": "pupils"}


def _evaluation(world: Any) -> dict[str, Any]:
    return {"code": world.evaluation.code}


def _version(world: Any) -> dict[str, Any]:
    return {"version": world.filing.version}


def _school(world: Any) -> dict[str, Any]:
    return {"pk": world.school.pk}


def _county(world: Any) -> dict[str, Any]:
    return {"pk": world.county.pk}


def _person(world: Any) -> dict[str, Any]:
    return {"pk": world.person.pk}


def _plan(world: Any) -> dict[str, Any]:
    return {"code": world.plan.code}


def _report(world: Any) -> dict[str, Any]:
    return {"code": world.report.code}


def _check(world: Any) -> dict[str, Any]:
    return {"code": world.check.code}


TRIES = {"officer", "section", "task_force", "leader", *ABOVE}
REMIND = {"town_head", "officer", "section", "task_force", "supervision", "other_officer"}
FILERS = {"clerk", "principal", "asset_keeper"}
PLANNERS = {"officer", "section"}
REPORTERS = {"officer", "section", "task_force", "inspector", *ABOVE}

ADDRESSES: dict[str, Address] = {
    # Signed in, nothing more is asked
    "home": Address(EVERYBODY),
    "accounts:account": Address(EVERYBODY),
    "accounts:own-password": Address(EVERYBODY),
    "accounts:second-factor": Address(EVERYBODY),
    "notices:list": Address(EVERYBODY),
    "jobs:list": Address(EVERYBODY),
    "dashboards:standards": Address(EVERYBODY),
    "dashboards:standards-diff": Address(EVERYBODY),
    "dashboards:standard": Address(EVERYBODY, args=lambda world: {"name": "CN/youzhi_2017"}, public=True),
    "dashboards:standard-book": Address(EVERYBODY, args=lambda world: {"name": "CN/youzhi_2017"}, public=True),
    # A filing
    "filings:detail": Address(SEES_FILING, args=_filing),
    "filings:summary": Address(SEES_FILING, args=_filing),
    "filings:history": Address(SEES_FILING, args=_filing),
    "filings:workbook": Address(SEES_FILING, args=_filing),
    "filings:cell": Address(SEES_FILING, args=_cell),
    "filings:save": Address(
        SEES_FILING,
        writes=FILERS,
        args=_filing,
        data=lambda world: {"stage_year/primary/pupils": "777", "was": '{"stage_year/primary/pupils": "500"}'},
    ),
    "filings:remark": Address(
        SEES_FILING,
        writes={*FILERS, "town_head", "officer", "section", "inspector"},
        args=_filing,
        data=lambda world: {"text": "请核对"},
    ),
    "filings:step": Address(
        SEES_FILING,
        writes=FILERS,
        args=lambda world: {**_filing(world), "name": "hand_in"},
        data=_version,
    ),
    "filings:list": Address(EVERYBODY),
    "filings:standing": Address(SEES_FILING, args=_filing),
    "filings:check": Address(SEES_FILING, writes=set(), args=_filing),
    "filings:upload": Address(SEES_FILING, writes=set(), args=_filing),
    "filings:correct": Address(
        SEES_FILING,
        writes=set(),  # the filing is open, so nobody corrects it: it is typed into
        args=_cell,
        data=lambda world: {**_version(world), "value": "501", "reason": "笔误"},
    ),
    "filings:review": Address({"town_head", *COUNTY, *ABOVE}, args=_filing),
    # The board
    "filings:board": Address(BOARD),
    "filings:people": Address(BOARD),
    "filings:remind": Address(BOARD, writes=REMIND),
    "filings:bulk": Address(
        {"town_head", "officer", "other_officer"},
        writes=set(),
        data=lambda world: {"action": "approve", "row": str(world.filing.code), "count": "1"},
    ),
    "filings:periods": Address({"officer", "admin", "other_officer"}),
    "filings:period-open": Address({"officer", "admin", "other_officer"}),
    "filings:period": Address({"officer", "admin"}, args=lambda world: {"pk": world.period.pk}, over=set()),
    "filings:period-take-in": Address(
        {"officer", "admin"}, writes=set(), args=lambda world: {"pk": world.period.pk}, over=set()
    ),
    "filings:period-close": Address(
        {"officer", "admin"},
        writes={"officer", "admin"},
        args=lambda world: {"pk": world.period.pk},
        data=lambda world: {"leaving": "1"},
        over=set(),
    ),
    # Results
    "dashboards:overview": Address(
        SEES_RESULT, query=lambda world: f"?county={world.county.code}", over={*ABOVE, "other_officer"}
    ),
    "dashboards:school": Address(SEES_SCHOOL, args=lambda world: {"code": world.school.code}),
    "dashboards:reasons": Address(SEES_RESULT, args=_evaluation),
    "dashboards:book": Address(SEES_RESULT, args=_evaluation),
    "dashboards:items": Address(SEES_RESULT, args=_evaluation),
    "dashboards:evaluate": Address(
        {"officer"}, writes={"officer"}, data=lambda world: {"period": world.period.pk, "basis": "latest"}, over=set()
    ),
    "dashboards:schools": Address({*SEES_SCHOOL, *NEIGHBOURS, *FOREIGN}),
    "dashboards:indicator": Address(
        SEES_RESULT,
        args=lambda world: {"name": "backbone_teachers_per_100"},
        query=lambda world: f"?county={world.county.code}",
    ),
    "dashboards:compare": Address({*SEES_RESULT, "other_officer"}),
    "dashboards:counties": Address({"inspector", *ABOVE}),
    "dashboards:evaluate-counties": Address({"inspector", *ABOVE}, writes={"inspector", *ABOVE}),
    "dashboards:try-out": Address(TRIES | {"other_officer"}),
    "dashboards:try-out-change": Address(TRIES | {"other_officer"}, writes=set()),
    "dashboards:try-out-raise": Address(TRIES | {"other_officer"}, writes=set()),
    "dashboards:try-out-drop": Address(TRIES | {"other_officer"}, writes=set()),
    # Monitoring: of the test nothing is loaded, so that each page says what to do
    "monitoring:overview": Address({*SEES_RESULT, "other_officer"}),
    "monitoring:trends": Address({*SEES_RESULT, "other_officer"}),
    "monitoring:warnings": Address({*SEES_RESULT, "other_officer"}),
    "monitoring:ranking": Address(ABOVE),
    "monitoring:inequality": Address(ABOVE),
    "monitoring:county": Address(SEES_RESULT, args=lambda world: {"code": world.county.code}),
    "monitoring:outlook": Address(SEES_RESULT, args=lambda world: {"code": world.county.code}),
    "monitoring:targets": Address(ABOVE),
    "monitoring:send_targets": Address(ABOVE),
    "monitoring:blank_targets": Address(ABOVE),
    "monitoring:boundaries": Address(ABOVE),
    "monitoring:load": Address({"officer", "other_officer", *ABOVE}, writes={"officer", "other_officer", *ABOVE}),
    # Plans
    "plans:list": Address(TRIES | {"other_officer"}),
    "plans:compare": Address(TRIES, query=lambda world: f"?plan={world.plan.code}"),
    "plans:new": Address(
        PLANNERS,
        args=lambda world: {"kind": "resources"},
        query=lambda world: f"?county={world.county.code}",
        over=set(),
    ),
    "plans:template": Address(
        PLANNERS,
        args=lambda world: {"kind": "resources"},
        query=lambda world: f"?county={world.county.code}",
        over=set(),
    ),
    "plans:detail": Address(TRIES, args=_plan),
    "plans:table": Address(TRIES, args=lambda world: {**_plan(world), "what": "blocks"}),
    "plans:book": Address(TRIES, args=_plan),
    "plans:json": Address(TRIES, args=_plan),
    "plans:geojson": Address(TRIES, args=_plan),
    "plans:inputs": Address(PLANNERS, args=_plan, over=set()),
    "plans:stop": Address(TRIES, writes=set(), args=_plan),  # it was made: nothing is being searched
    "plans:rename": Address(TRIES, writes=PLANNERS, args=_plan, data=lambda world: {"title": "定稿"}),
    "plans:keep": Address(TRIES, writes=PLANNERS, args=_plan, data=lambda world: {"keep": "1"}),
    "plans:delete": Address(TRIES, writes=PLANNERS, args=_plan, data=lambda world: {"reason": "重做"}),
    # Reports
    "reports:list": Address({*SEES_SCHOOL, *NEIGHBOURS, *FOREIGN}),
    "reports:new": Address(
        {"clerk", "principal", "town_head", *REPORTERS},
        args=lambda world: {"maker": "school_report"},
        query=lambda world: f"?place={world.school.code}",
    ),
    "reports:check": Address({*SEES_SCHOOL, *NEIGHBOURS, *FOREIGN}),
    "reports:detail": Address(SEES_RESULT, args=_report),
    "reports:file": Address(SEES_RESULT, args=lambda world: {**_report(world), "form": "docx"}),
    "reports:keep": Address(SEES_RESULT, writes=REPORTERS, args=_report, data=lambda world: {"keep": "1"}),
    "reports:delete": Address(SEES_RESULT, writes=REPORTERS, args=_report, data=lambda world: {"reason": "重做"}),
    # Checks of what people wrote: whoever kept one sees it, and nobody else
    "claims:check": Address({*SEES_SCHOOL, *NEIGHBOURS, *FOREIGN}),
    "claims:detail": Address({"officer"}, args=_check, over=set()),
    "claims:file": Address({"officer"}, args=lambda world: {**_check(world), "form": "json"}, over=set()),
    "claims:decide": Address({"officer"}, writes=set(), args=_check, over=set()),  # its file is not there
    "claims:delete": Address({"officer"}, writes={"officer"}, args=_check, over=set()),
    # The system
    "regions:index": Address({"admin", "officer", "analyst", "other_officer"}),
    "regions:places": Address({"admin"}),
    "regions:place": Address({"admin"}, args=_school, over=set()),
    "regions:add-place": Address({"admin"}, args=lambda world: {"pk": world.county.pk, "kind": "town"}, over=set()),
    "regions:change-place": Address({"admin"}, args=_school, over=set()),
    "regions:close-place": Address({"admin"}, writes=set(), args=_school, over=set()),
    "regions:reopen-place": Address({"admin"}, writes={"admin"}, args=_school, over=set()),
    "regions:schools-template": Address({"admin"}, args=_county, over=set()),
    "regions:schools-upload": Address({"admin"}, args=_county, over=set()),
    "regions:schools-preview": Address({"admin"}, args=_county, over=set()),
    "regions:people": Address({"admin"}),
    "regions:add-person": Address({"admin"}),
    "regions:people-upload": Address({"admin"}),
    "regions:people-template": Address({"admin"}),
    "regions:people-preview": Address({"admin"}),
    "regions:people-entered": Address({"admin"}),
    "regions:people-passwords": Address({"admin"}, writes=set()),
    "regions:person": Address({"admin"}, args=_person, over=set()),
    "regions:give-role": Address(
        {"admin"},
        writes={"admin"},
        args=_person,
        data=lambda world: {"role": "principal", "place": world.school.code},
        over=set(),
    ),
    "regions:end-role": Address(
        {"admin"},
        writes={"admin"},
        args=lambda world: {"pk": world.person.assignments.get().pk},
        over=set(),
    ),
    "regions:reset-password": Address({"admin"}, writes={"admin"}, args=_person, over=set()),
    "regions:person-account": Address(
        {"admin"}, writes={"admin"}, args=lambda world: {**_person(world), "what": "unlock"}, over=set()
    ),
    "audit:list": Address({"admin", "analyst"}),
    "audit:event": Address({"admin", "analyst"}, args=lambda world: {"pk": world.event.pk}, over={"analyst"}),
    "jobs:import": Address({"officer", "admin", "other_officer"}),
    "jobs:export": Address({*COUNTY, *ABOVE, "other_officer"}),
    # Gaps and findings
    "rectification:list": Address({*SEES_SCHOOL, *NEIGHBOURS, *FOREIGN}),
    "rectification:board": Address({*SEES_SCHOOL, *NEIGHBOURS, *FOREIGN}),
    "rectification:lag": Address({*SEES_SCHOOL, *NEIGHBOURS, *FOREIGN}),
    "rectification:make": Address(
        SEES_RESULT,
        writes={"officer", "section", "leader"},
        args=_nothing,
        data=lambda world: {"evaluation": str(world.evaluation.code)},
    ),
    "rectification:assign": Address(
        SEES_SCHOOL,
        writes={"officer", "section", "leader"},
        args=lambda world: {"code": world.gap.code},
        data=lambda world: {"owner": world.person.pk, "due_on": "2099-11-30"},
    ),
    "rectification:measure": Address(
        SEES_SCHOOL,
        writes={"clerk", "principal", "town_head", "officer", "section", "task_force"},
        args=lambda world: {"code": world.gap.code},
        data=lambda world: {"measure": "调配骨干教师", "state": "open"},
    ),
    "rectification:close": Address(
        SEES_SCHOOL, writes=set(), args=lambda world: {"code": world.gap.code}, data=lambda world: {"reason": "属实"}
    ),
    "rectification:reopen": Address(
        SEES_SCHOOL, writes=set(), args=lambda world: {"code": world.gap.code}, data=lambda world: {"reason": "未改"}
    ),
    "inspections:list": Address({*SEES_SCHOOL, *NEIGHBOURS, *FOREIGN}),
    "inspections:sheet": Address({*SEES_SCHOOL, *NEIGHBOURS, *FOREIGN}),
    "inspections:find": Address({"inspector"}),
    "inspections:verify": Address({"inspector"}),
    "inspections:new": Address(
        {"inspector"},
        args=_nothing,
        query=lambda world: f"?place={world.school.code}&period={world.period.pk}",
        over=set(),
    ),
    "rectification:detail": Address(SEES_SCHOOL, args=lambda world: {"code": world.gap.code}),
    "inspections:detail": Address(SEES_SCHOOL, args=lambda world: {"code": world.finding.code}),
    "inspections:answer": Address(
        SEES_SCHOOL,
        writes={"clerk", "principal", "officer"},
        args=lambda world: {"code": world.finding.code},
        data=lambda world: {"answer": "已核对更正"},
    ),
    "inspections:close": Address(
        SEES_SCHOOL,
        writes={"inspector"},
        args=lambda world: {"code": world.finding.code},
        data=lambda world: {"closing": "属实"},
    ),
}

# Addresses that anybody may ask, signed in or not, or whose rights are tested where they are made.
WITHOUT_PLACE = {
    "accounts:sign-in",
    "accounts:code",
    "accounts:sign-out",
    "accounts:end-other-sessions",
    "accounts:second-factor-off",
    "accounts:new-token",
    "accounts:revoke-token",
    "notices:follow",
    "notices:read",
    "jobs:detail",
    "jobs:cancel",
    "jobs:retry",
    "jobs:download",
    "filings:preview",
    "filings:add-row",
    "filings:remove-row",
    "filings:explain",
    "filings:settle",
    "filings:decide",
    "filings:period-reopen",
    "rectification:bulk",
    "inspections:verify-filing",
}
