"""The second factor: asked after the password, each code once, lost phones are the administrator's business."""

from __future__ import annotations

import base64
import time

import pytest
from django.urls import reverse
from django_otp.oath import hotp

from junheng.web.accounts.models import User
from junheng.web.accounts.second_factor import new_secret, turn_on

pytestmark = pytest.mark.usefixtures("clock_stands")

GOOD = "春天的操场-2025"
SIGN_IN, CODE = "/account/sign-in/", "/account/sign-in/code/"


def code_of(secret: str, steps: int = 0) -> str:
    return f"{hotp(base64.b32decode(secret), int(time.time()) // 30 + steps):06d}"


@pytest.fixture
def clerk(cast):
    user = cast.clerk
    user.set_password(GOOD)
    user.totp_secret = new_secret()
    user.save()
    return user


def give_password(client, next_=""):
    return client.post(SIGN_IN, {"username": "填报员小李", "password": GOOD, "next": next_})


def test_after_the_password_a_code_is_asked_and_nothing_opens_before(client, clerk):
    assert give_password(client, "/account/").headers["Location"] == CODE
    assert client.get("/account/").headers["Location"].startswith(SIGN_IN)
    assert client.post(CODE, {"code": code_of(clerk.totp_secret)}).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


def test_a_code_counts_once(client, clerk):
    code = code_of(clerk.totp_secret)
    for status in (302, 200):
        client.post("/account/sign-out/")
        give_password(client)
        assert client.post(CODE, {"code": code}).status_code == status


@pytest.mark.parametrize(("steps", "status"), [(-3, 200), (-1, 302), (1, 302), (3, 200)])
def test_a_phone_may_be_half_a_minute_early_or_late_but_not_more(client, clerk, steps, status):
    give_password(client)
    assert client.post(CODE, {"code": code_of(clerk.totp_secret, steps)}).status_code == status


def test_wrong_codes_lock_like_wrong_passwords(client, clerk):
    give_password(client)
    for _ in range(4):
        assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert client.post(CODE, {"code": "000000"}).status_code == 429
    assert client.post(CODE, {"code": code_of(clerk.totp_secret)}).status_code == 429


def test_a_code_without_the_password_before_opens_nothing(client, clerk):
    assert client.post(CODE, {"code": code_of(clerk.totp_secret)}).headers["Location"] == SIGN_IN


def test_it_is_turned_on_with_a_code_of_the_phone_and_the_picture_stands_in_the_page(cast, as_user):
    client = as_user(cast.clerk)
    page = client.get("/account/second-factor/")
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert client.post("/account/second-factor/", {"code": "000000"}).status_code == 200
    assert not User.objects.get(pk=cast.clerk.pk).totp_secret, "nobody locks herself out with a secret not scanned"
    client.post("/account/second-factor/", {"code": code_of(client.session["second_factor_secret"])})
    assert User.objects.get(pk=cast.clerk.pk).totp_secret


def test_turning_it_off_takes_the_password(clerk, as_user):
    client = as_user(clerk)
    client.post("/account/second-factor/off/", {"password": "不对"})
    assert User.objects.get(pk=clerk.pk).totp_secret
    client.post("/account/second-factor/off/", {"password": GOOD})
    assert not User.objects.get(pk=clerk.pk).totp_secret


def test_of_a_lost_phone_the_administrator_takes_it_off(clerk, cast, as_user):
    as_user(cast.admin).post(reverse("regions:person-account", args=[clerk.pk, "drop-second-factor"]))
    assert not User.objects.get(pk=clerk.pk).totp_secret


def test_two_who_show_the_same_code_at_once_do_not_both_get_in(cast):
    from junheng.web.accounts.second_factor import use_code

    secret = new_secret()
    turn_on(user=cast.clerk, secret=secret, code=code_of(secret))
    first, second = User.objects.get(pk=cast.clerk.pk), User.objects.get(pk=cast.clerk.pk)
    code = code_of(secret, 1)
    assert [use_code(first, code), use_code(second, code)] == [True, False]
