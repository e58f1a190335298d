"""The commands that run an installation, typed as an administrator types them."""

import http.client
import json
import signal
import socket
import tarfile
import time
from contextlib import closing

import pytest

from web.other_installation import PATIENCE, OtherInstallation, wait_for_server

pytestmark = pytest.mark.slow
PASSWORD = "kaifeng-2025-luoyang"


@pytest.fixture
def installation(tmp_path):
    with closing(OtherInstallation(tmp_path)) as found:
        yield found


@pytest.fixture
def with_admin(installation):
    assert installation.web("migrate").returncode == 0
    made = create_admin(installation)
    assert made.returncode == 0, made.stderr
    return installation


def create_admin(
    installation, name="admin", place=("--place-name", "某省", "--place-kind", "province"), password=PASSWORD
):
    return installation.web(
        "create-admin", name, "--place", "37", *place, "--password-file", "-", input=password + "\n"
    )


def test_an_empty_installation_is_told_to_migrate_first(installation):
    for command in (["serve"], ["worker", "--once"], ["create-admin", "a", "--place", "37", "--password-file", "-"]):
        done = installation.web(*command, input="x")
        assert done.returncode == 1
        assert "JH-B090" in done.stderr
        assert "junheng web migrate" in done.stderr


def test_migrating_twice_changes_nothing(installation):
    assert "已升级" in installation.web("migrate").stderr
    assert "已是最新" in installation.web("migrate").stderr


def test_the_first_administrator(with_admin):
    assert with_admin.ask("SELECT username, must_change_password FROM accounts_user")[0][0] == "admin"
    assert with_admin.ask("SELECT role FROM accounts_assignment") == [("administrator",)]
    assert ("create_admin",) in with_admin.ask("SELECT action FROM audit_event")


def test_what_is_wrong_with_an_administrator_is_told(with_admin):
    assert "JH-B094" in create_admin(with_admin).stderr
    assert "JH-B099" in create_admin(with_admin, "second", password="12345").stderr
    other = with_admin.web("create-admin", "third", "--place", "38", "--password-file", "-", input=PASSWORD)
    assert "JH-B093" in other.stderr
    assert "37 某省" in other.stderr
    assert len(with_admin.ask("SELECT 1 FROM accounts_user")) == 1


def test_a_sound_installation_passes_its_checks(with_admin):
    lines = with_admin.web("check").stdout.splitlines()
    assert [line for line in lines if line.startswith("✗") and "页面文件" not in line] == []
    assert any(line.startswith("△ HTTPS") for line in lines)


def test_a_log_that_was_tampered_with_fails_them(with_admin):
    on = {True: " ON audit_event", False: ""}[bool(with_admin.name)]
    with_admin.ask("DROP TRIGGER audit_event_no_" + ("change" if with_admin.name else "update") + on)
    with_admin.ask("UPDATE audit_event SET summary = '别的' WHERE id = (SELECT min(id) FROM audit_event)")
    done = with_admin.web("check")
    assert done.returncode == 1
    assert "✗ 审计链：在第 1 条断开" in done.stdout


