"""An installation of its own, with real processes: for what a test inside one process cannot show."""

import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

WEB = [sys.executable, "-c", "from junheng.cli import main; main()", "web"]
# How long to wait for what must come and then stays: it bounds a test that fails, and is no claim about speed.
PATIENCE = 180


class OtherInstallation:
    """A home and an empty database, on whichever engine the tests run with."""

    def __init__(self, folder):
        self.home = Path(folder) / "home"
        self.started = []
        self.environment = os.environ | {"JUNHENG_WEB_HOME": str(self.home), "PYTHONIOENCODING": "utf-8"}
        for name in ("JUNHENG_STORE", "DJANGO_SETTINGS_MODULE"):
            self.environment.pop(name, None)
        server = os.environ.get("JUNHENG_WEB_DATABASE", "")
        self.name = ""
        if server.startswith("postgres"):
            self.name = f"other_{uuid4().hex}"
            self.database_server = server
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {self.name}")
            self.address = urlsplit(server)._replace(path=f"/{self.name}").geturl()
            # An empty host is lost on the way through a parsed address.
            self.address = server.replace(urlsplit(server).path, f"/{self.name}", 1) if self.name else server
            self.environment["JUNHENG_WEB_DATABASE"] = self.address

    def close(self):
        """End what was started and goes on, and remove the database."""
        for process in self.started:
            if process.poll() is None:
                kill(process)
        if self.name:
            with psycopg.connect(self.database_server, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {self.name} WITH (FORCE)")

    def web(self, *arguments, **options):
        """Run a command of ``junheng web`` to its end."""
        return subprocess.run(
            [*WEB, *arguments], env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False,
            **options,
        )  # fmt: skip

    def start(self, *arguments, at=None):
        """Start a command that goes on.

        Args:
            at: a signal, a number and how a statement begins, ``(signal.SIGKILL, 2, 'INSERT INTO "jobs_job"')``: after
                so many of these statements inside a transaction the command sends the signal to itself and its
                children.
        """
        environment = self.environment
        if at:
            number, place, statement = at
            paths = [str(Path(__file__).parent / "signalled"), *filter(None, [environment.get("PYTHONPATH")])]
            environment = environment | {
                "PYTHONPATH": os.pathsep.join(paths),
                "JUNHENG_TEST_SIGNAL": f"{number:d} {place} {statement}",
            }
        process = subprocess.Popen(
            [*WEB, *arguments], env=environment, stderr=subprocess.DEVNULL, start_new_session=True
        )  # fmt: skip
        self.started.append(process)
        return process

    def python(self, code):
        """Run Python with Django started on the installation; return what it printed."""
        setup = "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'junheng.web.settings'\ndjango.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", setup + code], env=self.environment, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def ask(self, query):
        """Ask the database straight, without starting Django."""
        if self.name:
            with psycopg.connect(self.address, autocommit=True) as connection:
                cursor = connection.execute(query)
                return cursor.fetchall() if cursor.description else []
        import sqlite3

        with closing(sqlite3.connect(self.home / "junheng.sqlite3", timeout=PATIENCE)) as connection:
            found = connection.execute(query).fetchall()
            connection.commit()
            return found


def kill(process):
    """Kill a command that was started, with all its processes at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for_server(port):
    """Wait until a server that was started answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                connection.request("GET", "/api/openapi.json")
                assert connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not come up")
