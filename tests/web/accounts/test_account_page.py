"""The page of one's own account."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.audit.models import Event

ACCOUNT = "/account/"


def test_it_shows_who_i_am_and_what_i_am(cast, as_user):
    page = as_user(cast.finance).get(ACCOUNT).content.decode()
    assert "财政局老钱" in page
    assert "部门联络员" in page
    assert "财政部门" in page


def test_whoever_is_signed_out_comes_to_the_sign_in_page(client, db):
    assert client.get(ACCOUNT).headers["Location"] == f"/account/sign-in/?next={ACCOUNT}"


def test_i_change_my_telephone_but_not_my_name(cast, as_user):
    form = {"email": "li@example.org", "phone": "0531-1234", "language": "", "name": "别人", "username": "别人"}
    as_user(cast.clerk).post(ACCOUNT, form)
    found = User.objects.get(pk=cast.clerk.pk)
    assert (found.phone, found.name, found.username) == ("0531-1234", "填报员小李", "填报员小李")
    changes = Event.objects.get(action="change_own_data").changes
    assert {"what": "phone", "before": "", "after": "0531-1234"} in changes


def test_i_end_my_sessions_elsewhere_and_keep_this_one(cast, as_user):
    other = Client()
    other.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
    mine = as_user(cast.clerk)
    mine.post(reverse("accounts:end-other-sessions"))
    assert (other.get(ACCOUNT).status_code, mine.get(ACCOUNT).status_code) == (302, 200)


def test_nothing_of_it_is_kept_by_a_cache(cast, as_user):
    assert "no-store" in as_user(cast.clerk).get(ACCOUNT).headers["Cache-Control"]
