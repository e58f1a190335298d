"""Pages of signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from junheng.web.accounts import sign_in as signing
from junheng.web.accounts.forms import CodeForm, OwnPasswordForm, SignInForm
from junheng.web.accounts.models import User
from junheng.web.accounts.passwords import change_own_password
from junheng.web.limits import SIGN_IN, limited_by_address
from junheng.web.signed_in import SignedInRequest

_NEXT = "next"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@limited_by_address(SIGN_IN)
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_destination(request))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        user = signing.check_password(request, **form.cleaned_data)
        if user and user.totp_secret:
            signing.ask_for_code(request, user)
            request.session[_NEXT] = _destination(request)
            return redirect("accounts:code")
        if user:
            signing.begin(request, user)
            return _spoken(redirect(_destination(request)), user)
        form.add_error(None, _("用户名或密码不对。请核对后重试；连续错 5 次将锁定 15 分钟。"))
    asked = request.POST.get(_NEXT) or request.GET.get(_NEXT, "")
    return render(request, "accounts/sign_in.html", {"form": form, "next": asked})


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@limited_by_address(SIGN_IN)
def code(request: HttpRequest) -> HttpResponse:
    user = signing.who_owes_code(request)
    if user is None:
        messages.info(request, _("请先输入用户名和密码。"))
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if signing.check_code(request, user=user, code=form.cleaned_data["code"]):
            destination = request.session.pop(_NEXT, settings.LOGIN_REDIRECT_URL)
            signing.begin(request, user)
            return _spoken(redirect(destination), user)
        form.add_error("code", _("验证码不对，或者已经用过。请等下一个验证码出现后再输入。"))
    return render(request, "accounts/code.html", {"form": form})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    signing.end(request)
    messages.info(request, _("您已退出。"))
    return redirect("accounts:sign-in")


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def own_password(request: SignedInRequest) -> HttpResponse:
    user = request.user
    form = OwnPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        if not user.must_change_password and not signing.confirm_password(
            request, password=form.cleaned_data["current"]
        ):
            form.add_error("current", _("现在的密码不对。请重新输入。"))
        else:
            change_own_password(request=request, password=form.cleaned_data["password"])
            messages.success(request, _("密码已修改；其他设备上的登录已结束，接口令牌已撤销。"))
            return redirect("home")
    return render(request, "accounts/own_password.html", {"form": form})


def _destination(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of ours."""
    asked = request.POST.get(_NEXT) or request.GET.get(_NEXT, "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if asked and ours else settings.LOGIN_REDIRECT_URL


def _spoken(response: HttpResponse, user: User) -> HttpResponse:
    """The answer, and the person's language from now on."""
    if user.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.SESSION_COOKIE_AGE,
            samesite="Lax",
            secure=settings.HTTPS,
        )
    return response
