"""What was handed in, frozen: the content of a version and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from junheng.web.accounts.models import User
from junheng.web.filings.models import Explanation, Filing, FilingVersion
from junheng.web.filings.reading import Checked

Content = dict[str, list[dict[str, Any]]]


def content_of(filing: Filing, found: Checked | None = None) -> Content:
    """All rows of the draft with who typed each cell, and the explanations as the rows' 填报说明.

    Args:
        found: the draft as it was checked: what explains nothing of it any more is left out.
    """
    explanations: Iterable[Explanation] = filing.explanations.order_by("pk")
    if found is not None:
        explanations = [entry for entry in explanations if found.needs(entry)]
    notes: dict[tuple[str, str], list[str]] = {}
    for entry in explanations:
        texts = notes.setdefault((entry.table, entry.key), [])
        if entry.text not in texts:
            texts.append(entry.text)
    content: Content = {}
    for row in filing.rows.all():
        values = dict(row.values)
        if told := notes.get((row.table, row.key)):
            values["note"] = "；".join(told)
        content.setdefault(row.table, []).append({"key": row.key, "values": values, "authors": row.authors})
    return content


def digest_of(content: Content) -> str:
    """SHA-256 of the canonical text of a version's content."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def make_version(
    filing: Filing, *, step: str, acting_user: User, reason: str = "", found: Checked | None = None
) -> FilingVersion:
    """Freeze the draft under the next number. Called inside the transaction of the step.

    Args:
        found: see ``content_of``.
    """
    content = content_of(filing, found)
    newest = filing.versions.order_by("-number").first()
    return FilingVersion.objects.create(
        filing=filing,
        number=newest.number + 1 if newest else 1,
        step=step,
        made_by=acting_user,
        content=content,
        digest=digest_of(content),
        reason=reason,
    )


def rows_of_version(version: FilingVersion) -> dict[str, dict[str, dict[str, str]]]:
    """The rows of a version, by table and key."""
    return {table: {row["key"]: row["values"] for row in rows} for table, rows in version.content.items()}
