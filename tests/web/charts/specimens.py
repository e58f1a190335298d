"""One specification of each chart, with what is awkward: absent values, names that occur twice, quotes."""

from junheng.reporting.charts.attainment import attainment
from junheng.reporting.charts.contributions import contributions
from junheng.reporting.charts.cv_bars import cv_bars
from junheng.reporting.charts.distribution import distribution
from junheng.reporting.charts.dot_plot import dot_plot
from junheng.reporting.charts.groups import groups
from junheng.reporting.charts.trend import trend

CVS = [
    {"indicator": "骨干教师", "stage": "小学", "cv": 0.512, "limit": 0.5, "outcome": "unmet", "href": "/i/1/"},
    {"indicator": "骨干教师", "stage": "初中", "cv": 0.44, "limit": 0.45, "outcome": "met", "href": "/i/2/"},
    {"indicator": "多媒体教室", "stage": "小学", "cv": None, "limit": 0.5, "outcome": "unknown", "href": "/i/3/"},
]
SCHOOLS = [
    {"school": "西关小学", "value": 5.5, "outcome": "met", "href": "/s/1/"},
    {"school": "东街小学", "value": 3.9, "outcome": "tolerated", "href": "/s/2/"},
    {"school": "中心小学", "value": 2.1, "outcome": "unmet", "href": "/s/3/"},
    {"school": "中心小学", "value": 4.4, "outcome": "met", "href": "/s/4/"},
    {"school": '"引号"小学', "value": 6.0, "outcome": "met", "href": "/s/5/", "mine": True},
    {"school": "未报小学", "value": None, "outcome": "unknown", "href": "/s/6/"},
]
SHARES = [{"school": f"学校{n}", "share": n / 210, "value": "1.00", "href": f"/s/{n}/"} for n in range(1, 21)]
YEARS = [
    {"year": year, "series": series, "value": value}
    for series, values in (("小学", (0.6, 0.55, None, 0.48)), ("初中", (0.5, 0.5, 0.46, 0.44)))
    for year, value in zip(range(2022, 2026), values, strict=True)
]
LIMITS = [{"from": 2012, "limit": 0.65, "series": "小学"}, {"from": 2024, "limit": 0.5, "series": "小学"}]
ATTAINMENT = [
    {"label": "用房面积", "percent": 84.0, "said": "3.78", "outcome": "unmet", "href": "/i/1/"},
    {"label": "多媒体教室", "percent": 640.0, "said": "14.7", "outcome": "met", "href": "/i/2/"},
    {"label": "骨干教师", "percent": None, "said": "—", "outcome": "unknown", "href": "/i/3/"},
]
GROUPS = [
    {"group": "城区", "series": "小学", "value": 5.2, "schools": 12, "href": "/c/1/"},
    {"group": "乡村", "series": "小学", "value": 4.1, "schools": 30, "href": "/c/2/"},
    {"group": "乡村", "series": "初中", "value": None, "schools": 0, "href": "/c/3/"},
]
COUNTIES = [
    {"county": f"示例{n}县", "value": n / 100, "outcome": "met" if n <= 50 else "unmet", "href": f"/c/{n}/"}
    for n in range(30, 61)
]


def specimens(language="zh"):
    return {
        "cv_bars": cv_bars(CVS, language=language),
        "dot_plot": dot_plot(SCHOOLS, title="骨干教师", unit="人", limit=4.2, mean=4.38, language=language),
        "contributions": contributions(SHARES, top=5, language=language),
        "trend": trend(YEARS, limits=LIMITS, title="差异系数", language=language),
        "groups": groups(GROUPS, title="用房面积", unit="㎡", limit={"小学": 4.5, "初中": 5.8}, language=language),
        "attainment": attainment(ATTAINMENT, language=language),
        "distribution": distribution(COUNTIES, title="差异系数", limit=0.5, direction="at_most", language=language),
    }


def nothing_filed():
    return {
        "cv_bars": cv_bars([]),
        "dot_plot": dot_plot([{**SCHOOLS[-1]}], title="骨干教师", limit=4.2),
        "contributions": contributions([]),
        "trend": trend([{"year": 2025, "value": None}], limits=[{"from": 2017, "limit": 4.2}]),
        "groups": groups([], limit=4.5),
        "attainment": attainment([{**ATTAINMENT[-1]}]),
        "distribution": distribution([], title="差异系数", limit=0.5),
    }


def layers(spec):
    return spec["layer"]


def marks(spec, kind):
    return [layer for layer in layers(spec) if layer["mark"]["type"] == kind]


def written(spec):
    """Every word that the chart's own layers write beside the axes."""
    found = []
    for layer in marks(spec, "text"):
        text = layer["encoding"]["text"]
        rows = layer.get("data", spec["data"])["values"]
        found += [text["value"]] if "value" in text else [str(row[text["field"]]) for row in rows]
    return found
