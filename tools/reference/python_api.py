"""The public Python API: what ``import junheng`` offers, from signatures and docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

from pydantic import BaseModel

import junheng
from reference.language import Language
from reference.page import Page, page

_ZH = {
    "Comparison": "两次判定的前后对照。",
    "Dataset": "一份数据：各表的数据框，和每行读自何处。",
    "Judgement": "一次判定：各级结论都是数据框的列，另有重算所需的一切。",
    "JunhengError": '所有可处理的错误的共同基类，`message("en")` 给出英文。',
    "NationalStore": "全国库：许多县许多年的填报，按学年和省份存放，只增不改。",
    "Outcome": "四种结论：达标、余项容许、未达标、无法判定。",
    "Reconciliation": "统计报表与系统的对账：各项合计、逐校差异、学校数。",
    "Result": "判定结果文档的类型（`--format json` 的结构）。",
    "Spark": "Spark 引擎：同样的表达式，在许多台机器上运行（要装附加软件包 `spark`）。",
    "Store": "数据仓：按内容命名、不再改动的快照。",
    "backtest": "预测的回测：留出最近几年，看各方法差多少、区间盖住多少。",
    "check": "读入并检查，一次列出全部问题。",
    "check_claims": "核对报告里的数字：每个数字一条结论，按原文顺序。",
    "compare": "两次判定的前后对照：两个年度，或改动前后。",
    "compare_claims": "比较两份报告，或报告和填报数据：说法不一的数。",
    "compare_groups": "按城乡、乡镇、办学类型等分组比较各项指标。",
    "drivers": "每个差异系数主要来自哪些学校。",
    "explain": "判定的理由，直到填报的单元格和标准的条文。",
    "forecast": "预测各校各年级学生数，给出区间，并推算班额、学位、教师和达标情况。",
    "forecast_template": "写出预测的输入表：入学人数、出生人数、净迁入、撤并新建。",
    "judge": "按标准判定。",
    "judge_nation": "逐年判定全国库中的全部县；没有变化的学年不重判。",
    "list_reports": "已有的报告。",
    "list_standards": "已有的标准。",
    "load": "读入、检查并入库；或按编号打开快照。",
    "load_into": "把文件、文件夹或快照汇入全国库，逐份说明结果。",
    "load_standard": "读一个标准（编号或文件夹）。",
    "long_table": "指标长表：每校每学段每项一行。",
    "make_report": "判定，并写一份报告。",
    "monitor": "监测：判定过的各学年的走势、预警、排名、分布、不均衡的分解、阶段目标。",
    "observed": "逐年判定后留存的结论、差异系数和各校指标。",
    "plan_resources": "填平补齐方案：花费最少而全县达标的增配、调配，带证明（要装附加软件包 `plan`）。",
    "plan_rotation": "教师交流轮岗方案：谁去哪里、为什么，还有哪些缺补不上（要装附加软件包 `plan`）。",
    "plan_zoning": "学区划片方案：连片、学位够用、路程最短（要装附加软件包 `plan`）。",
    "reconcile": "统计报表与读入后的数据逐项对账。",
    "report_on": "对一次判定写一份报告。",
    "result_document": "判定结果文档。",
    "shortages": "各校各项差多少（名、㎡、元、间）。",
    "stale_years": "哪些学年的判定已经过时，为什么。",
    "supplement": "写出补充表：标准要用而统计报表没有的内容。",
    "template": "写出填报模板。",
    "totals": "按乡镇、办学类型、学段等汇总，末行为全县。",
    "write_forecast_book": "写出 Excel 预测册。",
    "write_monitoring_book": "写出 Excel 监测册。",
    "write_plan_book": "写出方案的 Excel 方案册。",
    "write_report": "把报告写成 Word、PDF 或 Excel（Word 和 PDF 要装附加软件包 `report`）。",
    "write_resource_inputs": "写出填平补齐方案的输入表：假定的单价，没有填报的数。",
    "write_reconciliation_book": "写出 Excel 对账表。",
    "write_result_book": "写出 Excel 结果册。",
}


def pages(language: Language) -> Iterator[Page]:
    say = language.say
    intro = say(
        "`import junheng` 的全部公开名称，动词与命令行相同。文档字符串为英文，每项前有一句中文。",
        "Everything public in `import junheng`; the verbs are those of the command line.",
    )
    blocks = [intro]
    for name in junheng.__all__:
        blocks += [
            f"## {name}",
            *([_chinese(name)] if language is Language.ZH else []),
            *_about(name, getattr(junheng, name)),
        ]
    yield page("python.md", language, say("Python 接口", "Python API"), "junheng.__all__", *blocks)


def _chinese(name: str) -> str:
    if name not in _ZH:
        raise SystemExit(f"{__file__}: say in Chinese what junheng.{name} is")
    return _ZH[name]


def _about(name: str, thing: object) -> Iterator[str]:
    if not inspect.isclass(thing):
        assert callable(thing)
        yield _python(f"junheng.{name}{_signature(thing)}")
        yield _text(thing)
        return
    yield _text(thing)
    if issubclass(thing, Enum):
        yield "\n".join(f"- `{name}.{member.name}` = `{str(member.value)!r}`" for member in thing)
        return
    if issubclass(thing, BaseModel):
        return
    for member, value in vars(thing).items():
        function = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        if member.startswith("_") or not (inspect.isfunction(function) or isinstance(value, property)):
            continue
        if isinstance(value, property):
            yield _python(f"{name}.{member}") + f"\n\n{_text(value)}"
        else:
            yield _python(f"{name}.{member}{_signature(function)}") + f"\n\n{_text(function)}"


def _python(text: str) -> str:
    return f"```python\n{text}\n```"


def _text(thing: object) -> str:
    """A docstring as it stands: it is laid out by indentation."""
    text = inspect.getdoc(thing) or ""
    return f"```text\n{text}\n```" if "\n" in text else text.replace("``", "`")


def _signature(function: Callable[..., Any]) -> str:
    signature = inspect.signature(function)
    parts: list[str] = []
    keyword_only = False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not keyword_only:
            parts.append("*")
            keyword_only = True
        text = parameter.name
        if parameter.annotation is not parameter.empty:
            text += f": {_annotation(parameter.annotation)}"
        if parameter.default is not parameter.empty:
            text += f" = {parameter.default!r}"
        parts.append(text)
    returns = (
        "" if signature.return_annotation is signature.empty else f" -> {_annotation(signature.return_annotation)}"
    )
    line = f"({', '.join(parts)}){returns}"
    return line if len(line) <= 90 else "(\n    " + ",\n    ".join(parts) + f",\n){returns}"


def _annotation(annotation: object) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
