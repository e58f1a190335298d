"""What stands on the workbench: what a person owes and by when, what came back, what runs, what was judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from urllib.parse import urlencode

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.base.errors import JunhengError
from junheng.web.access import Action, may_anywhere, places_for
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.dashboards.answers import county_answer
from junheng.web.dashboards.counties_content import counties_answer, county_lines, year_asked
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import evaluations_for, judgement_of, newest_by_county
from junheng.web.filings.board_selectors import SEES_BOARD, board_periods, by_year, is_late, open_filings, waiting_for
from junheng.web.filings.duties import duties_of
from junheng.web.filings.models import Filing
from junheng.web.filings.states import State
from junheng.web.inspections.selectors import findings_for
from junheng.web.rectification.models import GapState
from junheng.web.rectification.selectors import gaps_for

MOST = 30  # lines of one kind; the lists behind them have all


@dataclass(frozen=True)
class Task:
    """One thing to do: what, where, until when; ``note`` says what came back, or how far it is."""

    kind: str
    text: str
    href: str
    due: date | None = None
    days_left: int | None = None
    note: str = ""
    came_back: bool = False

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def days_over(self) -> int:
        return -(self.days_left or 0)


@dataclass(frozen=True)
class Verdict:
    """The newest judgement that counts, in one sentence."""

    sentence: str
    evaluation: Evaluation


def tasks_of(user: User, today: date) -> list[Task]:
    """Everything that waits for this person, the most urgent first."""
    found = [*_filings(user, today), *_board(user, today), *_gaps(user, today), *_findings(user)]
    return sorted(found, key=lambda task: (task.days_left is None, task.days_left or 0, not task.came_back))


def _filings(user: User, today: date) -> list[Task]:
    """What she fills or signs herself."""
    tasks: list[Task] = []
    others = _of_departments(user, today)
    for duty in duties_of(user, today):
        filing = duty.filing
        signs = filing.state == State.HANDED_IN
        is_owed = (filing.is_open and filing.period.opens_on <= today) or (signs and may_anywhere(user, Action.SIGN))
        if not duty.is_mine_now or not is_owed or (filing.place_id, filing.office) in others:
            continue
        back = filing.state == State.RETURNED
        counts = {"filled": filing.filled, "asked": filing.asked}
        note = _("已填 %(filled)s / %(asked)s") % counts if filing.asked else ""
        tasks.append(
            Task(
                kind=_("签报") if signs else _("改正") if back else _("填报"),
                text=f"{duty.name} · {filing.period}",
                href=reverse("filings:detail", args=[filing.code]),
                due=filing.period.due_on,
                days_left=duty.days_left,
                note=_("退回原因：%(reason)s") % {"reason": duty.returned} if back and duty.returned else note,
                came_back=back,
            )
        )
    return tasks[:MOST]


def _of_departments(user: User, today: date) -> set[tuple[int, str]]:
    """The offices' filings that have people of their own: the bureau may fill them in, but does not owe them."""
    held = Assignment.objects.held_on(today).filter(role=Role.DEPARTMENT)
    mine = set(held.filter(user=user).values_list("place_id", "office"))
    offices = held.filter(place__in=places_for(user, Action.FILE_FOR_OFFICE))
    return set(offices.values_list("place_id", "office")) - mine


def _board(user: User, today: date) -> list[Task]:
    """What waits for her review, and whom she has to remind: one line each, the list behind it."""
    if not may_anywhere(user, *SEES_BOARD):
        return []
    filings = open_filings(user)
    running = set(board_periods(user).filter(closed_at__isnull=True).values_list("school_year", flat=True))
    several = len(running) > 1
    return [*_to_review(user, filings, several), *_to_remind(user, filings, today, several)]


def _to_review(user: User, filings: QuerySet[Filing], several: bool) -> list[Task]:
    waiting = filings.filter(waiting_for(user)).exclude(state=State.HANDED_IN).order_by()
    verifies = may_anywhere(user, Action.VERIFY)
    text = _("%(count)s 份填报待核查") if verifies else _("%(count)s 份填报待审核")
    years = waiting.values_list("period__school_year").annotate(Count("pk"), Min("handed_in_at"))
    return [
        Task(
            kind=_("核查") if verifies else _("审核"),
            text=_of_year(text % {"count": count}, year, several),
            href=reverse("inspections:verify") if verifies else _board_address(year, standing="mine"),
            note=_("最早的 %(day)s 就报出了") % {"day": timezone.localdate(first).isoformat()} if first else "",
        )
        for year, count, first in sorted(years, key=itemgetter(0))
    ]


def _to_remind(user: User, filings: QuerySet[Filing], today: date, several: bool) -> list[Task]:
    if not may_anywhere(user, Action.REMIND):
        return []
    text = _("%(count)s 份填报逾期未报")
    return [
        Task(
            kind=_("催报"),
            text=_of_year(text % {"count": count}, year, several),
            href=_board_address(year, late="on"),
            days_left=-1,
        )
        for year, count in by_year(filings.filter(is_late(today))).items()
    ]


def _of_year(text: str, year: int, several: bool) -> str:
    """The text with its school year where more than one is running."""
    return f"{year}—{year + 1}：{text}" if several else text


def _board_address(year: int, **wanted: str) -> str:
    return f"{reverse('filings:board')}?{urlencode({**wanted, 'year': year})}"


def _gaps(user: User, today: date) -> list[Task]:
    """The gaps that are hers to mend."""
    mine = gaps_for(user).filter(owner=user, state__in=(GapState.OPEN, GapState.IN_HAND)).order_by("due_on", "pk")
    return [
        Task(
            kind=_("整改"),
            text=_("%(place)s：%(gap)s") % {"place": gap.place, "gap": gap.heading},
            href=reverse("rectification:detail", args=[gap.code]),
            due=gap.due_on,
            days_left=(gap.due_on - today).days if gap.due_on else None,
            note=gap.shortfall,
        )
        for gap in mine[:MOST]
    ]


def _findings(user: User) -> list[Task]:
    """What inspectors found and nobody has answered yet."""
    if not may_anywhere(user, Action.ANSWER_INSPECTION):
        return []
    places = places_for(user, Action.ANSWER_INSPECTION)
    waiting = findings_for(user).filter(place__in=places, answered_at__isnull=True, closed_at__isnull=True)
    return [
        Task(
            kind=_("答复"),
            text=str(finding),
            href=reverse("inspections:detail", args=[finding.code]),
            note=_("整改要求：%(text)s") % {"text": finding.asks_to} if finding.asks_to else "",
        )
        for finding in waiting[:MOST]
    ]


def counties_sentence(user: User) -> str:
    """How the counties that somebody compares came out, in one sentence; empty where she compares none."""
    if not may_anywhere(user, Action.COMPARE_COUNTIES):
        return ""
    year = year_asked(user, "")
    lines = county_lines(user, year)
    return counties_answer(lines, year) if len(lines) > 1 else ""


def verdicts_of(user: User) -> list[Verdict]:
    """What was judged of the one county of a person; whoever follows several has a page that compares them."""
    if not may_anywhere(user, Action.VIEW_COUNTY_RESULT):
        return []
    newest = newest_by_county(evaluations_for(user))
    if len(newest) != 1:
        return []
    evaluation = next(iter(newest.values()))
    county = evaluation.period.county
    try:
        sentence = county_answer(judgement_of(evaluation), county.code, county.name)
    except JunhengError:  # the snapshot is gone: the page of the county says so, with what to do
        return []
    return [Verdict(sentence, evaluation)]
