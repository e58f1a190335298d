"""标准: browse them, read one, lay two side by side, see which apply today."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from junheng.reporting.catalogue import INDICATOR_HEADS, ITEM_HEADS, Catalogue, catalogue, filled
from junheng.standards.library import load_standard, standard_ids
from junheng.standards.model import Standard
from junheng.standards.tally import tally
from junheng.web.dashboards import answers
from junheng.web.dashboards.rule_dates import applying_today
from junheng.web.dashboards.selectors import counties_of
from junheng.web.dashboards.standard_list import (
    StandardFilter,
    StandardRow,
    all_rows,
    applying_rows,
    differences,
    exported,
    facts_of,
    heads,
    is_old,
)
from junheng.web.exports import export_response
from junheng.web.templatetags.words import label
from junheng.workflow import tables_for


@login_required
@require_GET
def standards(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    rows = all_rows(today)
    form = StandardFilter(request.GET, rows)
    shown = form.narrowed(rows)
    if "format" in request.GET:
        return export_response(request, _("标准清单"), heads(), exported(shown))
    county = next(iter(counties_of(request.user)), None)
    here = applying_rows(applying_today(county.code, today), today) if county else []
    context = {
        "form": form,
        "rows": shown,
        "county": county,
        "applying": here,
        "today": today,
        "answer": _answer(rows, county, here),
    }
    return render(request, "dashboards/standards.html", context)


def _answer(rows: list[StandardRow], county: object, here: list[StandardRow]) -> str:
    if county is None or not here:
        return _("共有 %(count)s 个标准，其中 %(held)s 个今天有效") % {
            "count": len(rows),
            "held": sum(row.in_force for row in rows),
        }
    own = [row.name for row in here if row.because != "candidate" and row.purpose != "checklist"]
    return _("今天适用于%(county)s的有 %(count)s 个标准：%(names)s") % {
        "county": county,
        "count": len(own),
        "names": answers.listed(own),
    }


@login_required
@require_GET
def standard(request: HttpRequest, name: str) -> HttpResponseBase:
    found = _standard(name)
    content = catalogue(found, tables_for(found))
    context = {
        "standard": found,
        "content": content,
        "lists": _lists(content),
        "facts": facts_of(content),
        "marks": _("● 已见原文　◐ 推断　○ 一般了解，引用前须核对"),
        "old": is_old(found, timezone.localdate()),
        "others": [row for row in all_rows(timezone.localdate()) if row.purpose == found.purpose and row.id != name],
        "answer": _standard_answer(found, content),
    }
    return render(request, "dashboards/standard.html", context)


def _standard(name: str) -> Standard:
    if name not in standard_ids():
        raise Http404
    return load_standard(name)


def _standard_answer(found: Standard, content: Catalogue) -> str:
    said = {
        "standard": label(found),
        "indicators": len(found.counted()),
        "items": sum(len(part.items) for _name, part in found.parts()),
        "gaps": len(content.gaps),
        "unverified": tally(found).unverified,
    }
    text = _("%(standard)s：%(indicators)s 项指标、%(items)s 个事项；%(unverified)s 条规则没有见到原文") % said
    return answers.clauses([text, _("%(gaps)s 处内容没有找到") % said if content.gaps else ""])


def _lists(content: Catalogue) -> list[dict[str, Any]]:
    """The lists of a catalogue, each without the columns that it does not fill."""
    found = []
    for title, all_heads, lines in (
        (_("指标"), INDICATOR_HEADS, content.indicators),
        (_("事项"), ITEM_HEADS, content.items),
    ):
        if lines:
            kept_heads, kept = filled(all_heads, lines)
            found.append({"title": title, "heads": kept_heads, "lines": kept})
    return found


@login_required
@require_GET
def diff(request: HttpRequest) -> HttpResponseBase:
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    rows = all_rows(timezone.localdate())
    context: dict[str, Any] = {"rows": rows, "before": before, "after": after}
    if before and after:
        old, new = _standard(before), _standard(after)
        found = differences(old, new)
        if "format" in request.GET:
            listed = ([entry.part, entry.name, entry.aspect, entry.before, entry.after] for entry in found)
            heads_ = [_("部分"), _("事项"), _("方面"), label(old), label(new)]
            return export_response(request, _("标准对照"), heads_, listed)
        context |= {"old": old, "new": new, "found": found, "both": [entry for entry in found if entry.only is None]}
        context |= {
            "only_old": [entry for entry in found if entry.only == "before"],
            "only_new": [entry for entry in found if entry.only == "after"],
        }
    return render(request, "dashboards/standards_diff.html", context)
