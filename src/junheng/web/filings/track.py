"""Where a filing stands on its way, and in one sentence what is to be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.web.filings.models import Filing
from junheng.web.filings.reading import Checked
from junheng.web.filings.states import APPROVED, Route, State, Step

_NAMES = {
    State.DRAFT: gettext_lazy("填报"),
    State.HANDED_IN: gettext_lazy("校长签报"),
    State.SIGNED: gettext_lazy("乡镇审核"),
    State.TOWN_PASSED: gettext_lazy("县级审核"),
    State.APPROVED: gettext_lazy("通过"),
}
_WAYS = {
    Route.TOWN_SCHOOL: tuple(_NAMES),
    Route.COUNTY_SCHOOL: tuple(state for state in _NAMES if state != State.SIGNED),
    Route.OFFICE: (State.DRAFT, State.TOWN_PASSED, State.APPROVED),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the way: done, now or still to come."""

    label: str | Promise
    mark: str


def track_of(filing: Filing) -> list[Stop]:
    way = _WAYS[Route(filing.route)]
    state = State(filing.state)
    if state in APPROVED:
        return [Stop(_NAMES[stop] if stop != State.APPROVED else state.label, "done") for stop in way]
    here = way.index(State.DRAFT if state == State.RETURNED else state)
    return [
        Stop(_NAMES[stop], "done" if place < here else "now" if place == here else "") for place, stop in enumerate(way)
    ]


def what_now(
    filing: Filing, *, fills: bool, steps: Sequence[Step], found: Checked, today: date, returned: str = ""
) -> str:
    """One sentence: what this person has to do, or whom the filing waits for.

    Args:
        fills: whether the person types into this filing.
        returned: why it came back, if it did.
    """
    names = {step.name for step in steps}
    if filing.is_open and fills:
        return _to_fill(filing, found, today, returned)
    if "sign" in names:
        return _("填报员已提交，请您看过摘要后签报")
    if "pass_in_town" in names:
        return _("校长已签报，请您审核后通过，或写明原因退回")
    if "approve" in names:
        return _("已送到县里，请您审核后通过，或写明原因退回")
    if "verify" in names:
        return _("县级已通过，请您核查原始材料")
    waits = {
        State.DRAFT: _("填报员正在填写"),
        State.RETURNED: _("已退回，填报员正在改正"),
        State.HANDED_IN: _("已提交，等待校长签报"),
        State.SIGNED: _("校长已签报，等待乡镇审核"),
        State.TOWN_PASSED: _("等待县级审核"),
        State.APPROVED: _("县级审核已通过"),
        State.VERIFIED: _("督导核查无误"),
        State.LOCKED: _("已锁定，作为认定依据"),
    }
    return waits[State(filing.state)]


def _to_fill(filing: Filing, found: Checked, today: date, returned: str) -> str:
    if returned and filing.state == State.RETURNED:
        return _("被退回：{reason}").format(reason=returned)
    days = (filing.period.due_on - today).days
    when = _("已过期 {days} 天").format(days=-days) if days < 0 else _("离截止还有 {days} 天").format(days=days)
    left = found.asked - found.filled
    if filing.version == 1 and left and not found.is_sound:
        return _("请填 {asked} 个数，{when}").format(asked=left, when=when)
    if found.errors:
        return _("还有 {errors} 处错误要改、{open} 处要说明，{when}").format(
            errors=found.errors, open=found.to_explain, when=when
        )
    if found.to_explain:
        return _("还有 {open} 处要补填或说明，{when}").format(open=found.to_explain, when=when)
    return _("已填齐，请提交")
