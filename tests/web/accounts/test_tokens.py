"""Tokens of programs: shown once, kept as hashes, worthless when revoked, old, forged or of a closed account."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from junheng.web.accounts.errors import TooManyTokensError
from junheng.web.accounts.models import ApiToken
from junheng.web.accounts.people_services import reset_password
from junheng.web.accounts.tokens import make_token, revoke_token, user_of_token

GOOD = "春天的操场-2025"


def make(user, **fields) -> tuple[ApiToken, str]:
    given = {"name": "取数", "expires_on": timezone.localdate() + timedelta(days=30), "may_write": False} | fields
    return make_token(user=user, acting_user=user, **given)


def test_a_token_says_whose_it_is_and_its_text_is_kept_nowhere(cast):
    token, text = make(cast.officer)
    found = user_of_token(text)
    assert found == (cast.officer, token)
    assert text.split("_", 2)[2] not in str(ApiToken.objects.filter(pk=token.pk).values())


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: t + "x", lambda t: "", lambda t: "jh_", lambda t: "x" + t]
)
def test_a_forged_token_is_nobodys(cast, spoil):
    assert user_of_token(spoil(make(cast.officer)[1])) is None


def test_a_revoked_an_old_and_a_closed_accounts_token_are_nobodys(cast):
    token, revoked = make(cast.officer)
    revoke_token(token=token, acting_user=cast.officer)
    token, old = make(cast.officer)
    ApiToken.objects.filter(pk=token.pk).update(expires_on=date(2020, 1, 1))
    _, closed = make(cast.clerk)
    cast.clerk.is_active = False
    cast.clerk.save()
    assert [user_of_token(text) for text in (revoked, old, closed)] == [None, None, None]


def test_a_reset_password_revokes_tokens(cast):
    _, text = make(cast.clerk)
    reset_password(person=cast.clerk, acting_user=cast.admin)
    cast.clerk.must_change_password = False
    cast.clerk.save()
    assert user_of_token(text) is None


def test_a_changed_password_revokes_tokens(cast, as_user):
    _, text = make(cast.clerk)
    cast.clerk.set_password(GOOD)
    cast.clerk.save()
    new = "秋天的操场-2026"
    answer = as_user(cast.clerk).post("/account/password/", {"current": GOOD, "password": new, "again": new})
    assert answer.status_code == 302
    assert user_of_token(text) is None


def test_a_token_lasts_a_year_at_most_and_a_person_has_ten(cast):
    token, _ = make(cast.officer, expires_on=date(2199, 1, 1))
    assert token.expires_on <= timezone.localdate() + timedelta(days=366)
    for _ in range(9):
        make(cast.officer)
    with pytest.raises(TooManyTokensError):
        make(cast.officer)


def test_the_page_shows_a_new_token_once(cast, as_user):
    cast.officer.set_password(GOOD)
    cast.officer.save()
    client = as_user(cast.officer)
    wanted = {"name": "县平台", "days": "90"}
    for wrong in ({}, {"password": "不对"}):
        assert client.post(reverse("accounts:new-token"), wanted | wrong).status_code == 422
    assert not ApiToken.objects.exists()
    answer = client.post(reverse("accounts:new-token"), wanted | {"password": GOOD})
    token = ApiToken.objects.get(user=cast.officer)
    assert f"jh_{token.prefix}_" in answer.content.decode()
    again = client.get(reverse("accounts:account")).content.decode()
    assert f"jh_{token.prefix}_…" in again
    assert token.may_write is False


def test_nobody_revokes_a_token_of_somebody_else(cast, as_user):
    token, text = make(cast.officer)
    assert as_user(cast.clerk).post(reverse("accounts:revoke-token", args=[token.pk])).status_code == 404
    assert user_of_token(text)
    as_user(cast.officer).post(reverse("accounts:revoke-token", args=[token.pk]))
    assert user_of_token(text) is None
