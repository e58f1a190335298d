"""What a plan comes to, in one sentence of the page's language."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from junheng.base.exact import plain
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.templatetags.words import number
from junheng.web.templatetags.words import outcome as outcome_word


def answer(plan: Plan) -> str:
    """The sentence that the page of a plan opens with."""
    summary = plan.summary
    match PlanKind(plan.kind):
        case PlanKind.RESOURCES:
            return _resources(plan.county.name, summary)
        case PlanKind.ROTATION:
            words = _(
                "%(county)s %(eligible)s 名符合条件的教师交流 %(moved)s 人（%(share)s），其中骨干 %(backbone)s 人"
            )
            said = words % {
                "county": plan.county.name,
                "eligible": summary["eligible"],
                "moved": summary["moved"],
                "share": share(summary["share"]),
                "backbone": summary["backbone_moved"],
            }
            return _unfilled(said, summary["unfilled"])
        case PlanKind.ZONING:
            said = _("%(county)s %(blocks)s 个地块划给 %(zones)s 所学校，%(changed)s 处改划") % {
                "county": plan.county.name,
                **{name: summary[name] for name in ("blocks", "zones", "changed")},
            }
            missing = summary["missing_seats"]
            return said + (_("，还缺 %(count)s 个学位") % {"count": missing} if missing else _("，学位都够"))


def _resources(county: str, summary: dict[str, Any]) -> str:
    if not summary["cost"] and summary["before"] == summary["after"]:
        return _("%(county)s不用增配：资源配置和校际均衡的要求已经达到") % {"county": county}
    return _("%(county)s花 %(cost)s 万元、%(years)s，资源配置和校际均衡从“%(before)s”到“%(after)s”") % {
        "county": county,
        "cost": money(summary["cost"]),
        "years": years(summary["years"]),
        "before": outcome_word(summary["before"]),
        "after": outcome_word(summary["after"]),
    }


def _unfilled(said: str, count: int) -> str:
    return said + (_("，还有 %(count)s 个缺口没有补上") % {"count": count} if count else _("，各校缺口都补上"))


def gap(proof: dict[str, Any]) -> str:
    """How far from the best a plan is at most, in a few words."""
    if proof.get("status") == "optimal" or proof.get("gap") == 0:
        return _("已证明最优")
    if proof.get("gap") is None:
        return _("差多少不知道")
    # Rounded up: no plan is shown as nearer to the best than is proven.
    return _("离最优至多差 %(gap)s") % {"gap": share(_up(proof["gap"] * 100))}


def _up(percent: float) -> float:
    return ceil(percent * 100 - 1e-9) / 100


def share(percent: float | None) -> str:
    return "—" if percent is None else f"{plain(percent, 2)}%"


def money(yuan: float) -> str:
    """元 in 万元, to two decimals."""
    return str(number(yuan / 10_000, 2))


def years(count: int) -> str:
    return ngettext("%(count)s 年", "%(count)s 年", count) % {"count": count}


def listed_as(plan: Plan) -> str:
    """What the list says a plan costs or moves."""
    summary = plan.summary
    match PlanKind(plan.kind):
        case PlanKind.RESOURCES:
            return _("%(cost)s 万元") % {"cost": money(summary["cost"])}
        case PlanKind.ROTATION:
            return _("交流 %(moved)s 人") % {"moved": summary["moved"]}
        case PlanKind.ZONING:
            return _("%(zones)s 个学区") % {"zones": summary["zones"]}
