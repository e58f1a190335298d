"""Asking for a plan: the form of each kind, its input workbook, and the job that is started."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from junheng.base.errors import JunhengError
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.failures import words_of
from junheng.web.limits import JOBS, UPLOADS, limited
from junheng.web.plans import resource_inputs
from junheng.web.plans.checking import check_inputs, findings_of, solvers_needed
from junheng.web.plans.forms import AskForm, EvaluationForm, FileForm, ResourceForm, RotationForm, ZoningForm
from junheng.web.plans.inputs import InputFile, keep_upload, keep_written, opened
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.plans.selectors import county_to_plan, evaluations_to_plan, get_plan, last_plan
from junheng.web.plans.services import start_plan
from junheng.web.plans.workbooks import template_response
from junheng.web.regions.models import Place
from junheng.web.signed_in import SignedInRequest

_FINDINGS_SHOWN = 50


@require_http_methods(["GET", "POST"])
@login_required
@limited(JOBS)
@limited(UPLOADS)
def new(request: SignedInRequest, kind: str) -> HttpResponse:
    """Ask for a plan: what the form says, or a workbook, is read; what is right becomes a job."""
    if kind not in PlanKind.values:
        raise Http404
    county = county_to_plan(request.user, request.GET.get("county", ""))
    page = _Page(request, county, PlanKind(kind))
    if page.needs_judgement and page.evaluation is None:
        return render(request, "plans/nothing_judged.html", {"county": county, "kind": page.kind})
    try:
        form = page.form()
    except JunhengError as error:
        return render(request, "plans/new.html", page.context(None, error))
    if request.method == "GET" or not form.is_valid():
        return render(request, "plans/new.html", page.context(form))
    try:
        kept, options = page.inputs(form)
        check_inputs(kind, kept, options, page.asked_evaluation(form))
    except JunhengError as error:
        return render(request, "plans/new.html", page.context(form, error))
    plan = start_plan(
        kind=kind,
        county=county,
        evaluation=page.asked_evaluation(form),
        title=form.cleaned_data["title"],
        inputs=kept,
        options=options,
        acting_user=request.user,
    )
    return redirect("plans:detail", code=plan.code)


@require_GET
@login_required
def template(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The input workbook to fill, with what is known already."""
    if kind not in PlanKind.values:
        raise Http404
    county = county_to_plan(request.user, request.GET.get("county", ""))
    return template_response(PlanKind(kind), county, _Page(request, county, PlanKind(kind)).evaluation)


class _Page:
    """What the form of one kind begins with, and what comes of it."""

    def __init__(self, request: SignedInRequest, county: Place, kind: PlanKind) -> None:
        self.request, self.county, self.kind = request, county, kind
        self.evaluations = evaluations_to_plan(request.user, county)
        self.evaluation = self._evaluation(request)
        self.last = self._last(request)

    @property
    def needs_judgement(self) -> bool:
        return self.kind == PlanKind.RESOURCES

    def _evaluation(self, request: HttpRequest) -> Evaluation | None:
        if asked := request.GET.get("evaluation"):
            found = self.evaluations.filter(code=_uuid(asked)).first()
            if found is None:
                raise Http404
            return found
        return self.evaluations.first()

    def _last(self, request: SignedInRequest) -> Plan | None:
        """The plan whose inputs are offered: the one named in the address, else the last of its kind."""
        if asked := request.GET.get("like"):
            plan = get_plan(code=_uuid(asked), user=request.user)
            if (plan.county_id, plan.kind) != (self.county.pk, self.kind):
                raise Http404
            return plan
        return last_plan(self.county, self.kind)

    def form(self) -> AskForm:
        data, files = (self.request.POST, self.request.FILES) if self.request.method == "POST" else (None, None)
        today = timezone.localdate().isoformat()
        initial: dict[str, Any] = {"title": f"{self.kind.label} {today}"}
        match self.kind:
            case PlanKind.RESOURCES:
                return self._resource_form(data, files, initial)
            case _:
                initial["evaluation"] = self.evaluation.code if self.evaluation else None
                make = RotationForm if self.kind == PlanKind.ROTATION else ZoningForm
                return make(data, files, may_repeat=self._may_repeat(), evaluations=self.evaluations, initial=initial)

    def _resource_form(self, data: Any, files: Any, initial: dict[str, Any]) -> ResourceForm:  # noqa: ANN401 - as Django
        assert self.evaluation is not None
        judgement = judgement_of(self.evaluation)
        schools = dict(judgement.dataset["school"].select("school_code", "school_name").iter_rows())
        last = None
        if self.last is not None:
            with opened(InputFile(self.last.inputs, self.last.inputs_name)) as path:
                last = resource_inputs.read_frames(path)
        with solvers_needed():
            measures = resource_inputs.measures_of(judgement.standard)
            blanks = resource_inputs.blanks_of(judgement, self.county.code)
        return ResourceForm(data, files, measures=measures, blanks=blanks, schools=schools, last=last, initial=initial)

    def _may_repeat(self) -> str:
        return f"{self.last.title} · {self.last.inputs_name}" if self.last else ""

    def inputs(self, form: AskForm) -> tuple[InputFile, dict[str, Any]]:
        """The input file and options that a form asks for.

        Raises:
            JunhengError: the file is not one to read.
        """
        options = form.options
        upload: UploadedFile[bytes] | None = form.cleaned_data.get("file")
        if upload is not None:
            kept = keep_upload(upload, self.kind)
        elif isinstance(form, ResourceForm):
            frames = form.frames()
            kept = keep_written(_writing(resource_inputs.write_frames, frames), f"{form.cleaned_data['title']}.xlsx")
        else:
            assert isinstance(form, FileForm)
            assert self.last is not None, "the form offers it only where there is one"
            kept = InputFile(self.last.inputs, self.last.inputs_name)
            told = self.last.options
            options |= {name: told[name] for name in ("outlines", "outlines_name") if name in told}
        if outlines := form.cleaned_data.get("outlines"):
            map_file = keep_upload(outlines, self.kind)
            options |= {"outlines": map_file.digest, "outlines_name": map_file.name}
        return kept, options

    def asked_evaluation(self, form: AskForm) -> Evaluation | None:
        if self.kind == PlanKind.RESOURCES:
            return self.evaluation
        return form.cleaned_data.get("evaluation")

    def context(self, form: AskForm | None, error: JunhengError | None = None) -> dict[str, Any]:
        findings = findings_of(error) if error else ()
        return {
            "kind": self.kind,
            "county": self.county,
            "place_name": self.county.name,
            "evaluation": self.evaluation,
            "choice": EvaluationForm(
                evaluations=self.evaluations, initial={"evaluation": self.evaluation.code if self.evaluation else None}
            ),
            "form": form,
            "last": self.last,
            "error": words_of(error) if error else "",
            "findings": findings[:_FINDINGS_SHOWN],
            "more_findings": max(0, len(findings) - _FINDINGS_SHOWN),
        }


def _writing(write: Callable[[Path, Any], None], content: Any) -> Callable[[Path], None]:  # noqa: ANN401 - as ``write``
    return lambda path: write(path, content)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
