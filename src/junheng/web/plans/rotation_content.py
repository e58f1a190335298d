"""What the page of a rotation plan shows: shares, gaps, what stays open, and who goes where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.reporting.charts.before_after import before_after
from junheng.reporting.charts.table import table
from junheng.web.dashboards.overview_content import language
from junheng.web.plans.models import Plan
from junheng.web.plans.sentences import share
from junheng.web.templatetags.words import label, number
from junheng.web.templatetags.words import stage as stage_word

Document = Mapping[str, Any]
Row = dict[str, Any]


class PeopleFilter(forms.Form):
    """Which persons of the list."""

    q = forms.CharField(label=gettext_lazy("教师、学校或学科"), required=False, max_length=60)
    only = forms.ChoiceField(
        label=gettext_lazy("范围"),
        required=False,
        choices=(
            ("", gettext_lazy("全部")),
            ("backbone", gettext_lazy("骨干教师")),
            ("fixed", gettext_lazy("县里已定的")),
        ),
    )


def without_names(document: Document) -> Row:
    """The document as those read it who may not read names: codes stay, everything personal goes."""
    from junheng.planning.rotation.personal import without_personal

    return without_personal(document)


def context_of(plan: Plan) -> dict[str, Any]:
    document = plan.document
    shares, fairness = document["shares"], document["fairness"]
    return {
        "tiles": [
            {
                "name": _("交流比例"),
                "figure": share(shares["share"]),
                "met": _reached(shares["share"], shares["least_share"]),
                "note": _("%(moved)s / %(all)s 人，至少 %(least)s")
                % {"moved": shares["moved"], "all": shares["eligible"], "least": share(shares["least_share"])},
            },
            {
                "name": _("其中骨干"),
                "figure": share(shares["backbone_share"]),
                "met": _reached(shares["backbone_share"], shares["least_backbone_share"]),
                "note": _("%(moved)s / %(all)s 人，至少 %(least)s")
                % {
                    "moved": shares["backbone_moved"],
                    "all": shares["moved"],
                    "least": share(shares["least_backbone_share"]),
                },
            },
        ],
        "facts": list(_facts(fairness)),
        "lacks": lacks(document),
        "unfilled": [_need(row) for row in document["unfilled"]],
        "people_count": len(document["people"]),
    }


def _reached(value: float | None, least: float | None) -> str:
    if least is None:
        return ""
    return "unknown" if value is None else "met" if value >= least else "unmet"


def _facts(fairness: Row) -> Iterator[tuple[str, str]]:
    if fairness["mean_km"] is not None:
        yield _("平均路程"), _("%(km)s 公里") % {"km": number(fairness["mean_km"], 1)}
        yield _("最远路程"), _("%(km)s 公里") % {"km": number(fairness["max_km"], 1)}
    if fairness["unknown_km"]:
        yield _("路程不详"), _("%(count)s 人") % {"count": fairness["unknown_km"]}
    for key, name in (
        ("to_hardship", _("去边远困难学校")),
        ("from_hardship", _("从边远困难学校出来")),
        ("to_own_town", _("去家庭所在乡镇")),
        ("beyond_even_share", _("超出各校平均分担")),
    ):
        yield name, _("%(count)s 人") % {"count": fairness[key]}


def lacks(document: Document) -> dict[str, Any]:
    """What the schools lack in all of each sort of teacher, before and after."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in document["needs"]:
        sums = found.setdefault((label(row["label"]), stage_word(row.get("stage"))), [0, 0])
        sums[0] += max(0, row["need"] - row["before"])
        sums[1] += max(0, row["need"] - row["after"])
    rows = [
        {
            "group": f"{stage} {name}".strip(),
            "series": "",
            "before": before,
            "after": after,
            "outcome_before": "unmet" if before else "met",
            "outcome_after": "unmet" if after else "met",
        }
        for (name, stage), (before, after) in found.items()
        if before or after
    ]
    if not rows:
        return {}
    heads = [("group", _("缺什么")), ("before", _("现在")), ("after", _("方案后"))]
    spec = before_after(rows, title=_("缺口（人次）"), digits=0, language=language())
    return {"spec": spec, "table": table(rows, heads)}


def _need(row: Row) -> Row:
    return {**row, "what": label(row["label"]), "stage": stage_word(row.get("stage"))}


def people(document: Document, form: PeopleFilter) -> list[Row]:
    """The persons that a filter finds, with their words in the language of the page."""
    wanted = form.cleaned_data if form.is_valid() else {}
    text, only = wanted.get("q", "").strip(), wanted.get("only", "")
    return [
        person
        for person in map(_person, document["people"])
        if (not text or any(text in str(person[key]) for key in ("code", "name", "from", "to", "subject")))
        and (only != "backbone" or person["backbone"])
        and (only != "fixed" or person["fixed"])
    ]


def _person(person: Row) -> Row:
    attributes = person["attributes"]
    return {
        "code": person["teacher_code"],
        "name": person["name"] or person["teacher_code"],
        "stage": label(person.get("stage")),
        "subject": label(person["subject"]),
        "degree": label(attributes.get("degree")),
        "title": label(attributes.get("title")),
        "backbone": bool(attributes.get("backbone")),
        "from": person["from"]["name"],
        "to": person["to"]["name"],
        "km": person["km"],
        "reason": label(person["reason"]),
        "fixed": person["fixed"],
    }


def people_heads() -> tuple[str, ...]:
    return (
        _("教师编号"),
        _("姓名"),
        _("学段"),
        _("学科"),
        _("学历"),
        _("职称"),
        _("骨干"),
        _("现在的学校"),
        _("交流到"),
        _("公里"),
        _("理由"),
        _("县里已定"),
    )


def people_rows(persons: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    for person in persons:
        yield tuple(person[key] for key in (
            "code", "name", "stage", "subject", "degree", "title", "backbone", "from", "to", "km", "reason", "fixed",
        ))  # fmt: skip


def need_heads() -> tuple[str, ...]:
    return (_("学校标识码"), _("学校"), _("学段"), _("缺什么"), _("需要"), _("现在"), _("方案后"), _("还差"))


def need_rows(document: Document) -> Iterator[tuple[object, ...]]:
    for row in map(_need, document["needs"]):
        lacking = max(0, row["need"] - row["after"])
        yield (
            row["school_code"],
            row["school_name"],
            row["stage"],
            row["what"],
            row["need"],
            row["before"],
            row["after"],
            lacking,
        )
