"""Forms of people and their roles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.web.accounts.models import Role, User
from junheng.web.accounts.people_list import USERNAME
from junheng.web.accounts.people_selectors import place_named
from junheng.web.accounts.role_rules import BLOCKS, OFFICES_OF_COUNTY
from junheng.web.accounts.role_services import NewRole
from junheng.web.regions.models import Place

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def _date(label: StrPromise) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class PeopleFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("姓名、用户名、电话"), required=False, max_length=60)
    role = forms.ChoiceField(
        label=gettext_lazy("角色"), required=False, choices=[("", gettext_lazy("全部")), *Role.choices]
    )
    where = forms.CharField(label=gettext_lazy("单位名称或代码"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=gettext_lazy("账号"),
        required=False,
        choices=[
            ("", gettext_lazy("全部")),
            ("active", gettext_lazy("在用")),
            ("inactive", gettext_lazy("已停用")),
            ("new", gettext_lazy("从未登录")),
        ],
    )


class RoleForm(forms.Form):
    """A role at a place of whoever gives it; the place is written as its code or as chosen from the list."""

    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=Role.choices)
    place = forms.CharField(
        label=gettext_lazy("单位"),
        max_length=200,
        help_text=gettext_lazy("输入单位名称或代码，从列表中选择。"),
        widget=forms.TextInput({"list": "places", "autocomplete": "off"}),
    )
    office = forms.ChoiceField(
        label=gettext_lazy("部门"),
        required=False,
        choices=[("", "—"), *OFFICES_OF_COUNTY.items()],
        help_text=gettext_lazy("只有部门联络员要选。"),
    )
    block = forms.ChoiceField(
        label=gettext_lazy("分管部分"),
        required=False,
        choices=[("", gettext_lazy("全部")), *BLOCKS.items()],
        help_text=gettext_lazy("科室、专班、县领导分管标准的哪一部分，用于分工到人；不影响能看到什么、能做什么。"),
    )
    begins_on = _date(gettext_lazy("起始日期"))
    ends_on = _date(gettext_lazy("结束日期"))

    def __init__(self, data: QueryDict | None = None, *, user: User, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.user = user

    def clean_place(self) -> Place:
        place = place_named(self.user, self.cleaned_data["place"].strip())
        if place is None:
            told = _("您的管理范围内没有这个单位，或有几个单位同名。请从列表中选择，或填单位代码。")
            raise forms.ValidationError(told)
        return place

    @property
    def new_role(self) -> NewRole:
        given = self.cleaned_data
        begins_on: date | None = given["begins_on"]
        return NewRole(
            Role(given["role"]), given["place"], given["office"], given["block"], begins_on, given["ends_on"]
        )


class PersonForm(forms.Form):
    """The data of a person; the sign-in name is chosen once."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        help_text=gettext_lazy("登录时输入，以后不能改。可用汉字、字母、数字和 . _ - @ +。"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    email = forms.EmailField(label=gettext_lazy("邮箱"), required=False)
    phone = forms.CharField(label=gettext_lazy("电话"), required=False, max_length=30)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if not USERNAME.fullmatch(username):
            raise forms.ValidationError(_("用户名 2—60 位，只能用汉字、字母、数字和 . _ - @ +。"))
        if User.objects.named([username]).exists():
            raise forms.ValidationError(_("已经有人用这个用户名。请换一个；如果就是这个人，请到他的页面增加角色。"))
        return username


class PersonDataForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("name", "email", "phone")


class EndRoleForm(forms.Form):
    """Without a day the role ends at once."""

    ends_on = _date(gettext_lazy("最后一天"))


class ListForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("人员名单"), widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}))
