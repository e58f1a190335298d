"""People, the roles they hold at places, their sessions, and the tokens of their programs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is at a place. What each may do there stands in ``junheng.web.access``."""

    CLERK = "clerk", _("学校填报员")
    ASSET_KEEPER = "asset_keeper", _("资产与校舍管理员")
    PRINCIPAL = "principal", _("校长")
    TOWN_HEAD = "town_head", _("乡镇（学区）负责人")
    COUNTY_OFFICER = "county_officer", _("县级审核员")
    COUNTY_SECTION = "county_section", _("教育局科室")
    DEPARTMENT = "department", _("部门联络员")
    TASK_FORCE = "task_force", _("工作专班")
    SUPERVISION_OFFICE = "supervision_office", _("县委县政府督查组")
    COUNTY_LEADER = "county_leader", _("县领导")
    INSPECTOR = "inspector", _("督学")
    CITY = "city", _("市级用户")
    PROVINCE = "province", _("省级用户")
    ADMINISTRATOR = "administrator", _("管理员")


def comparable(username: str) -> str:
    """A sign-in name as it is compared: capitals and full-width letters make no difference."""
    return unicodedata.normalize("NFKC", username).strip().lower()


class UserManager(BaseUserManager["User"]):
    """Finds people by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.named([username or ""]).get()

    def named(self, usernames: Iterable[str]) -> models.QuerySet[User]:
        """The people with these sign-in names, however they are written."""
        wanted = [comparable(username) for username in usernames]
        return self.annotate(lower=Lower("username")).filter(lower__in=wanted)


class User(AbstractBaseUser):
    """A person. Whether she may do something is never asked of her, but of ``junheng.web.access``."""

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("邮箱"), blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    totp_secret = models.CharField(max_length=64, blank=True)  # empty: signs in with the password alone
    totp_last_step = models.BigIntegerField(default=0)  # a code counts once
    made_on = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("username"), name="a_sign_in_name_is_one_person"),)
        indexes = (models.Index(fields=["name", "username"], name="people_by_name"),)

    def __str__(self) -> str:
        return self.name


class Session(AbstractBaseSession):
    """A session, with whose it is: so that it can be found and ended."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    address = models.CharField(max_length=45, blank=True)  # from where it was begun
    begun_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user} {self.address}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def held_on(self, day: date) -> AssignmentQuerySet:
        """Those that hold on a day, of people who are still active."""
        begun = Q(begins_on__isnull=True) | Q(begins_on__lte=day)
        lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        return self.filter(begun, lasting, user__is_active=True)


class Assignment(models.Model):
    """A role that a person holds at a place and everywhere below it; several are added up.

    ``office`` is the office of a department user (finance, personnel …): the kind of filing that is hers.
    ``block`` says for which part of the standard a section, a task force or a deputy head is responsible (分工到人): a
    label that is shown, which narrows nothing of what she may see or do.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role.choices)
    place = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="assignments")
    office = models.CharField(max_length=20, blank=True)
    block = models.CharField(max_length=20, blank=True)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "role", "place", "office", "block"], name="a_role_is_held_once"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.place}"


class ApiToken(models.Model):
    """A key for a program of a person: it may what she may. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    may_write = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
