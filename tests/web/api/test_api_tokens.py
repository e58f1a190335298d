"""Who is let in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from junheng.web import limits
from junheng.web.accounts.models import ApiToken
from junheng.web.accounts.tokens import revoke_token
from junheng.web.filings.models import FilingRow

ADDRESSES = ["/api/me", "/api/filings", "/api/evaluations", "/api/gaps", "/api/audit", "/api/jobs", "/api/tables"]


def bearer(client, text, address="/api/me"):
    return client.get(address, headers={"Authorization": f"Bearer {text}"})


def test_a_token_speaks_for_its_owner(cast, call):
    answer = call(cast.clerk, "get", "/api/me").json()
    assert (answer["name"], answer["roles"][0]["role"]) == ("填报员小李", "clerk")


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_token_nothing_is_answered(client, db, address):
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (401, "JH-B080")


def test_being_signed_in_in_the_browser_is_no_token(cast, as_user):
    assert as_user(cast.officer).get("/api/me").status_code == 401


def test_forged_tokens_are_refused(cast, client, token_of):
    _, text = token_of(cast.clerk)
    mark, prefix, secret = text.split("_", 2)
    forged = [f"{mark}_{prefix}_{secret[:-1]}x", f"{mark}_{prefix}_", f"{mark}_000000000000_{secret}", secret, "", "jh"]
    assert [bearer(client, one).status_code for one in forged] == [401] * len(forged)


def test_a_token_that_was_revoked_or_has_run_out_is_refused(cast, client, token_of):
    token, text = token_of(cast.clerk)
    assert bearer(client, text).status_code == 200
    revoke_token(token=token, acting_user=cast.clerk)
    assert bearer(client, text).status_code == 401
    old, text = token_of(cast.clerk)
    ApiToken.objects.filter(pk=old.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert bearer(client, text).status_code == 401


def test_the_token_of_somebody_who_left_is_refused(cast, client, token_of):
    _, text = token_of(cast.clerk)
    cast.clerk.is_active = False
    cast.clerk.save()
    assert bearer(client, text).status_code == 401


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("patch", "/api/filings/{code}/cells"),
        ("post", "/api/filings/{code}/steps"),
        ("post", "/api/jobs/evaluate"),
    ],
)
def test_a_token_that_may_only_read_writes_nothing(cast, call, method, address):
    body = {"changes": [{"table": "stage_year", "key": "primary", "column": "pupils", "before": "", "after": "1"}]}
    answer = call(cast.clerk, method, address.format(code=cast.filing().code), body, may_write=False)
    assert (answer.status_code, answer.json()["code"]) == (403, "JH-B081")
    assert not FilingRow.objects.filter(values__has_key="pupils").exists()


def test_too_many_requests_are_told_when_to_come_again(cast, call, monkeypatch, clock_stands):
    monkeypatch.setattr(limits, "API", limits.Limit("api", count=2, seconds=3600))
    answers = [call(cast.clerk, "get", "/api/me") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["code"] == "JH-B003"
    assert int(answers[-1]["Retry-After"]) > 0
    assert call(cast.officer, "get", "/api/me").status_code == 200


def test_guessing_tokens_is_limited_by_address(client, db, monkeypatch, clock_stands):
    monkeypatch.setattr(limits, "API_REFUSED", limits.Limit("api-refused", count=3, seconds=3600))
    assert [bearer(client, "jh_x_y").status_code for _ in range(4)] == [401, 401, 401, 429]
