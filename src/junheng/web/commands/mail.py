"""``junheng web mail``: send the notices that wait, for a timer."""

from __future__ import annotations

import click

from junheng.web.commands.installation import on_installation, say
from junheng.web.commands.migrations import require_migrated


@click.command()
@on_installation
def mail() -> None:
    """把还没读的通知用邮件发出去，每人一封；没有设邮件服务器（JUNHENG_WEB_EMAIL_HOST）时什么也不做。

    \b
        junheng web mail
    """
    from django.conf import settings

    from junheng.web.jobs.mailing import send_due_mails

    require_migrated()
    if not settings.EMAIL_HOST:
        say("没有设置邮件服务器（JUNHENG_WEB_EMAIL_HOST），没有发送。")
        return
    say(f"已发送 {send_due_mails()} 封邮件。")
