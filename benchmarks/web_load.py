"""``python -m benchmarks.web_load``: many people at one server: saving while filing, a long list, the overview.

A real server (`junheng web serve`) on a temporary installation; its clients run on the same machine and take their
share of it, which the figures therefore bear. SQLite unless ``JUNHENG_WEB_DATABASE`` names another database.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, perf_counter, sleep

CLIENTS = 2  # processes that the people are shared among


@dataclass(frozen=True)
class Typist:
    """One clerk: her session and the address that takes her figures."""

    session: str
    csrf: str
    path: str


@dataclass(frozen=True)
class Measured:
    """Seconds of each answer, and how many were no 200."""

    seconds: list[float]
    errors: int

    def line(self, name: str) -> str:
        cuts = quantiles(self.seconds, n=100)
        return (
            f"| {name} | {len(self.seconds)} | {self.errors} | {cuts[49] * 1000:.0f} | {cuts[94] * 1000:.0f} "
            f"| {cuts[98] * 1000:.0f} | {max(self.seconds) * 1000:.0f} |"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description="Print how the web application bears many people at once.")
    arguments.add_argument("--users", type=int, default=500)
    arguments.add_argument("--seconds", type=int, default=120)
    arguments.add_argument("--pause", type=float, default=4.0, help="mean seconds between two saves of one clerk")
    arguments.add_argument("--rows", type=int, default=100_000, help="filings in the long list; 0: leave it out")
    chosen = arguments.parse_args()
    with TemporaryDirectory(prefix="junheng-load-") as folder:
        os.environ["JUNHENG_WEB_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "junheng.web.settings"
        _report(chosen)


def _report(chosen: argparse.Namespace) -> None:
    from benchmarks import web_people  # needs the settings above

    typists = web_people.enter_clerks(chosen.users)
    officer, overview = web_people.enter_county()
    print("| what | answers | errors | p50 ms | p95 ms | p99 ms | slowest ms |\n|---|---:|---:|---:|---:|---:|---:|")
    with _server() as port:
        saved, took = _all_typing(typists, port, chosen.seconds, chosen.pause)
        print(saved.line(f"{chosen.users} clerks saving"))
        print(_reading(officer, overview, port, 60).line("county overview, 130 schools"))
        for typing in (1, 8):
            print(_reading(officer, overview, port, 60, people=typing).line(f"the same, {typing} at once"))
    if chosen.rows:
        manager, board = web_people.enter_long_list(chosen.rows)
        with _server() as port:
            print(_reading(manager, board, port, 40).line(f"list of {chosen.rows:,} filings"))
            print(_reading(manager, f"{board}&page=1000", port, 20).line("the same, page 1000"))
            print(_reading(manager, f"{board}&q=0042", port, 20).line("the same, searched"))
    print(f"\n{len(saved.seconds) / took:.1f} saves per second over {took:.0f} s; ", end="")
    print("the audit log is whole after it" if web_people.log_is_whole() else "THE AUDIT LOG IS BROKEN")


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("junheng")), "web", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        begun = monotonic()
        while monotonic() - begun < 60:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _all_typing(typists: list[Typist], port: int, seconds: int, pause: float) -> tuple[Measured, float]:
    parts = [typists[number::CLIENTS] for number in range(CLIENTS)]
    begun = perf_counter()
    with ProcessPoolExecutor(CLIENTS) as pool:
        found = list(pool.map(_typing, parts, [port] * CLIENTS, [seconds] * CLIENTS, [pause] * CLIENTS))
    took = perf_counter() - begun
    return Measured([s for part in found for s in part.seconds], sum(part.errors for part in found)), took


def _typing(typists: list[Typist], port: int, seconds: int, pause: float) -> Measured:
    """Every clerk types figures one by one until the time is over, each beginning at her own moment."""
    taken: list[float] = []
    errors: list[int] = []
    end = monotonic() + seconds

    def file(typist: Typist, number: int) -> None:
        chance = Random(number)
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Cookie": f"sessionid={typist.session}; csrftoken={typist.csrf}",
            "X-CSRFToken": typist.csrf,
            "Content-Type": "application/json",
        }
        standing = ""
        sleep(chance.uniform(0, pause))
        while monotonic() < end:
            typed = str(chance.randint(100, 2000))
            body = f'{{"cells": [["stage_year/primary/pupils", "{standing}", "{typed}"]]}}'
            begun = perf_counter()
            is_taken = _saved(connection, typist.path, body, headers)
            taken.append(perf_counter() - begun)
            if is_taken:
                standing = typed
            else:
                errors.append(1)
            sleep(chance.uniform(0.5, 1.5) * pause)

    people = [Thread(target=file, args=(typist, number)) for number, typist in enumerate(typists)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return Measured(taken, len(errors))


def _saved(connection: HTTPConnection, path: str, body: str, headers: dict[str, str]) -> bool:
    """Send one save. An idle connection that the server has closed is opened anew, as browsers do."""
    for again in (True, False):
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
        except OSError:
            connection.close()
            if not again:
                return False
        else:
            return answer.status == 200
    return False


def _reading(reader: Typist, path: str, port: int, times: int, people: int = 1) -> Measured:
    """One page again and again, by so many people at once; the first answer of each is left out."""
    taken: list[float] = []
    errors: list[int] = []

    def read() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        for number in range(times + 1):
            begun = perf_counter()
            connection.request("GET", path, headers={"Cookie": f"sessionid={reader.session}"})
            answer = connection.getresponse()
            answer.read()
            if number:
                taken.append(perf_counter() - begun)
                if answer.status != 200:
                    errors.append(answer.status)

    readers = [Thread(target=read) for _ in range(people)]
    for reader_thread in readers:
        reader_thread.start()
    for reader_thread in readers:
        reader_thread.join()
    return Measured(taken, len(errors))


if __name__ == "__main__":
    main()
