"""Signing in: the right password opens, wrong ones lock, an initial one is changed first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from junheng.web.accounts.models import Session, User
from junheng.web.audit.models import Event
from junheng.web.limits import SIGN_IN as LIMIT

GOOD = "春天的操场-2025"
SIGN_IN, HOME, OWN = "/account/sign-in/", "/", "/account/password/"


@pytest.fixture
def clerk(cast):
    cast.clerk.set_password(GOOD)
    cast.clerk.save()
    return cast.clerk


def sign_in(client, username="填报员小李", password=GOOD, **more):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_the_right_password_opens_the_workbench_and_is_logged_with_the_address(client, clerk):
    assert sign_in(client).headers["Location"] == HOME
    event = Event.objects.get(action="sign_in")
    assert (event.username, event.address) == ("填报员小李", "127.0.0.1")


def test_capitals_and_full_width_letters_of_a_name_make_no_difference(client, db):
    user = User(username="Li.Ming", name="李明", must_change_password=False)
    user.set_password(GOOD)
    user.save()
    assert sign_in(client, "ＬＩ.ming ").headers["Location"] == HOME


def test_passwords_are_kept_as_argon2(clerk):
    assert clerk.password.startswith("argon2$argon2id$")


def test_a_wrong_password_says_what_happens_next(client, clerk):
    answer = sign_in(client, password="不对")
    assert "用户名或密码不对" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_five_wrong_tries_lock_the_name_even_for_the_right_password(client, clerk):
    for _ in range(4):
        assert sign_in(client, password="不对").status_code == 200
    locked = sign_in(client, password="不对")
    assert locked.status_code == 429
    assert "已锁定 15 分钟" in locked.content.decode()
    assert sign_in(client).status_code == 429
    assert Event.objects.filter(action="lock_sign_in", subject=f"user:{clerk.pk}").count() == 1


def test_writing_the_name_otherwise_gives_no_further_tries(client, db):
    user = User(username="liming", name="李明", must_change_password=False)
    user.set_password(GOOD)
    user.save()
    for name in ("liming", "LIMING", "Liming", "ｌiming", "liMing"):
        answer = sign_in(client, name, "不对")
    assert answer.status_code == 429


def test_another_name_from_the_same_place_is_not_locked(client, clerk, cast):
    for _ in range(6):
        sign_in(client, "没有这个人", "不对")
    assert sign_in(client).status_code == 302


def test_an_administrator_unlocks(client, clerk, cast, as_user):
    for _ in range(5):
        sign_in(client, password="不对")
    as_user(cast.admin).post(reverse("regions:person-account", args=[clerk.pk, "unlock"]))
    client.post(reverse("accounts:sign-out"))
    assert sign_in(client).status_code == 302


def test_a_closed_account_cannot_sign_in(client, clerk):
    clerk.is_active = False
    clerk.save()
    assert sign_in(client).status_code == 200


def test_after_signing_in_one_comes_to_the_page_one_wanted(client, clerk):
    assert sign_in(client, next="/account/").headers["Location"] == "/account/"


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, clerk, next_):
    assert sign_in(client, next=next_).headers["Location"] == HOME


def test_signing_out_takes_a_post(client, clerk):
    sign_in(client)
    assert client.get("/account/sign-out/").status_code == 405
    client.post("/account/sign-out/")
    assert client.get("/account/").headers["Location"].startswith(SIGN_IN)


def test_who_has_an_initial_password_comes_to_the_page_for_an_own_one_from_anywhere(client, clerk):
    clerk.must_change_password = True
    clerk.save()
    sign_in(client)
    assert client.get("/account/").headers["Location"] == OWN
    answer = client.post(OWN, {"password": "秋天的教室-2026", "again": "秋天的教室-2026"})
    assert answer.headers["Location"] == HOME
    clerk.refresh_from_db()
    assert clerk.check_password("秋天的教室-2026")
    assert client.get("/account/").status_code == 200, "still signed in"


@pytest.mark.parametrize(
    ("current", "password", "again", "told"),
    [
        ("不对", "秋天的教室-2026", "秋天的教室-2026", "现在的密码不对"),
        (GOOD, "1234567890", "1234567890", "全都是数字"),
        (GOOD, "短", "短", "10"),
        (GOOD, "秋天的教室-2026", "秋天的教室-2027", "不一样"),
        (GOOD, GOOD, GOOD, "相同"),
    ],
)
def test_a_weak_or_mistyped_new_password_is_refused(client, clerk, current, password, again, told):
    sign_in(client)
    answer = client.post(OWN, {"current": current, "password": password, "again": again})
    assert told in answer.content.decode()
    clerk.refresh_from_db()
    assert clerk.check_password(GOOD)


def test_a_new_password_ends_the_sessions_on_other_machines(client, clerk, django_user_model):
    from django.test import Client

    other = Client()
    sign_in(other)
    sign_in(client)
    client.post(OWN, {"current": GOOD, "password": "秋天的教室-2026", "again": "秋天的教室-2026"})
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_fourth_sign_in_ends_the_oldest(clerk):
    from django.test import Client

    clients = [Client() for _ in range(4)]
    for one in clients:
        sign_in(one)
    assert [one.get("/account/").status_code for one in clients] == [302, 200, 200, 200]
    assert Session.objects.filter(user=clerk).count() == 3


def test_a_session_that_nobody_uses_is_over(client, clerk, settings):
    sign_in(client)
    client.get("/account/")
    session = client.session
    session["seen"] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    assert client.get("/account/").headers["Location"].startswith(SIGN_IN)


def test_the_language_of_a_person_is_set_when_she_signs_in(client, clerk):
    clerk.language = "en"
    clerk.save()
    sign_in(client)
    assert client.cookies["django_language"].value == "en"


def test_tries_are_counted_by_address_whatever_the_names(client, clerk, clock_stands):
    for _ in range(LIMIT.count - 1):
        LIMIT.take("address/127.0.0.1")
    assert sign_in(client, "没有此人").status_code == 200
    assert sign_in(client).status_code == 429
    elsewhere = client.post(SIGN_IN, {"username": "填报员小李", "password": GOOD}, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302


def test_a_session_ends_twelve_hours_after_sign_in_however_busy(client, clerk):
    sign_in(client)
    session = client.session
    session["begun_at"] = (timezone.now() - timedelta(hours=12, minutes=1)).isoformat()
    session.save()
    assert client.get("/account/").headers["Location"].startswith(SIGN_IN)
