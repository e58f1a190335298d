"""Files out, workbooks in, many filings at once, mails."""

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from junheng.web.audit.models import Event
from junheng.web.filings.models import Filing, FilingRow
from junheng.web.filings.uploads import keep
from junheng.web.jobs.files import find
from junheng.web.jobs.kinds import KINDS
from junheng.web.jobs.mailing import send_due_mails
from junheng.web.jobs.models import Job, JobState
from junheng.web.notices.services import tell
from web.conftest import approve, fill_soundly


def test_every_kind_has_a_function():
    assert [name for name, kind in KINDS.items() if not callable(kind.function())] == []


def test_what_was_filed_is_a_file_for_its_owner_while_she_may_read_it(cast, start, run, as_user):
    fill_soundly(cast.filing(cast.school))
    assert as_user(cast.officer).post("/jobs/export/", {"period": cast.period.pk}).status_code == 302
    job = run(Job.objects.get(kind="filed_data"))
    assert (job.state, job.result["rows"] > 0) == (JobState.DONE, True)
    address = f"/jobs/{job.code}/file/"
    own = as_user(cast.officer).get(address)
    assert b"".join(own.streaming_content)[:2] == b"PK"
    assert as_user(cast.leader).get(address).status_code == 404
    cast.officer.assignments.update(place=cast.other_county)
    assert as_user(cast.officer).get(address).status_code == 404


def test_who_only_sees_the_board_exports_no_figures(cast, start, run, as_user):
    assert as_user(cast.admin).post("/jobs/export/", {"period": cast.period.pk}).status_code == 404
    assert as_user(cast.officer).post("/jobs/export/", {"period": cast.other_period.pk}).status_code == 200
    assert run(start("filed_data", user=cast.admin, period=cast.period.pk)).state == JobState.FAILED


def test_a_file_that_was_cleared_away_is_told(cast, start, run, as_user):
    job = run(start("filed_data", period=cast.period.pk))
    find(job.result["file"], name="").unlink()
    assert as_user(cast.officer).get(f"/jobs/{job.code}/file/").status_code == 302


def exported(cast, start, run):
    """A workbook of the county: what its three schools have typed."""
    for place in (cast.school, cast.neighbour, cast.direct):
        fill_soundly(cast.filing(place))
    job = run(start("filed_data", period=cast.period.pk))
    return find(job.result["file"], name="").read_bytes()


def sent_in(content, period):
    kept = keep(SimpleUploadedFile("县数据.xlsx", content))
    return {"period": period.pk, "file": kept.digest, "name": kept.name}


def test_a_workbook_fills_the_filings_and_is_reconciled(cast, start, run):
    content = exported(cast, start, run)
    typed = {(r.filing_id, r.table, r.key): r.values for r in FilingRow.objects.all()}
    FilingRow.objects.update(values={})
    approve(cast.filing(cast.direct), cast.officer)
    job = run(start("import_workbook", **sent_in(content, cast.period)))
    assert job.state == JobState.DONE, job.words
    assert job.result["filled"] == 2
    assert job.result["closed"] == ["县直小学"]
    open_rows = FilingRow.objects.filter(filing__place__in=[cast.school, cast.neighbour], table="stage_year")
    for row in open_rows:
        assert row.values == typed[row.filing_id, row.table, row.key]
        assert {author[0] for author in row.authors.values()} == {cast.officer.pk}
    assert not any(row.values for row in FilingRow.objects.filter(filing=cast.filing(cast.direct), table="stage_year"))
    assert Event.objects.filter(action="import").count() == 2


def test_the_same_workbook_a_second_time_changes_nothing(cast, start, run):
    content = exported(cast, start, run)
    versions = list(Filing.objects.values_list("pk", "version"))
    job = run(start("import_workbook", **sent_in(content, cast.period)))
    assert job.result["filled"] == 0
    assert list(Filing.objects.values_list("pk", "version")) == versions


def test_a_workbook_with_errors_changes_nothing(cast, start, run):
    content = exported(cast, start, run)
    broken = content[: len(content) // 2]
    before = list(FilingRow.objects.values_list("pk", "values"))
    job = run(start("import_workbook", **sent_in(broken, cast.period)))
    assert job.state == JobState.FAILED
    assert list(FilingRow.objects.values_list("pk", "values")) == before


def test_a_workbook_of_another_county_is_refused(cast, start, run):
    content = exported(cast, start, run)
    job = run(start("import_workbook", user=cast.other_officer, **sent_in(content, cast.other_period)))
    assert (job.state, job.words[:9]) == (JobState.FAILED, "[JH-B072]")


def test_only_who_runs_the_period_takes_in_workbooks(cast, start, run):
    content = exported(cast, start, run)
    job = run(start("import_workbook", user=cast.leader, **sent_in(content, cast.period)))
    assert job.state == JobState.FAILED


def test_steps_are_taken_one_by_one_and_refusals_told(cast, start, run):
    ready, draft = cast.filing(cast.school), cast.filing(cast.neighbour)
    Filing.objects.filter(pk=ready.pk).update(state="town_passed")
    job = run(start("steps", filings=[str(ready.code), str(draft.code)], action="approve"))
    assert (job.state, job.result["done"], len(job.result["not_done"])) == (JobState.DONE, 1, 1)
    ready.refresh_from_db()
    assert ready.state == "approved"


def test_a_filing_that_is_out_of_reach_when_the_job_runs_is_told(cast, start, run):
    there, mine = cast.filing(cast.other_school), cast.filing(cast.school)
    Filing.objects.filter(pk=mine.pk).update(state="town_passed")
    job = run(start("steps", filings=[str(there.code), str(mine.code)], action="approve"))
    assert job.result["done"] == 1
    assert [name for name, _ in job.result["not_done"]] == [str(there.code)]


def test_events_of_an_import_are_written_after_its_figures(cast, start, run, monkeypatch):
    """Whoever else writes waits from the first event on."""
    content = exported(cast, start, run)
    FilingRow.objects.update(values={})
    filled = []

    def seen(**event):
        filled.append(FilingRow.objects.filter(values={}, filing__place__in=[cast.school, cast.direct]).count())

    monkeypatch.setattr("junheng.web.jobs.importing.record", seen)
    assert run(start("import_workbook", **sent_in(content, cast.period))).result["filled"] == 3
    assert filled == [0, 0, 0]


def test_a_mail_goes_out_once_to_whoever_has_not_read(cast, settings):
    settings.EMAIL_HOST = "mail.example"
    cast.clerk.email = "clerk@example.org"
    cast.clerk.save()
    tell(users=[cast.clerk, cast.principal], kind="reminder", text="请填报", url="/")
    assert (send_due_mails(), send_due_mails()) == (1, 0)
    assert mail.outbox[0].to == ["clerk@example.org"]
    assert "请填报" in mail.outbox[0].body


def test_without_a_mail_server_nothing_is_marked_as_sent(cast):
    cast.clerk.email = "clerk@example.org"
    cast.clerk.save()
    tell(users=[cast.clerk], kind="reminder", text="请填报", url="/")
    assert send_due_mails() == 0
    assert cast.clerk.notices.get().mailed_at is None