def backed_up(installation, file):
    (installation.home / "files/ab").mkdir(parents=True)
    (installation.home / "files/ab/abcd").write_bytes(b"evidence")
    for kind in ("boundaries", "targets", "loads"):
        (installation.home / "nation" / kind).mkdir(parents=True)
        (installation.home / "nation" / kind / "33.json").write_text(kind)
    done = installation.web("backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def test_a_backup_restores_everything(with_admin, tmp_path):
    file = backed_up(with_admin, tmp_path / "备份.tar")
    assert file.stat().st_mode & 0o077 == 0
    other = OtherInstallation(tmp_path / "other")
    try:
        done = other.web("restore", str(file))
        assert done.returncode == 0, done.stderr
        assert other.ask("SELECT username FROM accounts_user") == [("admin",)]
        assert (other.home / "secret.key").read_text() == (with_admin.home / "secret.key").read_text()
        assert (other.home / "files/ab/abcd").read_bytes() == b"evidence"
        kept = {file.parent.name: file.read_text() for file in (other.home / "nation").rglob("*.json")}
        assert kept == {"boundaries": "boundaries", "targets": "targets"}, "what can be loaded again is left out"
        assert "✗ 审计链" not in other.web("check").stdout
        again = other.web("restore", str(file))
        assert (again.returncode, "JH-B091" in again.stderr) == (1, True)
    finally:
        other.close()


def test_what_is_no_installation_is_not_backed_up(installation, tmp_path):
    done = installation.web("backup", str(tmp_path / "empty.tar"))
    assert done.returncode == 1
    assert "JH-B100" in done.stderr
    assert str(installation.home) in done.stderr
    assert not (tmp_path / "empty.tar").exists()


@pytest.mark.parametrize("damage", ["cut", "changed", "added"])
def test_a_damaged_backup_restores_nothing(with_admin, tmp_path, damage):
    file = backed_up(with_admin, tmp_path / "backup.tar")
    bad = tmp_path / "bad.tar"
    if damage == "cut":
        bad.write_bytes(file.read_bytes()[:-30_000])
    else:
        with tarfile.open(file) as archive:
            archive.extractall(tmp_path / "in", filter="data")
        (tmp_path / "in" / ("secret.key" if damage == "changed" else "files/new")).write_text("x")
        with tarfile.open(bad, "w") as archive:
            for path in sorted((tmp_path / "in").rglob("*")):
                archive.add(path, path.relative_to(tmp_path / "in").as_posix(), recursive=False)
    other = OtherInstallation(tmp_path / "other")
    try:
        done = other.web("restore", str(bad))
        assert (done.returncode, "JH-B096" in done.stderr) == (1, True)
        assert "✗ 数据库版本" in other.web("check").stdout
    finally:
        other.close()


def test_a_backup_never_overwrites_unasked(with_admin, tmp_path):
    file = backed_up(with_admin, tmp_path / "backup.tar")
    before = file.read_bytes()
    assert with_admin.web("backup", str(file)).returncode == 2
    assert file.read_bytes() == before
    assert with_admin.web("backup", str(file), "--force").returncode == 0
    with tarfile.open(file) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
    assert set(manifest["files"]) >= {"secret.key", "files/ab/abcd"}


def test_without_a_mail_server_nothing_is_sent_and_nothing_fails(with_admin):
    done = with_admin.web("mail")
    assert (done.returncode, "JUNHENG_WEB_EMAIL_HOST" in done.stderr) == (0, True)


def test_the_server_answers_the_request_under_way_before_it_ends(with_admin):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = with_admin.start("serve", "--port", str(port), "--workers", "1")
    wait_for_server(port)
    other, slow = (http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE) for _ in range(2))
    with closing(other), closing(slow):
        assert is_kept(other)
        slow.putrequest("POST", "/account/sign-in/")
        slow.putheader("Cookie", f"csrftoken={'s' * 32}")
        slow.putheader("X-CSRFToken", "s" * 32)
        slow.putheader("Content-Type", "application/x-www-form-urlencoded")
        slow.putheader("Content-Length", "25")
        slow.putheader("Expect", "100-continue")
        slow.endheaders()
        told = b""
        while not told.endswith(b"\r\n\r\n"):
            told += slow.sock.recv(1)
        assert told.startswith(b"HTTP/1.1 100"), "it has begun with the request"
        slow.send(b"username=admi")
        server.send_signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while is_kept(other):  # until the server has heard the signal
            assert time.monotonic() < end
            time.sleep(0.1)
        slow.send(b"n&password=x")
        answer = slow.getresponse()
        assert answer.status == 200
        assert "用户名或密码不对" in answer.read().decode()
    assert server.wait(timeout=PATIENCE) == 0


def is_kept(connection):
    """Whether the server goes on with a connection after its answer: not when it is about to end."""
    try:
        connection.request("GET", "/api/openapi.json")
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return False
    return not answer.will_close
