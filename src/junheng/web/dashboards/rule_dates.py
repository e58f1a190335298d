"""Whether the rules that an evaluation used are still those that apply to the county."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from junheng.base.errors import JunhengError
from junheng.standards.applying import Applying, applying
from junheng.verdict.judgement import Judgement
from junheng.web.dashboards.answers import listed
from junheng.web.templatetags.words import label


@lru_cache(maxsize=256)
def applying_today(county: str, day: date) -> tuple[Applying, ...]:
    """The standards in force for a county; none where its code is of no province that we know."""
    try:
        return tuple(applying(county, day))
    except JunhengError:
        return ()


def rule_warnings(judgement: Judgement, county: str, today: date) -> list[str]:
    """Sentences on rules that have ended, or that others have taken the place of."""
    standard = judgement.standard
    found = []
    ends = standard.in_force.ends
    if ends is not None and ends < today:
        found.append(
            _("所用标准“%(standard)s”自 %(day)s 起不再执行，请改用现行标准重新判定。")
            % {"standard": label(standard), "day": ends}
        )
    same = [
        entry.standard
        for entry in applying_today(county, today)
        if entry.standard.purpose == standard.purpose and entry.because == "region"
    ]
    replacing = [other for other in same if standard.id in other.ancestors]
    if replacing:
        found.append(
            _("本省已有代替“%(standard)s”的标准：%(others)s。请核对本次判定应当用哪一个。")
            % {"standard": label(standard), "others": listed(label(other) for other in replacing)}
        )
    return found
