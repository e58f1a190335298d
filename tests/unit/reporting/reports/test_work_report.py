"""县级工作汇报: a speech of true sentences, with the writer's own words where only people know."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from example import DAY, county_dataset
from junheng.reporting.facts.facts import Writer
from junheng.reporting.report.blocks import Table
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.workflow.reports import report_on
from reports_made import judged, lines, made, section, with_finding


def test_the_speech_greets_reports_and_closes_without_tables():
    report = made("work_report")
    said = lines(report)
    assert said[0] == "尊敬的各位领导、各位专家："
    assert said[-1].startswith("以上是示例县")
    assert not any(isinstance(block, Table) for block in report.blocks)
    assert len("".join(said)) < len("".join(lines(made("self_assessment")))) / 2


def test_what_was_done_is_told_by_figures_and_then_in_the_writers_words():
    writer = Writer(to="省督导组", texts={"practices": "一是党政齐抓共管。"})
    report = report_on(judged("example", "CN/youzhi_2017"), "work_report", writer=writer)
    said = section(report, "主要做法")
    assert any(line.startswith("2025年义务教育财政拨款119524.63万元，比上年增长5.90%") for line in said)
    assert said[-1] == "一是党政齐抓共管。"
    assert "尊敬的各位领导、各位专家：" not in lines(report), "the writer addresses somebody else"


def test_what_was_not_filed_is_not_spoken_of():
    said = lines(made("work_report", "blank"))
    assert "落实教育经费" not in said
    assert "教育经费" not in said
    assert not any(re.search(r"(?<![0-9.])0[所人项]", line) for line in said)


def test_a_filed_measure_is_told_with_its_office():
    plan = "新建小学一所，消除超过规定班额的班级。"
    filed = with_finding("class_size", responsible="基础教育科", plan=plan)
    judgement = judge(filed, load_standard("CN/youzhi_2017"), DAY)
    said = section(report_on(judgement, "work_report"), "下一步打算")
    assert said[0] == "针对“班额”，由基础教育科负责，新建小学一所，消除超过规定班额的班级。"


def test_money_that_fell_is_said_to_have_fallen():
    dataset = county_dataset()
    filed = dataset["finance_year"]
    halved = pl.when(pl.col("fiscal_year") == 2025).then(pl.col("appropriation") / 2).otherwise(pl.col("appropriation"))
    less = filed.with_columns(halved.cast(filed.schema["appropriation"]).alias("appropriation"))
    poorer = replace(dataset, frames={**dataset.frames, "finance_year": less})
    report = report_on(judge(poorer, load_standard("CN/youzhi_2017"), DAY), "work_report")
    assert any("比上年下降47.05%；" in line for line in section(report, "主要做法"))
    assert any(line.endswith("（下降47.05%）。") for line in section(report, "自评达标情况"))
