"""Notices by e-mail, where a mail server is set: once each, those that are still unread."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from junheng.web.accounts.models import User
from junheng.web.jobs.work import Work
from junheng.web.notices.models import Notice

_AT_ONCE = 50  # notices of one person in one mail


def send_mails(work: Work) -> None:
    """The job of that name."""
    with work.ending():
        work.result["done"] = send_due_mails()


def send_due_mails() -> int:
    """Send every person with an address what she has not read yet, in one mail; return how many mails went out.

    A notice is marked before its mail is sent and in the same transaction: when sending fails nothing is marked, and
    what was sent is not sent again.
    """
    if not settings.EMAIL_HOST:
        return 0
    waiting = Notice.objects.filter(mailed_at__isnull=True, read_at__isnull=True, user__is_active=True)
    sent = 0
    people = User.objects.filter(pk__in=waiting.exclude(user__email="").values("user")).order_by("pk")
    with get_connection() as server:
        for user in people:
            with transaction.atomic():
                due = list(waiting.filter(user=user).select_for_update().order_by("pk")[:_AT_ONCE])
                if not due:
                    continue
                Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(mailed_at=timezone.now())
                with override(user.language or settings.LANGUAGE_CODE):
                    subject = _("均衡：%(count)s 条通知") % {"count": len(due)}
                    text = "\n".join([*(f"· {notice.words}" for notice in due), "", _("请登录系统查看和处理。")])
                EmailMessage(subject, text, to=[user.email], connection=server).send()
                sent += 1
    return sent
