"""``junheng web create-admin``: the first person of an installation."""

from __future__ import annotations

from typing import TextIO

import click

from junheng.web.commands.errors import NoSuchPlaceError, UserExistsError, WeakPasswordError
from junheng.web.commands.installation import on_installation, say
from junheng.web.commands.migrations import require_migrated

_KINDS = ("nation", "province", "city", "county")


@click.command("create-admin")
@click.argument("username")
@click.option("--name", default="系统管理员", show_default=True, help="姓名。")
@click.option("--place", "code", required=True, help="管理的地区的行政区划代码，如省 37、县 370102。")
@click.option("--place-name", help="地区名称；库里还没有这个地区时填写，会新建为最上级。")
@click.option("--place-kind", type=click.Choice(_KINDS), help="新建地区的级别：全国、省、市、县。")
@click.option(
    "--password-file", type=click.File(encoding="utf-8"), help="从文件（- 为标准输入）读密码；缺省在屏幕上询问。"
)
@on_installation
def create_admin(
    username: str,
    name: str,
    code: str,
    place_name: str | None,
    place_kind: str | None,
    password_file: TextIO | None,
) -> None:
    """新建管理员：由他再建地区、学校和人员。

    \b
        junheng web create-admin admin --place 37 --place-name 某省 --place-kind province
    """
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from junheng.web.accounts.models import Assignment, Role, User
    from junheng.web.audit.services import record
    from junheng.web.regions.models import Place
    from junheng.web.regions.services import enter_place

    require_migrated()
    if User.objects.filter(username__iexact=username).exists():
        raise UserExistsError(username=username)
    user = User(username=username, name=name, must_change_password=False)
    password = password_file.read().strip() if password_file else _ask()
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPasswordError(why="".join(error.messages)) from error
    user.set_password(password)
    with transaction.atomic():
        place = Place.objects.filter(code=code).first()
        if place is None:
            if not (place_name and place_kind):
                known = "、".join(f"{p.code} {p.name}" for p in Place.objects.filter(parent=None)) or "（没有）"
                raise NoSuchPlaceError(code=code, known=known)
            place = enter_place(kind=place_kind, code=code, name=place_name, parent=None, acting_user=None)
        user.save()
        Assignment.objects.create(user=user, role=Role.ADMINISTRATOR, place=place)
        record(
            acting_user=None,
            action="create_admin",
            subject=f"user:{user.pk}",
            place=place,
            summary=f"命令行新建管理员 {username}",
            changes=[{"what": "role", "before": None, "after": f"{Role.ADMINISTRATOR} {place.code}"}],
        )
    say(f"管理员 {username} 已建立，管理 {place.name} 及以下。请用浏览器登录。")


def _ask() -> str:
    password: str = click.prompt("密码（至少 10 个字符）", hide_input=True, confirmation_prompt="再输一次", err=True)
    return password
