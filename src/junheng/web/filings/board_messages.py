"""What a person is told after reminders were sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from junheng.web.filings.reminders import Reminded


def tell_of_reminders(request: HttpRequest, result: Reminded) -> None:
    """Say in one message what became of a round of reminders, and in another whom nobody could tell."""
    if result.filings:
        said = _("已催报 %(filings)s 份，通知 %(people)s 人。") % {"filings": result.filings, "people": result.people}
        messages.success(request, said)
    else:
        messages.info(request, _("没有发出催报。"))
    if result.today_already:
        messages.info(request, _("%(count)s 份今天已经催过，每份每天只催一次。") % {"count": result.today_already})
    if result.filed:
        messages.info(request, _("%(count)s 份已经报出，不用催。") % {"count": result.filed})
    if result.not_yours:
        messages.warning(request, _("%(count)s 份不归您催报，没有催。") % {"count": result.not_yours})
    if result.nobody:
        names = _("、").join(result.nobody[:10])
        text = _("%(count)s 份没有催到：没有填报员，也没有校长（或联络员）——%(names)s。请在系统里指定人员。")
        more = _("等") if len(result.nobody) > 10 else ""
        messages.warning(request, text % {"count": len(result.nobody), "names": names + more})
