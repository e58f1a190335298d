"""Files of one evaluation and of one standard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from junheng.reporting.catalogue import catalogue
from junheng.reporting.catalogue_book import write_catalogue
from junheng.reporting.result_book import write_result_book
from junheng.standards.library import load_standard, standard_ids
from junheng.web.dashboards.overview_content import item_tables
from junheng.web.dashboards.selectors import get_evaluation, judgement_of
from junheng.web.exports import export_response
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.workflow import tables_for


@login_required
@require_GET
def result_book(request: HttpRequest, code: UUID) -> HttpResponseBase:
    evaluation = get_evaluation(code=code, user=request.user)
    judgement = judgement_of(evaluation)
    period = evaluation.period
    name = _("%(county)s %(period)s判定结果") % {"county": period.county, "period": period}
    return _book(name, lambda path: write_result_book(judgement, path))


@login_required
@require_GET
def items(request: HttpRequest, code: UUID) -> HttpResponseBase:
    """Every item of the parts made of items, with who answers for it."""
    evaluation = get_evaluation(code=code, user=request.user)
    period = evaluation.period
    heads = [_("部分"), _("序号"), _("事项"), _("结论"), _("认定与依据数据"), _("责任科室"), _("出处"), _("可信程度")]
    rows = (
        (
            table.name,
            line.number,
            line.name,
            outcome_word(line.outcome) or _("不涉及"),
            line.because,
            line.responsible,
            line.source,
            line.confidence_word,
        )
        for table in item_tables(judgement_of(evaluation), period.county.code)
        for line in table.lines
    )
    return export_response(
        request, _("%(county)s %(period)s事项清单") % {"county": period.county, "period": period}, heads, rows
    )


@login_required
@require_GET
def standard_book(request: HttpRequest, name: str) -> HttpResponseBase:
    if name not in standard_ids():
        raise Http404
    standard = load_standard(name)
    content = catalogue(standard, tables_for(standard))
    return _book(label(standard), lambda path: write_catalogue(content, path))


def _book(name: str, write: Callable[[Path], None]) -> FileResponse:
    """A workbook that is written to a file of its own; the file is gone when it has been sent."""
    with NamedTemporaryFile(suffix=".xlsx", delete=False) as place:
        path = Path(place.name)
    try:
        write(path)
        # An open file stays readable after its name is gone.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.xlsx")
    finally:
        path.unlink()
