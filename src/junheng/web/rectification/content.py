"""What the pages of gaps show beside the gaps themselves: buttons, facts, doors, the rows of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.web.access import Action, may, may_anywhere
from junheng.web.accounts.models import User
from junheng.web.dashboards.doors import indicator_url, overview_url, reasons_url
from junheng.web.rectification.models import Gap, Part
from junheng.web.templatetags.words import outcome, unit

HEADS = (
    gettext_lazy("周期"),
    gettext_lazy("乡镇"),
    gettext_lazy("对象"),
    gettext_lazy("代码"),
    gettext_lazy("板块"),
    gettext_lazy("问题"),
    gettext_lazy("结论"),
    gettext_lazy("差"),
    gettext_lazy("差（数）"),
    gettext_lazy("单位"),
    gettext_lazy("责任科室"),
    gettext_lazy("责任人"),
    gettext_lazy("完成时限"),
    gettext_lazy("逾期"),
    gettext_lazy("状态"),
    gettext_lazy("整改措施"),
    gettext_lazy("预计达成情况"),
    gettext_lazy("佐证说明"),
    gettext_lazy("报完成"),
    gettext_lazy("销号"),
    gettext_lazy("核验情况"),
)


def export_rows(gaps: Iterable[Gap], today: date) -> Iterator[tuple[object, ...]]:
    """The rows of the file, in the order of the list."""
    for gap in gaps:
        yield (
            gap.period,
            town_of(gap),
            gap.place,
            gap.place.code,
            gap.part_label,
            gap.heading,
            outcome(gap.outcome),
            gap.shortfall,
            gap.amount,
            unit(gap.unit),
            gap.office,
            gap.owner or "",
            gap.due_on,
            _("逾期") if gap.is_overdue_on(today) else "",
            gap.get_state_display(),
            gap.measure,
            gap.expects,
            gap.evidence,
            gap.mended_by or "",
            gap.closed_at,
            gap.closed_because,
        )


def town_of(gap: Gap) -> str:
    parent = gap.place.parent
    return parent.name if parent is not None and parent.kind == "town" else ""


def bulk_actions(user: User) -> list[tuple[str, str, str, str]]:
    """What somebody can do with many at once: value, label, tone, the question that confirms the count."""
    wanted = (
        (
            Action.ASSIGN_GAP,
            "assign",
            _("指派"),
            "primary",
            _("把所选 {count} 项按上面填的责任人和时限指派？每位责任人会收到一条通知。"),
        ),
        (Action.REMIND, "remind", _("催办"), "", _("提醒所选 {count} 项的责任人？每人收到一条通知。")),
        (Action.CLOSE_GAP, "close", _("销号"), "", _("确认所选 {count} 项都已核验、可以销号？")),
    )
    return [
        (value, name, tone, question) for action, value, name, tone, question in wanted if may_anywhere(user, action)
    ]


def facts_of(gap: Gap, user: User) -> list[tuple[str, Any]]:
    """The facts of one gap, as name and value."""
    day = f"{timezone.localtime(gap.seen_at):%Y-%m-%d}"
    facts: list[tuple[str, Any]] = [
        (_("周期"), gap.period),
        (_("对象"), f"{town_of(gap)} {gap.place}".strip()),
        (_("板块"), gap.part_label),
        (_("差"), gap.shortfall or "—"),
        (_("最近一次判定"), day),
        (_("责任科室"), gap.office or "—"),
        (_("责任人"), gap.owner or _("没有责任人")),
        (_("完成时限"), gap.due_on.isoformat() if gap.due_on else _("没有时限")),
    ]
    if gap.mended_by is not None and gap.mended_at is not None:
        facts.append((_("报完成"), f"{gap.mended_by} {timezone.localtime(gap.mended_at):%Y-%m-%d}"))
    if gap.closed_at is not None:
        facts.append((_("销号"), f"{gap.closed_by or _('按判定')} {timezone.localtime(gap.closed_at):%Y-%m-%d}"))
        facts.append((_("核验情况"), gap.closed_because))
    return facts


def door_of(gap: Gap, user: User) -> str:
    """Where the requirement is reasoned out, as far as this person may see it."""
    if gap.evaluation is None:
        return ""
    if gap.part == Part.RESOURCES and may(user, Action.VIEW_SCHOOL_RESULT, gap.place):
        return reasons_url(gap.evaluation, gap.place.code, gap.stage, gap.indicator)
    if not may(user, Action.VIEW_COUNTY_RESULT, gap.period.county):
        return ""
    if gap.part == Part.BALANCE and gap.indicator != "composite":
        return indicator_url(gap.indicator, gap.evaluation, stage=gap.stage)
    return overview_url(gap.evaluation)
