"""Lists of people sent as a workbook: read and checked row by row, everything wrong told at once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.intake.sheet import Sheet, letters
from junheng.intake.wording import key_of
from junheng.web.access import Action, places_for
from junheng.web.accounts.models import Assignment, Role, User, comparable
from junheng.web.accounts.people_selectors import people_for
from junheng.web.accounts.role_rules import BLOCKS, OFFICES_OF_COUNTY, misfit
from junheng.web.accounts.role_services import NewRole
from junheng.web.regions.models import Place
from junheng.web.row_findings import RowFinding

# The columns by their heads in the template; those that begin the tuple must be there.
HEADS = {
    "username": "用户名",  # zh: data
    "name": "姓名",  # zh: data
    "role": "角色",  # zh: data
    "place": "单位",  # zh: data
    "office": "部门",  # zh: data
    "block": "分管部分",  # zh: data
    "email": "邮箱",  # zh: data
    "phone": "电话",  # zh: data
    "begins_on": "起始日期",  # zh: data
    "ends_on": "结束日期",  # zh: data
}
MUST = ("username", "name", "role", "place")
_SEARCHED_ROWS = 10
_MOST_ROWS = 20_000
USERNAME = re.compile(r"[\w.@+-]{2,60}")
_CODE_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]$")
_LONGEST = {"name": 60, "phone": 30}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that fits: a person, new or known, and the role she gets."""

    cell: str
    username: str
    name: str
    email: str
    phone: str
    role: NewRole
    known: User | None


@dataclass
class PeoplePlan:
    """What a list would do."""

    entries: list[Entry] = field(default_factory=list)
    findings: list[RowFinding] = field(default_factory=list)
    held: int = 0  # rows whose role the person holds already

    @property
    def new_people(self) -> int:
        return len({comparable(entry.username) for entry in self.entries if entry.known is None})

    @property
    def mark(self) -> str:
        """A mark of what would be done: another one means that it is no longer what was shown."""
        done = [
            (entry.username, entry.known and entry.known.pk, entry.role.role, entry.role.place.pk, entry.role.office)
            for entry in self.entries
        ]
        return hashlib.sha256(json.dumps([done, self.held]).encode()).hexdigest()


def check_people(sheets: Sequence[Sheet], user: User) -> PeoplePlan:
    """Read a list and hold it against the places and people of whoever sends it."""
    plan = PeoplePlan()
    found = next(((sheet, *heads) for sheet in sheets if not sheet.hidden and (heads := _heads(sheet))), None)
    if found is None:
        needed = "、".join(HEADS[name] for name in MUST)
        place = sheets[0].place if sheets else ""
        advice = _("请下载模板，把人员填进去再上传。")
        plan.findings.append(RowFinding(place, "", "", _("没有找到表头（%(heads)s）。") % {"heads": needed}, advice))
        return plan
    sheet, head_row, columns = found
    rows = list(_rows(sheet, head_row, columns))
    if len(rows) > _MOST_ROWS:
        told = _("超过 %(most)s 行。") % {"most": _MOST_ROWS}
        plan.findings.append(RowFinding(sheet.place, "", str(len(rows)), told, _("请分成几个文件上传。")))
        return plan
    _Check(user, sheet, columns, plan).run(rows)
    if not plan.entries and not plan.findings and not plan.held:
        plan.findings.append(RowFinding(sheet.place, "", "", _("表头下面没有人员。"), _("请填好人员再上传。")))
    return plan


