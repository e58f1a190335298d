"""How often somebody may do something, and from where a request comes."""

from io import BytesIO

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client

from junheng.web.limits import Limit, TooOftenError, limited
from junheng.web.protection import MOST_SENT, MOST_SENT_BY_STRANGERS
from junheng.web.proxies import real_address


@pytest.fixture(autouse=True)
def nothing_counted(clock_stands):
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


@pytest.mark.parametrize(
    ("who", "size", "status"),
    [
        ("nobody", MOST_SENT_BY_STRANGERS, 200),
        ("nobody", MOST_SENT_BY_STRANGERS + 1, 413),
        ("clerk", MOST_SENT_BY_STRANGERS + 1, 302),
        ("clerk", MOST_SENT + 1, 413),
        ("clerk", "a lot", 413),
    ],
)
def test_a_body_too_large_is_refused_unread(cast, who, size, status):
    client = Client()
    if who != "nobody":
        client.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
    body = Unread(b"username=a", status)
    assert send(client, body, CONTENT_LENGTH=str(size)).status_code == status


def test_a_body_of_unknown_length_is_refused(db):
    assert send(Client(), Unread(b"", 411), CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked").status_code == 411


def send(client, body, **more):
    given = {"PATH_INFO": "/account/sign-in/", "REQUEST_METHOD": "POST", "wsgi.input": body}
    return client.request(**given, CONTENT_TYPE="application/x-www-form-urlencoded", **more)


class Unread(BytesIO):
    """A body that must not be read where the request is to be refused."""

    def __init__(self, content, status):
        super().__init__(content)
        self.refused = status > 400

    def read(self, size=-1):
        assert not self.refused
        return super().read(size)
