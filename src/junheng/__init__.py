"""Junheng 均衡: judge whether a county's compulsory schools are good and alike.

The verbs are those of the command line::

    import junheng
    from datetime import date

    dataset = junheng.load("县数据.xlsx")
    judgement = junheng.judge(dataset, standard="CN/youzhi_2017", on=date(2025, 12, 31))
    judgement.outcome()                      # Outcome.UNMET
    junheng.long_table(judgement)            # a Polars frame, one row per school, stage and indicator
    junheng.explain(judgement, school="…")   # the reasons, to the cell and the article

Plans need the extra ``plan``, and ``Spark`` the extra ``spark``; judging does without them.
"""

from junheng.base.errors import JunhengError
from junheng.base.outcome import Outcome
from junheng.engine.spark import Spark
from junheng.reporting.forecast_book import write_forecast_book
from junheng.reporting.library import list_reports
from junheng.reporting.plan_book import write_plan_book
from junheng.reporting.reconciliation import Reconciliation
from junheng.reporting.reconciliation_book import write_reconciliation_book
from junheng.reporting.result import Result, long_table, result_document
from junheng.reporting.result_book import write_result_book
from junheng.standards.library import load_standard
from junheng.store.national import NationalStore
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset
from junheng.verdict.comparison import Comparison, compare
from junheng.verdict.drivers import drivers
from junheng.verdict.groups import compare_groups
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages
from junheng.workflow import (
    check,
    check_claims,
    compare_claims,
    explain,
    judge,
    judge_nation,
    list_standards,
    load,
    load_into,
    make_report,
    monitor,
    observed,
    plan_resources,
    plan_rotation,
    plan_zoning,
    reconcile,
    report_on,
    stale_years,
    supplement,
    template,
    totals,
    write_report,
    write_resource_inputs,
)
from junheng.workflow.forecast import backtest, forecast, forecast_template

__all__ = [
    "Comparison",
    "Dataset",
    "Judgement",
    "JunhengError",
    "NationalStore",
    "Outcome",
    "Reconciliation",
    "Result",
    "Spark",
    "Store",
    "backtest",
    "check",
    "check_claims",
    "compare",
    "compare_claims",
    "compare_groups",
    "drivers",
    "explain",
    "forecast",
    "forecast_template",
    "judge",
    "judge_nation",
    "list_reports",
    "list_standards",
    "load",
    "load_into",
    "load_standard",
    "long_table",
    "make_report",
    "monitor",
    "observed",
    "plan_resources",
    "plan_rotation",
    "plan_zoning",
    "reconcile",
    "report_on",
    "result_document",
    "shortages",
    "stale_years",
    "supplement",
    "template",
    "totals",
    "write_forecast_book",
    "write_plan_book",
    "write_reconciliation_book",
    "write_report",
    "write_resource_inputs",
    "write_result_book",
]