def _heads(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the heads, and the column of each."""
    wanted = {key_of(head): name for name, head in HEADS.items()}
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for index in range(len(row)):
            name = wanted.get(key_of(sheet.shown(number, index)))
            if name:
                columns.setdefault(name, index)
        if all(name in columns for name in MUST):
            return number, columns
    return None


def _rows(sheet: Sheet, head_row: int, columns: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for number in range(head_row + 1, len(sheet.rows)):
        values = {name: sheet.shown(number, index).strip() for name, index in columns.items()}
        if any(values.values()):
            yield number, values


class _Check:
    """The rows of one list against what is there; looked up once, not row by row."""

    def __init__(self, user: User, sheet: Sheet, columns: Mapping[str, int], plan: PeoplePlan) -> None:
        self.sheet, self.columns, self.plan = sheet, columns, plan
        self.roles = {str(role.label): role for role in Role} | {role.value: role for role in Role}
        self.offices = {str(label): name for name, label in OFFICES_OF_COUNTY.items()}
        self.offices |= {name: name for name in OFFICES_OF_COUNTY}
        self.blocks = {str(label): name for name, label in BLOCKS.items()} | {name: name for name in BLOCKS}
        self.by_code: dict[str, Place] = {}
        self.by_name: dict[str, list[Place]] = {}
        for place in places_for(user, Action.MANAGE_PEOPLE):
            self.by_code[place.code] = place
            self.by_name.setdefault(place.name, []).append(place)
        self.mine = people_for(user)
        self.known: dict[str, User] = {}
        self.strangers: set[str] = set()
        self.held: set[tuple[object, ...]] = set()
        self.ended: set[tuple[object, ...]] = set()
        self.names: dict[str, str] = {}  # of new people, by the sign-in name: the same in all their rows
        self.seen: set[tuple[object, ...]] = set()

    def run(self, rows: Sequence[tuple[int, dict[str, str]]]) -> None:
        self._look_up({comparable(values["username"]) for _number, values in rows})
        for number, values in rows:
            before = len(self.plan.findings)
            entry = self._entry(number, values)
            if entry is None or len(self.plan.findings) > before:
                continue
            key = (entry.known.pk if entry.known else comparable(entry.username), *_key(entry.role))
            if key in self.seen:
                self._find(number, "role", values["role"], _("同一个人的同一个角色写了两行。"), _("请删去重复的一行。"))
            elif key in self.ended:
                told = _("这个角色担任过，已经结束。")
                self._find(number, "role", values["role"], told, _("请删去这一行，在他的页面上重新授予。"))
            elif key in self.held:
                self.plan.held += 1
            else:
                self.plan.entries.append(entry)
            self.seen.add(key)

    def _look_up(self, usernames: set[str]) -> None:
        wanted = list(usernames)
        for start in range(0, len(wanted), 500):
            part = User.objects.named(wanted[start : start + 500])
            mine = set(self.mine.filter(pk__in=part.values("pk")).values_list("pk", flat=True))
            for person in part:
                if person.pk in mine:
                    self.known[comparable(person.username)] = person
                else:
                    self.strangers.add(comparable(person.username))
            roles = Assignment.objects.filter(user__in=mine)
            ended = roles.filter(ends_on__lt=timezone.localdate())
            self.held |= set(roles.values_list("user", "role", "place", "office", "block"))
            self.ended |= set(ended.values_list("user", "role", "place", "office", "block"))

    def _entry(self, number: int, values: Mapping[str, str]) -> Entry | None:
        for name in MUST:
            if not values[name]:
                self._find(number, name, "", _("必填，空着。"), _("请填写。"))
        username, name = values["username"], values["name"]
        lower = comparable(username)
        if username and not USERNAME.fullmatch(username):
            told = _("用户名 2—60 位，只能用汉字、字母、数字和 . _ - @ +。")
            self._find(number, "username", username, told, _("请改一个用户名。"))
        if lower in self.strangers:
            told = _("用户名已经被您管理范围以外的人使用。")
            self._find(number, "username", username, told, _("请换一个用户名。"))
        known = self.known.get(lower)
        listed = known.name if known else self.names.setdefault(lower, name)
        if username and name and listed != name:
            told = _("这个用户名是“%(name)s”的。") % {"name": listed}
            self._find(number, "name", name, told, _("请核对姓名，或换一个用户名。"))
        self._lengths(number, values)
        role = self._role(number, values)
        if role is None:
            return None
        cell = self.sheet.address(number, self.columns["username"])
        return Entry(cell, username, name, values.get("email", ""), values.get("phone", ""), role, known)

    def _lengths(self, number: int, values: Mapping[str, str]) -> None:
        for name, longest in _LONGEST.items():
            if len(values.get(name, "")) > longest:
                told = _("最多 %(most)s 个字。") % {"most": longest}
                self._find(number, name, values[name], told, _("请改短。"))
        if email := values.get("email", ""):
            try:
                validate_email(email)
            except ValidationError:
                self._find(number, "email", email, _("不是邮箱地址。"), _("请改正，或空着。"))

    def _role(self, number: int, values: Mapping[str, str]) -> NewRole | None:
        role = self.roles.get(values["role"])
        if values["role"] and role is None:
            self._find(number, "role", values["role"], _("没有这个角色。"), _("请从下拉列表中选择。"))
        place = self._place(number, values["place"])
        office = self._chosen(number, "office", values, self.offices)
        block = self._chosen(number, "block", values, self.blocks)
        begins_on, ends_on = (self._day(number, name, values) for name in ("begins_on", "ends_on"))
        if role is None or place is None:
            return None
        if reason := misfit(role, place.kind, office, block):
            self._find(number, "role", values["role"], reason + _("。"), _("请改角色、单位或部门。"))
        if begins_on and ends_on and ends_on < begins_on:
            told = _("结束日期早于开始日期。")
            self._find(number, "ends_on", values["ends_on"], told, _("请改正日期。"))
        return NewRole(role, place, office, block, begins_on, ends_on)

    def _place(self, number: int, value: str) -> Place | None:
        if not value:
            return None
        inside = _CODE_IN_BRACKETS.search(value)
        place = self.by_code.get(value) or (self.by_code.get(inside[1].strip()) if inside else None)
        named = self.by_name.get(value, [])
        if place is None and len(named) == 1:
            place = named[0]
        if place is None:
            several = len(named) > 1
            told = _("有几个单位叫这个名字。") if several else _("您的管理范围内没有这个单位。")
            self._find(number, "place", value, told, _("请从下拉列表中选择，或填单位代码。"))
        return place

    def _chosen(self, number: int, name: str, values: Mapping[str, str], choices: Mapping[str, str]) -> str:
        value = values.get(name, "")
        if value and value not in choices:
            self._find(number, name, value, _("没有这个选项。"), _("请从下拉列表中选择。"))
        return choices.get(value, "")

    def _day(self, number: int, name: str, values: Mapping[str, str]) -> date | None:
        value = values.get(name, "")
        if not value:
            return None
        try:
            return date.fromisoformat(value[:10].replace("/", "-"))
        except ValueError:
            self._find(number, name, value, _("不是日期。"), _("请写成 2025-09-01 的样子。"))
            return None

    def _find(self, number: int, name: str, value: str, reason: str, advice: str) -> None:
        index = self.columns.get(name)
        at = f"{self.sheet.place}!{letters(index)}{number + 1}" if index is not None else self.sheet.place
        self.plan.findings.append(RowFinding(at, HEADS[name], value, reason, advice))


def _key(role: NewRole) -> tuple[object, ...]:
    return role.role.value, role.place.pk, role.office, role.block
