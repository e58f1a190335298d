"""An installation of its own, with real processes: for what a test inside one process cannot show."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

WEB = [sys.executable, "-c", "from junheng.cli import main; main()", "web"]


class OtherInstallation:
    """A home and an empty database, on whichever engine the tests run with."""

    def __init__(self, folder):
        self.home = Path(folder) / "home"
        self.environment = os.environ | {"JUNHENG_WEB_HOME": str(self.home), "PYTHONIOENCODING": "utf-8"}
        for name in ("JUNHENG_STORE", "DJANGO_SETTINGS_MODULE"):
            self.environment.pop(name, None)
        server = os.environ.get("JUNHENG_WEB_DATABASE", "")
        self.name = ""
        if server.startswith("postgres"):
            self.name = f"other_{uuid4().hex}"
            self.server = server
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {self.name}")
            self.address = urlsplit(server)._replace(path=f"/{self.name}").geturl()
            # An empty host is lost on the way through a parsed address.
            self.address = server.replace(urlsplit(server).path, f"/{self.name}", 1) if self.name else server
            self.environment["JUNHENG_WEB_DATABASE"] = self.address

    def close(self):
        if self.name:
            with psycopg.connect(self.server, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {self.name} WITH (FORCE)")

    def web(self, *arguments, **options):
        """Run a command of ``junheng web`` to its end."""
        return subprocess.run(
            [*WEB, *arguments], env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False,
            **options,
        )  # fmt: skip

    def start(self, *arguments):
        """Start a command that goes on."""
        return subprocess.Popen([*WEB, *arguments], env=self.environment, stderr=subprocess.DEVNULL)

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
        from contextlib import closing

        with closing(sqlite3.connect(self.home / "junheng.sqlite3", timeout=30)) as connection:
            found = connection.execute(query).fetchall()
            connection.commit()
            return found

    def wait_until(self, query, seconds=60):
        """Wait until a query finds something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := self.ask(query):
                return found
            time.sleep(0.02)
        raise AssertionError(f"did not come true: {query}")
