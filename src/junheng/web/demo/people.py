"""Who uses the example: one person a role to sign in as, and the staff of all other schools, who cannot sign in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.audit.services import record
from junheng.web.regions.models import Place, PlaceKind

# sign-in name, name, role, where, office
_SAMPLES = (
    ("clerk", "填报员小李", Role.CLERK, "school", ""),
    ("assets", "资产管理员老吴", Role.ASSET_KEEPER, "school", ""),
    ("principal", "张校长", Role.PRINCIPAL, "school", ""),
    ("town", "孙主任", Role.TOWN_HEAD, "town", ""),
    ("officer", "县级审核员陈科", Role.COUNTY_OFFICER, "county", ""),
    ("section", "基教科小郑", Role.COUNTY_SECTION, "county", ""),
    ("finance", "财政局老钱", Role.DEPARTMENT, "county", "finance"),
    ("taskforce", "专班小冯", Role.TASK_FORCE, "county", ""),
    ("supervision", "督查组老楚", Role.SUPERVISION_OFFICE, "county", ""),
    ("leader", "分管县领导", Role.COUNTY_LEADER, "county", ""),
    ("inspector", "督学赵老师", Role.INSPECTOR, "county", ""),
    ("city", "市教育局小蒋", Role.CITY, "city", ""),
    ("province", "省教育厅小沈", Role.PROVINCE, "province", ""),
    ("admin", "系统管理员", Role.ADMINISTRATOR, "province", ""),
)
SAMPLE_NAMES = tuple(sample[0] for sample in _SAMPLES)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to sign in as one of the sample people."""

    username: str
    password: str
    role: str
    place: str


@dataclass
class Staff:
    """Who files, signs and reviews, by the place's code; ``officer`` reviews in the county."""

    officer: User
    clerks: dict[str, User] = field(default_factory=dict)
    principals: dict[str, User] = field(default_factory=dict)
    town_heads: dict[str, User] = field(default_factory=dict)
    offices: dict[str, User] = field(default_factory=dict)


def enter_samples(places: Mapping[str, Place], *, password: str) -> tuple[dict[str, User], list[SignIn]]:
    """Enter one person a role.

    Args:
        places: by ``school``, ``town``, ``county``, ``city``, ``province``.
        password: of all of them; empty: each gets a random one.
    """
    people, sign_ins = {}, []
    for username, name, role, level, office in _SAMPLES:
        user = User(username=username, name=name, must_change_password=False)
        own = password or new_password()
        user.set_password(own)
        user.save()
        Assignment.objects.create(user=user, role=role, place=places[level], office=office)
        people[username] = user
        sign_ins.append(SignIn(username, own, str(Role(role).label), places[level].name))
    return people, sign_ins


def enter_staff(county: Place, *, officer: User, known: Mapping[tuple[str, str], User]) -> Staff:
    """Enter who files for the offices, a clerk and a principal for every school and a head for every town.

    None of them has a password.

    Args:
        known: people who are there already, by role and code of the place.
    """
    staff = Staff(officer)
    below = list(Place.objects.filter(path__below=county.path).exclude(pk=county.pk))
    wanted: list[tuple[str, Place, User]] = []
    of_county = (
        ("j", Role.COUNTY_SECTION, "基教科", ("county", "finance", "personnel")),  # zh: data
        ("d", Role.INSPECTOR, "督学", ("inspector",)),  # zh: data
    )
    for prefix, role, word, offices in of_county:
        user = known.get((role, county.code))
        if user is None:
            user = _nobody_signs_in_as(f"{prefix}{county.code}", f"{county.name}{word}")
            wanted.append((role, county, user))
        staff.offices |= dict.fromkeys(offices, user)
    for place in below:
        roles: tuple[tuple[str, Role, str, dict[str, User]], ...]
        if place.kind == PlaceKind.SCHOOL:
            roles = (("k", Role.CLERK, "填报员", staff.clerks), ("x", Role.PRINCIPAL, "校长", staff.principals))
        else:
            roles = (("z", Role.TOWN_HEAD, "负责人", staff.town_heads),)
        for prefix, role, word, found in roles:
            user = known.get((role, place.code))
            if user is None:
                user = _nobody_signs_in_as(f"{prefix}{place.code}", f"{place.name}{word}")
                wanted.append((role, place, user))
            found[place.code] = user
    User.objects.bulk_create([user for _, _, user in wanted])
    Assignment.objects.bulk_create(Assignment(user=user, role=role, place=place) for role, place, user in wanted)
    return staff


def _nobody_signs_in_as(username: str, name: str) -> User:
    user = User(username=username, name=name, must_change_password=True)
    user.set_unusable_password()
    return user


def renew_passwords(*, password: str) -> list[SignIn]:
    """Give the sample people new passwords, because the old ones were shown once and are kept nowhere."""
    sign_ins = []
    held = Assignment.objects.filter(user__username__in=SAMPLE_NAMES).select_related("user", "place")
    with transaction.atomic():
        for entry in sorted(held, key=lambda entry: SAMPLE_NAMES.index(entry.user.username)):
            own = password or new_password()
            entry.user.set_password(own)
            entry.user.save(update_fields=["password"])
            sign_ins.append(SignIn(entry.user.username, own, str(entry.get_role_display()), entry.place.name))
        top = Place.objects.filter(parent=None).order_by("pk")[0]
        record(
            acting_user=None, action="renew_demo_passwords", subject="demo", place=top, summary="示例人员换发随机密码"
        )
    return sign_ins


def new_password() -> str:
    """Random, and easy to type: no letters or figures that look alike."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(12))
