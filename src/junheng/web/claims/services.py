"""Keeping a check, deciding about its findings, deleting it: each one event of the log, without words of the text."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from junheng.claims.marking import count
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.claims.apart import Checked
from junheng.web.claims.asking import Asked
from junheng.web.claims.decisions import Decision, to_json
from junheng.web.claims.errors import TooManyKeptError
from junheng.web.claims.models import Check
from junheng.web.claims.selectors import own_place
from junheng.web.claims.upload import Sent

MOST_KEPT = 100


def keep_check(
    *,
    sent: Sent,
    asked: Asked,
    checked: Checked,
    decisions: Mapping[str, Decision],
    acting_user: User,
) -> Check:
    """Keep a file that was checked, with what was decided, until its owner deletes it.

    Raises:
        TooManyKeptError: she keeps as many as anybody may.
    """
    if Check.objects.filter(made_by=acting_user).count() >= MOST_KEPT:
        raise TooManyKeptError(limit=MOST_KEPT)
    counts = count(checked.claims)
    with transaction.atomic():
        check = Check.objects.create(
            name=sent.name,
            digest=sent.digest,
            evaluation=asked.evaluation,
            standard=asked.standard,
            day=asked.day,
            decisions=to_json(decisions),
            figures=counts.figures,
            inconsistent=counts.inconsistent,
            missed=counts.missed,
            place=asked.evaluation.period.county if asked.evaluation else own_place(acting_user),
            made_by=acting_user,
        )
        _record(check, acting_user, "keep_check", f"保存核对的材料“{check}”", [_change("file", None, check.digest)])
        check.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(sent.path, check.path)
        check.path.chmod(0o600)
    return check


def decide(*, check: Check, key: str, decision: Decision | None, acting_user: User) -> None:
    """Say of a finding that it is right or no fault, or take back what was said; the same once more is no event.

    Args:
        key: of a figure that is a finding, see ``decisions.keys_of``.
    """
    with transaction.atomic():
        standing = Check.objects.select_for_update(of=("self",)).select_related("place").get(pk=check.pk)
        before = standing.decisions.get(key)
        after = to_json({key: decision})[key] if decision else None
        if before == after:
            return
        standing.decisions = {name: kept for name, kept in standing.decisions.items() if name != key}
        if after:
            standing.decisions[key] = after
        standing.save(update_fields=["decisions"])
        # The reason is somebody's own word on the text, and stays with it.
        change = _change(key, before and before[0], after and after[0])
        _record(standing, acting_user, "decide_finding", f"核对“{check}”：处理一处不符", [change])


def delete_check(*, check: Check, acting_user: User) -> None:
    """Delete a kept check and its file for good; the log keeps that there was one."""
    with transaction.atomic():
        _record(check, acting_user, "delete_check", f"删除核对的材料“{check}”", [_change("file", check.digest, None)])
        folder = check.path.parent
        Check.objects.filter(pk=check.pk).delete()
        transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def _change(what: str, before: object, after: object) -> dict[str, Any]:
    return {"what": what, "before": before, "after": after}


def _record(check: Check, user: User, action: str, summary: str, changes: list[dict[str, Any]]) -> None:
    record(
        acting_user=user,
        action=action,
        subject=f"check:{check.pk}",
        place=check.place,
        summary=summary,
        changes=changes,
    )
