"""Documents of plans as small as pages need them, and plans that hold one."""

from __future__ import annotations

from typing import Any

from junheng.web.plans.models import Plan
from junheng.web.plans.summary import summary_of


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _head(kind: str, county) -> dict[str, Any]:
    return {
        "kind": kind,
        "format": 1,
        "version": "1.0",
        "title": _both("方案", "Plan"),
        "county": {"code": county.code, "name": county.name},
        "standard": "CN/youzhi_2017",
        "day": "2025-12-31",
        "year": 2025,
        "snapshot": "abc123",
        "inputs": {},
        "proof": {
            "value": 480000.0,
            "bound": 479900.0,
            "gap": 0.000208,
            "status": "within_gap",
            "unit": "元",
            "seconds": 1.5,
            "solver": "SCIP",
            "says": _both("至多再省 0.021%。", "At most 0.021% can be saved."),
        },
        "notes": [_both("单价由填报人核实。", "Costs are confirmed.")],
    }


def _side(outcome: str, cv: float) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "parts": [
            {"part": part, "label": zh, "outcome": outcome}
            for part, zh in (("resources", "资源配置"), ("balance", "校际均衡"))
        ],
        "balance": [
            {
                "stage": "primary",
                "indicator": "backbone_teachers_per_100",
                "label": "骨干教师",
                "mean": 1.0,
                "cv": cv,
                "limit": 0.5,
                "outcome": "met" if cv <= 0.5 else "unmet",
            }
        ],
        "schools": {"met": 2, "tolerated": 0, "unmet": 1 if outcome == "unmet" else 0, "unknown": 0},
    }


def resource_document(county, school, *, cost: float = 480000.0) -> dict[str, Any]:
    """Four teachers hired for a school, whose backbone was short; two backbone teachers move away from it."""
    place = {"school_code": school.code, "school_name": school.name, "town": "东镇"}

    def line(measure, zh, amount, own):
        return {
            **place,
            "stage": "primary",
            "measure": measure,
            "label": _both(zh, measure),
            "amount": amount,
            "unit": "名",
            "cost": own,
            "year": 2026,
        }

    return {
        **_head("resources", county),
        "additions": [line("hire_teacher", "招聘教师", 4.0, cost), line("move_backbone", "交流骨干教师", -2.0, 0.0)],
        "years": [{"year": 2026, "cost": cost, "budget": 500000.0, "schools_done": 1}],
        "before": _side("unmet", 0.61),
        "after": _side("met", 0.42),
        "schools": [
            {
                **place,
                "stage": "primary",
                "cost": cost,
                "before": "unmet",
                "after": "met",
                "indicators": [
                    {
                        "indicator": "backbone_teachers_per_100",
                        "label": _both("骨干教师", "Backbone teachers"),
                        "unit": "人",
                        "limit": 1.0,
                        "before": 0.2,
                        "after": 1.0,
                        "outcome_before": "unmet",
                        "outcome_after": "met",
                    }
                ],
            }
        ],
        "binding": [
            {
                "limit": _both("每校允许少一项", "One less"),
                "saving": 10000.0,
                "at_most": 11000.0,
                "proven": False,
                "says": _both("约省 1 万元", "About 1"),
            }
        ],
    }


