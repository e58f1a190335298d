"""The log shows tampering: what is changed, removed or slipped in breaks the chain."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from junheng.web.audit.chain import check_chain
from junheng.web.audit.models import ChainHead, Event
from junheng.web.audit.services import record
from junheng.web.audit.triggers import laid_aside


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def tamper(statement, *values):
    """What somebody with the database's own password can do."""
    with laid_aside(connection):
        run(statement, *values)


def test_an_untouched_log_is_whole_and_says_how_long_it_is(cast):
    report = check_chain()
    assert report.is_whole
    head = ChainHead.objects.get()
    assert (report.count, report.head) == (Event.objects.count(), head.digest) == (head.count, head.digest)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET summary = 'x'", "DELETE FROM audit_event", "UPDATE audit_event SET digest = digest"],
)
def test_the_database_refuses_to_change_or_remove_rows(cast, statement):
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        run(statement)


def test_the_table_cannot_be_emptied_at_once_either(cast):
    emptying = "DELETE FROM audit_event"
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")  # nothing of the fixtures is still to be checked
        emptying = "TRUNCATE audit_event"
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        run(emptying)


@pytest.mark.parametrize("column", ["summary", "username", "action", "reason", "place_path", "address", "subject"])
def test_a_changed_row_is_found(cast, column):
    row = Event.objects.order_by("pk")[3]
    tamper(f"UPDATE audit_event SET {column} = 'x' WHERE id = %s", row.pk)
    report = check_chain()
    assert (report.broken_at, report.because, report.count) == (row.pk, "changed", 3)


def test_changed_before_and_after_values_and_times_are_found(cast):
    row = Event.objects.order_by("pk")[2]
    tamper("UPDATE audit_event SET changes = '[1]' WHERE id = %s", row.pk)
    assert check_chain().broken_at == row.pk
    row = Event.objects.order_by("pk")[1]
    tamper("UPDATE audit_event SET made_at = '2020-01-01 00:00:00+00:00' WHERE id = %s", row.pk)
    assert check_chain().broken_at == row.pk


def test_a_removed_row_is_found(cast):
    row, after = Event.objects.order_by("pk")[2:4]
    tamper("DELETE FROM audit_event WHERE id = %s", row.pk)
    assert (check_chain().broken_at, check_chain().because) == (after.pk, "gap")


def test_a_removed_last_row_is_found(cast):
    tamper("DELETE FROM audit_event WHERE id = %s", Event.objects.order_by("pk").last().pk)
    assert (check_chain().broken_at, check_chain().because) == (0, "end")


def test_a_log_emptied_together_with_its_count_is_found_by_a_link_kept_elsewhere(cast):
    kept = ChainHead.objects.get().digest
    tamper("DELETE FROM audit_event")
    ChainHead.objects.all().delete()
    assert check_chain().is_whole
    assert check_chain(kept).because == "unknown"


def test_a_link_kept_elsewhere_is_found_again_when_the_log_has_grown(cast):
    kept = ChainHead.objects.get().digest
    with transaction.atomic():
        record(acting_user=None, action="x", subject="y", place=cast.county, summary="后来")
    assert check_chain(kept).is_whole


def test_a_write_that_did_not_succeed_leaves_no_event(cast):
    before = Event.objects.count()
    with transaction.atomic():
        record(acting_user=None, action="x", subject="y", place=cast.county, summary="没有成功的操作")
        transaction.set_rollback(True)
    assert Event.objects.count() == before
    assert check_chain().is_whole


def test_many_who_write_at_once_make_one_chain(transactional_db):
    failed = []

    def write(number):
        try:
            for turn in range(5):
                with transaction.atomic():
                    record(acting_user=None, action="x", subject=f"{number}/{turn}", place=None, summary="同时")
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    report = check_chain()
    assert (report.is_whole, report.count) == (True, 20)
