"""Parts and indicators in the language of the page: documents name some of them in Chinese alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from junheng.standards.library import load_standard
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.web.templatetags.words import label

Document = Mapping[str, Any]


def part_name(document: Document, part: Mapping[str, Any]) -> str:
    """What a part of the document's standard is called."""
    match part["part"]:
        case str(name) if name == RESOURCES:
            return _("资源配置")
        case str(name) if name == BALANCE:
            return _("校际均衡")
        case name:
            return label(getattr(load_standard(document["standard"]), name, None)) or label(part["label"])


def coefficient_name(document: Document, row: Mapping[str, Any]) -> str:
    """What the indicator of a coefficient is called."""
    if row["indicator"] == COMPOSITE:
        return _("综合")
    return label(load_standard(document["standard"]).resources.get(row["indicator"])) or label(row["label"])
