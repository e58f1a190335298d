"""The menu: what a person may open, by the same rule that opens it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from junheng.web.access import Action, may_anywhere
from junheng.web.accounts.models import User

A = Action
# label, view name, actions of which one must be granted somewhere (none: everybody who is signed in)
PAGES = (
    (_("工作台"), "home", ()),
    (_("填报"), "filings:list", (A.FILE, A.SIGN, A.FILE_FOR_OFFICE)),
    (_("催报与审核"), "filings:board", (A.VIEW_BOARD, A.REVIEW_IN_TOWN, A.REVIEW_IN_COUNTY)),
    (_("县域总览"), "dashboards:overview", (A.VIEW_COUNTY_RESULT,)),
    (pgettext_lazy("list", "学校"), "dashboards:schools", (A.VIEW_SCHOOL_RESULT,)),
    (_("比较"), "dashboards:compare", (A.VIEW_COUNTY_RESULT,)),
    (_("试算"), "dashboards:try-out", (A.TRY_OUT,)),
    (_("方案"), "plans:list", (A.VIEW_PLAN,)),
    (_("报告"), "reports:list", (A.VIEW_REPORT,)),
    (_("核对"), "claims:check", (A.VIEW_REPORT,)),
    (_("问题清单"), "rectification:list", (A.VIEW_GAPS,)),
    (_("督导"), "inspections:list", (A.VIEW_INSPECTION,)),
    (_("各县"), "dashboards:counties", (A.COMPARE_COUNTIES,)),
    (_("监测"), "monitoring:overview", (A.VIEW_COUNTY_RESULT,)),
    (pgettext_lazy("list", "标准"), "dashboards:standards", ()),
    (_("系统"), "regions:index", (A.MANAGE_PLACES, A.MANAGE_PEOPLE, A.MANAGE_PERIODS, A.VIEW_AUDIT)),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the menu as (label, url, whether it is the current one), and how many unread notices."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"navigation": [], "notice_count": 0}
    pages = [(label, reverse(name)) for label, name, actions in PAGES if not actions or may_anywhere(user, *actions)]
    # The closest one: below /filings/board/ one is not also at /filings/, and the workbench is only itself.
    closest = max((url for _label, url in pages if url != "/" and request.path.startswith(url)), key=len, default="/")
    here = closest if closest != "/" or request.path == "/" else ""
    menu = [(label, url, url == here) for label, url in pages]
    return {"navigation": menu, "notice_count": user.notices.filter(read_at__isnull=True).count()}
