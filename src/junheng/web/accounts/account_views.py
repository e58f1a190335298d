"""The page of one's own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from junheng.base.errors import JunhengError
from junheng.web.access import roles_of
from junheng.web.accounts import second_factor, selectors, services
from junheng.web.accounts.forms import CodeForm, OwnDataForm, PasswordForm, TokenForm
from junheng.web.accounts.sign_in import confirm_password
from junheng.web.accounts.tokens import make_token, revoke_token, tokens_of
from junheng.web.failures import words_of
from junheng.web.filings.offices import office_label
from junheng.web.signed_in import SignedInRequest

_SECRET = "second_factor_secret"  # in the session, until the phone has shown a code of it


@login_required
@require_http_methods(["GET", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    form = OwnDataForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_own_data(user=request.user, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        response = redirect("accounts:account")
        if request.user.language:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, request.user.language, samesite="Lax")
        else:
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    return _account(request, form, TokenForm(auto_id="token_%s"), 200)


def _account(request: SignedInRequest, form: OwnDataForm, token_form: TokenForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "token_form": token_form,
        "off_form": PasswordForm(auto_id="off_%s"),
        "roles": [(held, office_label(held.office)) for held in roles_of(request.user)],
        "sessions": selectors.list_sessions(request.user),
        "this_session": request.session.session_key,
        "tokens": tokens_of(request.user),
    }
    return render(request, "accounts/account.html", context, status=status)


@login_required
@require_POST
def other_sessions(request: SignedInRequest) -> HttpResponse:
    count = services.end_other_sessions(user=request.user, session=request.session)
    messages.success(request, _("已结束其他设备上的 %(count)s 个登录。") % {"count": count})
    return redirect("accounts:account")


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def second_factor_on(request: SignedInRequest) -> HttpResponse:
    if request.user.totp_secret:
        return redirect("accounts:account")
    secret = request.session.setdefault(_SECRET, second_factor.new_secret())
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            second_factor.turn_on(user=request.user, secret=secret, code=form.cleaned_data["code"])
        except JunhengError as error:
            form.add_error("code", words_of(error))
        else:
            del request.session[_SECRET]
            messages.success(request, _("两步验证已开启：下次登录要输入手机上的验证码。"))
            return redirect("accounts:account")
    picture = second_factor.picture_of(request.user, secret)
    return render(request, "accounts/second_factor.html", {"form": form, "secret": secret, "picture": picture})


@sensitive_post_parameters()
@login_required
@require_POST
def second_factor_off(request: SignedInRequest) -> HttpResponse:
    form = PasswordForm(request.POST)
    if form.is_valid() and confirm_password(request, password=form.cleaned_data["password"]):
        second_factor.turn_off(user=request.user, acting_user=request.user)
        messages.success(request, _("两步验证已关闭。"))
    else:
        messages.error(request, _("密码不对，两步验证没有关闭。"))
    return redirect("accounts:account")


@sensitive_post_parameters()
@login_required
@require_POST
def new_token(request: SignedInRequest) -> HttpResponse:
    form = TokenForm(request.POST, auto_id="token_%s")
    if form.is_valid() and not confirm_password(request, password=form.cleaned_data["password"]):
        form.add_error("password", _("密码不对，没有新建令牌。"))
    if not form.is_valid():
        return _account(request, OwnDataForm(instance=request.user), form, 422)
    try:
        token, text = make_token(
            user=request.user,
            name=form.cleaned_data["name"],
            expires_on=form.expires_on,
            may_write=form.cleaned_data["may_write"],
            acting_user=request.user,
        )
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect("accounts:account")
    return render(request, "accounts/token.html", {"token": token, "text": text})


@login_required
@require_POST
def token_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    token = selectors.get_own_token(pk=pk, user=request.user)
    revoke_token(token=token, acting_user=request.user)
    messages.success(request, _("令牌“%(name)s”已撤销。") % {"name": token.name})
    return redirect("accounts:account")
