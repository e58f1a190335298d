"""Forms of signing in and of one's own account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.web.accounts.models import User

_rules: Any = lazy(lambda: " ".join(password_validators_help_texts()), str)


class SignInForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("验证码"),
        max_length=10,
        help_text=gettext_lazy("手机验证器上显示的六位数字，每 30 秒更换。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class OwnPasswordForm(forms.Form):
    """``current`` is asked only of whom has chosen a password before."""

    current = forms.CharField(
        label=gettext_lazy("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=gettext_lazy("新密码"),
        max_length=200,
        strip=False,
        help_text=_rules(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再输一次新密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        if user.must_change_password:
            del self.fields["current"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        if self.user.check_password(password):
            raise forms.ValidationError(_("新密码与现在的密码相同。请换一个。"))
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned["password"] != cleaned.get("again"):
            self.add_error("again", _("两次输入的新密码不一样。请重新输入。"))
        return cleaned


class OwnDataForm(forms.ModelForm[User]):
    language = forms.ChoiceField(
        label=gettext_lazy("界面语言"),
        required=False,
        choices=[("", gettext_lazy("跟随浏览器")), *settings.LANGUAGES],
    )

    class Meta:
        model = User
        fields = ("email", "phone", "language")


class PasswordForm(forms.Form):
    """A password asked for again before something that matters."""

    password = forms.CharField(
        label=gettext_lazy("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class TokenForm(PasswordForm):
    field_order = ("name", "days", "may_write", "password")
    name = forms.CharField(label=gettext_lazy("用途"), max_length=60, help_text=gettext_lazy("如“县数据平台取数”。"))
    days = forms.TypedChoiceField(
        label=gettext_lazy("有效期"),
        coerce=int,
        initial=90,
        choices=[
            (30, gettext_lazy("30 天")),
            (90, gettext_lazy("90 天")),
            (180, gettext_lazy("180 天")),
            (365, gettext_lazy("一年")),
        ],
    )
    may_write = forms.BooleanField(label=gettext_lazy("可以写入（填报）；不选则只能读取"), required=False)

    @property
    def expires_on(self) -> date:
        return timezone.localdate() + timedelta(days=self.cleaned_data["days"])
