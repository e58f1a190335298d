"""How often somebody may do something, and from where a request comes."""

import pytest
from django.core.cache import caches
from django.http import HttpResponse

from junheng.web.limits import Limit, TooOftenError, limited
from junheng.web.proxies import real_address


@pytest.fixture(autouse=True)
def nothing_counted():
    caches["limits"].clear()


def test_a_limit_is_counted_for_each_alone():
    limit = Limit("probe", count=2, seconds=3600)
    limit.take("a")
    limit.take("a")
    with pytest.raises(TooOftenError):
        limit.take("a")
    limit.take("b")


def test_a_page_over_its_limit_says_when_to_come_again(rf, cast):
    view = limited(Limit("probe", count=1, seconds=3600))(lambda request: HttpResponse("done"))

    def ask(method):
        request = getattr(rf, method)("/")
        request.user = cast.nobody
        return view(request)

    assert ask("post").status_code == 200
    assert ask("get").status_code == 200
    refused = ask("post")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("peer", "header", "seen"),
    [
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),  # no proxy of ours: its header proves nothing
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),  # what a client wrote itself stands to the left
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_the_address_is_that_of_the_client(rf, settings, peer, header, seen):
    settings.PROXIES = ["10.0.0.1", "10.0.0.2"]
    request = rf.get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": header})
    real_address(lambda asked: HttpResponse(asked.META["REMOTE_ADDR"]))(request)
    assert request.META["REMOTE_ADDR"] == seen
