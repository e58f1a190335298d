"""The kinds of jobs, by name: what each is called, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from junheng.web.access import Action
from junheng.web.jobs.work import Work


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind; its function is found by its path when a job of it runs, so that naming a kind imports nothing."""

    label: str | Promise
    path: str
    to_read: Action | None = None  # what somebody must still be allowed at the job's place to fetch its file

    def function(self) -> Callable[[Work], None]:
        found: Callable[[Work], None] = import_string(self.path)
        return found


KINDS = {
    "evaluate": Kind(_("判定一个县"), "junheng.web.jobs.judging.evaluate_county"),
    "evaluate_counties": Kind(_("判定辖区各县"), "junheng.web.jobs.judging.evaluate_counties"),
    "filed_data": Kind(_("导出填报数据"), "junheng.web.jobs.exporting.export_filed_data", Action.VIEW_FILING),
    "import_workbook": Kind(_("导入县工作簿"), "junheng.web.jobs.importing.import_workbook"),
    "plan": Kind(_("求方案"), "junheng.web.plans.planning.make_plan"),
    "report": Kind(_("生成报告"), "junheng.web.reports.making.make_report"),
    "steps": Kind(_("批量审核"), "junheng.web.jobs.stepping.take_steps"),
    "nation": Kind(_("汇入监测"), "junheng.web.monitoring.loading_job.load_nation"),
    "mails": Kind(_("发送邮件通知"), "junheng.web.jobs.mailing.send_mails"),
}
