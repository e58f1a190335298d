"""The server is killed while people save and while lists come in: what was acknowledged stays, nothing is half done."""

import http.client
import io
import json
import re
import signal
import socket
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import openpyxl
import pytest

from web.other_installation import PATIENCE, OtherInstallation, kill, wait_for_server

pytestmark = pytest.mark.slow
TESTS = Path(__file__).parents[2]
SECRET = "s" * 32  # of the protection against forged requests: any, as long as cookie and header agree
SET_UP = f"""
import sys
sys.path[:0] = [r"{TESTS}"]
from django.test import Client
from web.conftest import make_cast
cast = make_cast()
def session(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.session.session_key
print(session(cast.clerk), session(cast.neighbour_clerk), session(cast.admin),
      cast.filing().code, cast.filing(cast.neighbour).code, cast.county.pk)
"""
STAND = """
import json
from junheng.web.audit.chain import check_chain
from junheng.web.audit.models import Event
from junheng.web.filings.models import Filing
filing = Filing.objects.get(code="%s")
values = {row.table: row.values for row in filing.rows.all()}
saved = Event.objects.filter(subject=f"filing:{filing.pk}", action="save_cells").order_by("pk")
saves = [event.changes for event in saved]
print(json.dumps([values["stage_year"].get("pupils", ""), values["school_year"].get("multimedia_classrooms", ""),
                  filing.version - 1, saves, check_chain().is_whole]))
"""
TAKEN = """
from junheng.web.audit.chain import check_chain
from junheng.web.audit.models import Event
from junheng.web.regions.models import Place
print(Place.objects.filter(code__startswith="99010101").count(), Place.objects.filter(name="北镇").count(),
      Event.objects.filter(action="take_schools").count(), check_chain().is_whole)
"""


class Server:
    """The server of an installation, as the command starts it, killed with all its processes at once."""

    def __init__(self, installation):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.installation = installation
        self.start()

    def start(self, at=None):
        self.process = self.installation.start("serve", "--port", str(self.port), at=at)
        wait_for_server(self.port)

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def kill(self):
        kill(self.process)


class Person:
    """Somebody who is signed in, with a connection of her own."""

    def __init__(self, server, session):
        self.connection = server.connection()
        cookies = f"sessionid={session}; csrftoken={SECRET}"
        self.headers = {"Cookie": cookies, "X-CSRFToken": SECRET}

    def ask(self, method, path, body=None, kind=""):
        self.connection.request(method, path, body, self.headers | ({"Content-Type": kind} if kind else {}))
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")

    def save(self, filing, before, after):
        """Two cells of two tables in one save."""
        names = ("stage_year/primary/pupils", "school_year//multimedia_classrooms")
        body = json.dumps({"cells": [[name, before, after] for name in names]})
        status, said = self.ask("POST", f"/filings/{filing}/save/", body, "application/json")
        assert status == 200, said
        return json.loads(said)["taken"]

    def close(self):
        self.connection.close()


@pytest.fixture
def served(tmp_path):
    with closing(OtherInstallation(tmp_path)) as installation:
        assert installation.web("migrate").returncode == 0
        installation.known = installation.python(SET_UP).split()
        installation.server = Server(installation)
        yield installation


def keep_saving(person, filing, told):
    """Save 1, 2, 3, … until the server is gone; ``told`` holds the last that was sent and the last acknowledged."""
    sent = 0
    with suppress(OSError, http.client.HTTPException), closing(person):
        while True:
            told["sent"] = sent + 1
            assert person.save(filing, str(sent or ""), str(sent + 1)) == 2
            sent = told["acknowledged"] = sent + 1


def test_every_save_that_was_acknowledged_survives_a_kill_and_none_is_half_done(served):
    clerks, filings = served.known[:2], served.known[3:5]
    told = [{"acknowledged": 0} for _clerk in clerks]
    threads = [
        threading.Thread(target=keep_saving, args=(Person(served.server, clerk), filing, said))
        for clerk, filing, said in zip(clerks, filings, told, strict=True)
    ]
    for thread in threads:
        thread.start()
    while min(said["acknowledged"] for said in told) < 5 and any(thread.is_alive() for thread in threads):
        time.sleep(0.05)
    served.server.kill()
    for thread in threads:
        thread.join()
    served.server.start()
    for clerk, filing, said in zip(clerks, filings, told, strict=True):
        pupils, rooms, version, saves, whole = json.loads(served.python(STAND % filing))
        assert said["acknowledged"] >= 5
        assert said["acknowledged"] <= int(pupils) <= said["sent"]
        assert rooms == pupils, "both cells of a save or none"
        assert version == len(saves) == int(pupils), "every save that stands has its entry in the log, and no other"
        assert [changes[0]["after"] for changes in saves] == [str(number + 1) for number in range(int(pupils))]
        assert whole
        with closing(Person(served.server, clerk)) as again:
            assert again.save(filing, pupils, "9999") == 2, "she goes on where she was"


def list_of_schools(count):
    book = openpyxl.Workbook()
    book.active.title = "学校名录"
    heads = ["学校标识码", "学校名称", "县代码", "乡镇街道", "办学类型", "城乡分类", "举办者", "是否寄宿制"]
    book.active.append(heads)
    for number in range(count):
        name = f"北镇第{number + 1}小学"
        book.active.append([f"99010101{number:02}", name, "990101", "北镇", "小学", "乡村", "县级教育部门", "否"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def send(person, path, content):
    """Post a file as a form does."""
    edge = "----edge"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="list.xlsx"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    status, said = person.ask("POST", path, body, f"multipart/form-data; boundary={edge}")
    assert status == 302, re.sub(r"<[^>]+>|\s+", " ", said)


def confirm(server, session, path, answers):
    """Confirm what the preview showed; no answer is noted where the server was killed before it gave one."""
    with suppress(OSError, http.client.HTTPException), closing(Person(server, session)) as person:
        answers.append(person.ask("POST", path)[0])


def test_an_import_that_is_killed_is_taken_wholly_or_not_at_all_and_can_be_taken_again(served):
    admin, county = served.known[2], served.known[5]
    schools = f"/system/places/{county}/schools/"
    with closing(Person(served.server, admin)) as person:
        send(person, schools, list_of_schools(99))
    served.server.kill()
    # With the town written; with the schools written; with the log written too, and nothing committed.
    for at in ((1, 'INSERT INTO "regions_place"'), (2, 'INSERT INTO "regions_place"'), (1, 'UPDATE "audit_chainhead"')):
        served.server.start(at=(signal.SIGKILL, *at))
        answers = []
        confirm(served.server, admin, f"{schools}preview/", answers)
        assert served.server.process.wait(timeout=PATIENCE) == -signal.SIGKILL
        assert answers == []
        assert served.python(TAKEN).split() == ["0", "0", "0", "True"]
    served.server.start()
    answers = []
    for _twice in range(2):
        confirm(served.server, admin, f"{schools}preview/", answers)
        assert served.python(TAKEN).split() == ["99", "1", "1", "True"], "once, however often it was confirmed"
    assert len(answers) == 2