def rotation_document(county, school) -> dict[str, Any]:
    """One teacher, 王小明, goes; a need stays open."""
    place = {"code": school.code, "name": school.name}
    need = {
        "school_code": school.code,
        "school_name": school.name,
        "stage": "primary",
        "what": "music",
        "label": _both("音乐教师", "Music"),
        "need": 3,
        "before": 1,
        "after": 2,
        "lacking": 1,
    }
    return {
        **_head("rotation", county),
        "inputs": {"teacher": [{"teacher_code": "T1", "teacher_name": "王小明"}], "setting": []},
        "people": [
            {
                "teacher_code": "T1",
                "name": "王小明",
                "stage": _both("小学", "Primary"),
                "subject": _both("音乐", "Music"),
                "attributes": {
                    "degree": _both("本科", "Bachelor"),
                    "title": _both("中级", "Middle"),
                    "backbone": True,
                    "years": 7,
                    "home_town": "小王庄",
                },
                "from": place,
                "to": place,
                "km": 4.2,
                "reason": _both("补音乐教师", "Fills a gap"),
                "fixed": False,
            }
        ],
        "shares": {
            "teachers": 12,
            "eligible": 10,
            "moved": 1,
            "share": 10.0,
            "least_share": 10,
            "least_moved": 1,
            "backbone": 2,
            "backbone_moved": 1,
            "backbone_share": 100.0,
            "least_backbone_share": 20,
        },
        "needs": [need],
        "unfilled": [need],
        "fairness": {
            "mean_km": 4.2,
            "max_km": 4.2,
            "unknown_km": 0,
            "to_own_town": 0,
            "to_hardship": 0,
            "from_hardship": 0,
            "backbone_to_hardship": 0,
            "backbone_from_hardship": 0,
            "beyond_even_share": 0,
            "schools": [],
        },
    }


def zoning_document(county, school) -> dict[str, Any]:
    """One block for one school, which it did not have before."""
    totals = {
        "stage": "primary",
        "pupils": 40,
        "travel": 48.0,
        "mean_way": 1.2,
        "max_way": 2.0,
        "nearest_pupils": 36,
        "nearest_share": 0.9,
        "missing_seats": 0,
        "schools_over": 0,
        "schools_with_large_classes": 0,
        "schools_over_cap": 0,
        "broken_zones": 0,
        "moved_blocks": 1,
        "moved_pupils": 40,
        "split_siblings": 0,
        "beyond_longest": 0,
    }
    travel = {"unit": "km", "total_unit": "人·千米", "stages": [totals]}
    square = {"type": "Polygon", "coordinates": [[[110, 30], [110.1, 30], [110.1, 30.1], [110, 30.1], [110, 30]]]}
    about = {"stage": "primary", "school_code": school.code, "school_name": school.name}
    return {
        **_head("zoning", county),
        "stages": ["primary"],
        "zones": [
            {
                **about,
                "blocks": 1,
                "pupils": 40,
                "seats": 45,
                "missing_seats": 0,
                "classes": 1,
                "classes_needed": 1,
                "class_size": 45,
                "largest_class": 40,
                "is_large_class": False,
                "share_of_seats": 0.89,
                "mean_way": 1.2,
                "max_way": 2.0,
                "before": None,
            }
        ],
        "blocks": [
            {
                **about,
                "block_code": "B1",
                "block_name": "河东小区",
                "before": "9901010002",
                "pupils": 40,
                "km": 1.2,
                "way": 1.2,
                "nearest": True,
            }
        ],
        "travel": travel,
        "today": None,
        "nearest_school": travel,
        "change": None,
        "checks": [{"check": "contiguous", "ok": True, "says": _both("学区都连片", "All in one piece")}],
        "geojson": {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "geometry": square, "properties": {"kind": "block", "block_code": "B1", **about}},
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [110.05, 30.05]},
                    "properties": {"kind": "school", "school_code": school.code, "school_name": school.name},
                },
            ],
        },
    }


DOCUMENTS = {"resources": resource_document, "rotation": rotation_document, "zoning": zoning_document}


def made_plan(kind: str, *, county, school, user, evaluation=None, title: str = "甲方案", **changed: Any) -> Plan:
    """A plan that was made already."""
    document = DOCUMENTS[kind](county, school, **changed)
    return Plan.objects.create(
        kind=kind,
        county=county,
        evaluation=evaluation,
        title=title,
        options={"seconds": 20, "gap": 0.001},
        inputs="0" * 64,
        inputs_name="输入.xlsx",
        document=document,
        summary=summary_of(document),
        made_by=user,
    )
