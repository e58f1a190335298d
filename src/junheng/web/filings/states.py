"""The states of a filing and the steps between them: one table, read by buttons, checks and the manual's diagram.

填报 → 提交 → 校长签报 → 乡镇审核 → 县级审核 → 督导核查 → 锁定；any reviewer may return (退回) with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from junheng.web.access import Action


class State(models.TextChoices):
    """Where a filing stands."""

    DRAFT = "draft", _("填报中")
    HANDED_IN = "handed_in", _("待校长签报")
    SIGNED = "signed", _("待乡镇审核")
    TOWN_PASSED = "town_passed", _("待县级审核")
    APPROVED = "approved", _("县级已通过")
    VERIFIED = "verified", _("督导已核查")
    LOCKED = "locked", _("已锁定")
    RETURNED = "returned", _("已退回")


class Route(models.TextChoices):
    """Which way a filing goes: a school's through its town if it has one, an office's straight to the county."""

    TOWN_SCHOOL = "town_school", _("学校（经乡镇）")
    COUNTY_SCHOOL = "county_school", _("学校（县直）")
    OFFICE = "office", _("部门")


OPEN_FOR_FILING = frozenset({State.DRAFT, State.RETURNED})
# What the county takes as filed: from here on a figure counts as approved.
APPROVED = frozenset({State.APPROVED, State.VERIFIED, State.LOCKED})
SCHOOLS = frozenset({Route.TOWN_SCHOOL, Route.COUNTY_SCHOOL})


@dataclass(frozen=True)
class Step:
    """One step: what it is called, who may take it, from where to where, and what it needs."""

    name: str
    label: str | Promise
    action: Action
    sources: frozenset[State]
    to: State
    routes: frozenset[Route] = frozenset(Route)
    needs_sound_data: bool = False  # no 错误, everything 须说明 explained; makes a version
    needs_reason: bool = False

    @property
    def is_filing(self) -> bool:
        """Whether it is a step of those who fill, for which the period must have begun."""
        return self.action in (Action.FILE, Action.FILE_FOR_OFFICE, Action.SIGN)

    @property
    def is_approval(self) -> bool:
        """Whether it says of another's figures that they are right."""
        reviews = self.action in (Action.REVIEW_IN_TOWN, Action.REVIEW_IN_COUNTY, Action.VERIFY)
        return reviews and not self.needs_reason


_D, _R = State.DRAFT, State.RETURNED
STEPS = (
    Step("hand_in", _("提交"), Action.FILE, frozenset({_D, _R}), State.HANDED_IN, SCHOOLS, needs_sound_data=True),
    Step("take_back", _("撤回"), Action.FILE, frozenset({State.HANDED_IN}), State.DRAFT, SCHOOLS),
    Step(
        "sign",
        _("签报"),
        Action.SIGN,
        frozenset({State.HANDED_IN}),
        State.SIGNED,
        frozenset({Route.TOWN_SCHOOL}),
        needs_sound_data=True,
    ),
    Step(
        "sign",
        _("签报"),
        Action.SIGN,
        frozenset({State.HANDED_IN}),
        State.TOWN_PASSED,
        frozenset({Route.COUNTY_SCHOOL}),
        needs_sound_data=True,
    ),
    Step("send_back", _("退回填报员"), Action.SIGN, frozenset({State.HANDED_IN}), _R, SCHOOLS, needs_reason=True),
    Step(
        "hand_in",
        _("提交"),
        Action.FILE_FOR_OFFICE,
        frozenset({_D, _R}),
        State.TOWN_PASSED,
        frozenset({Route.OFFICE}),
        needs_sound_data=True,
    ),
    Step("pass_in_town", _("乡镇审核通过"), Action.REVIEW_IN_TOWN, frozenset({State.SIGNED}), State.TOWN_PASSED),
    Step("return_in_town", _("退回"), Action.REVIEW_IN_TOWN, frozenset({State.SIGNED}), _R, needs_reason=True),
    Step("approve", _("县级审核通过"), Action.REVIEW_IN_COUNTY, frozenset({State.TOWN_PASSED}), State.APPROVED),
    Step(
        "return",
        _("退回"),
        Action.REVIEW_IN_COUNTY,
        frozenset({State.SIGNED, State.TOWN_PASSED, State.APPROVED, State.VERIFIED}),
        _R,
        needs_reason=True,
    ),
    Step("verify", _("督导核查无误"), Action.VERIFY, frozenset({State.APPROVED}), State.VERIFIED),
    Step("lock", _("锁定"), Action.LOCK, frozenset({State.APPROVED, State.VERIFIED}), State.LOCKED),
    Step("unlock", _("解锁"), Action.LOCK, frozenset({State.LOCKED}), State.APPROVED, needs_reason=True),
)


def steps_from(state: str, route: str) -> list[Step]:
    """The steps that lead on from a state, whoever may take them."""
    return [step for step in STEPS if state in step.sources and route in step.routes]


def find_step(name: str, state: str, route: str) -> Step | None:
    return next((step for step in steps_from(state, route) if step.name == name), None)


def steps_named(name: str) -> list[Step]:
    return [step for step in STEPS if step.name == name]
