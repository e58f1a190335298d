"""Documents of plans small enough to check by hand: one a kind, with all that the contract asks for."""

from __future__ import annotations


def both(zh, en="x"):
    return {"zh": zh, "en": en}


def _head(kind, title, unit, value):
    return {
        "kind": kind,
        "format": 1,
        "version": "0.1.0",
        "title": both(title),
        "county": {"code": "990199", "name": "试验县"},
        "standard": "CN/youzhi_2017",
        "day": "2025-12-31",
        "year": 2025,
        "snapshot": "0123456789abcdef",
        "inputs": {},
        "proof": {
            "value": value,
            "bound": value * 0.999,
            "gap": 0.001,
            "status": "within_gap",
            "unit": unit,
            "seconds": 1.5,
            "solver": "HiGHS",
            "says": both("至多再省 0.1%。"),
        },
        "notes": [both("单价是假定。")],
    }


def _verdict(outcome, cv, met):
    return {
        "outcome": outcome,
        "parts": [
            {"part": "resources", "label": "资源配置", "outcome": outcome},
            {"part": "balance", "label": "校际均衡", "outcome": outcome},
        ],
        "balance": [
            {
                "stage": "primary",
                "indicator": "sports_area_per_pupil",
                "label": "生均体育运动场馆面积",
                "mean": 7.0,
                "cv": cv,
                "limit": 0.5,
                "outcome": outcome,
            }
        ],
        "schools": {"met": met, "tolerated": 0, "unmet": 2 - met, "unknown": 0},
    }


def _addition(code, name, measure, label, amount, unit, cost, year):
    return {
        "school_code": code,
        "school_name": name,
        "town": "城关镇",
        "stage": None if measure == "build_sports_ground" else "primary",
        "measure": measure,
        "label": both(label),
        "amount": amount,
        "unit": unit,
        "cost": cost,
        "year": year,
    }


def _school(code, name, cost, before, after):
    return {
        "school_code": code,
        "school_name": name,
        "town": "城关镇",
        "stage": "primary",
        "cost": cost,
        "before": before,
        "after": after,
        "indicators": [
            {
                "indicator": "sports_area_per_pupil",
                "label": both("生均体育运动场馆面积"),
                "unit": "㎡/人",
                "limit": 7.5,
                "before": 5.0,
                "after": 7.5,
                "outcome_before": before,
                "outcome_after": after,
            }
        ],
    }


SMALL_PLAN = {
    **_head("resources", "填平补齐方案", "元", 1_290_000.0),
    "inputs": {
        "measure": [{"measure": "build_sports_ground", "unit_cost": 500.0, "allowed": True, "most": None}],
        "ceiling": [],
        "budget": [{"budget_year": 2026, "budget": 1_000_000.0}, {"budget_year": 2027, "budget": 500_000.0}],
        "supposed": [{"school_code": "9901990001", "stage": "primary", "column": "backbone_teachers", "value": 3.0}],
    },
    "additions": [
        _addition("9901990001", "=甲小学", "build_sports_ground", "新建运动场地", 2000.0, "㎡", 1_000_000.0, 2026),
        _addition("9901990002", "乙小学", "build_sports_ground", "新建运动场地", 500.5, "㎡", 250_250.0, 2027),
        _addition("9901990001", "=甲小学", "move_backbone", "交流骨干教师", -2.0, "名", 0.0, 2027),
        _addition("9901990002", "乙小学", "move_backbone", "交流骨干教师", 2.0, "名", 39_750.0, 2027),
    ],
    "years": [
        {"year": 2026, "cost": 1_000_000.0, "budget": 1_000_000.0, "schools_done": 0},
        {"year": 2027, "cost": 290_000.0, "budget": 500_000.0, "schools_done": 2},
    ],
    "before": _verdict("unmet", 0.61, 0),
    "after": _verdict("met", 0.49, 2),
    "schools": [
        _school("9901990001", "=甲小学", 1_000_000.0, "unmet", "met"),
        _school("9901990002", "乙小学", 290_000.0, "unmet", "met"),
    ],
    "binding": [
        {
            "limit": both("乙小学（小学）允许再少达标一项"),
            "saving": 120_000.0,
            "at_most": 130_000.0,
            "proven": False,
            "says": both("约省 12 万元"),
        }
    ],
}

_NEED = {
    "school_code": "9901990002",
    "school_name": "乙小学",
    "stage": "primary",
    "what": "post:music",
    "label": both("音乐教师"),
    "need": 3,
    "before": 0,
    "after": 1,
    "lacking": 2,
}
SMALL_ROTATION = {
    **_head("rotation", "教师交流轮岗方案（补缺优先）", "分", 2000.0),
    "inputs": {
        "teacher": [{"teacher_code": "T1"}, {"teacher_code": "T2"}],
        "setting": [{"setting": "least_share", "value": 10, "used": True, "note": None}],
    },
    "people": [
        {
            "teacher_code": "T1",
            "name": "张三",
            "stage": both("小学"),
            "subject": both("音乐"),
            "attributes": {"backbone": True, "title": both("中级"), "degree": both("本科"), "years": 7},
            "from": {"code": "9901990001", "name": "甲小学"},
            "to": {"code": "9901990002", "name": "乙小学"},
            "km": 2.5,
            "reason": both("乙小学缺音乐教师。"),
            "fixed": False,
        }
    ],
    "shares": {
        "eligible": 8,
        "moved": 1,
        "share": 12.5,
        "least_share": 10,
        "backbone_moved": 1,
        "backbone_share": 100.0,
        "least_backbone_share": None,
    },
    "needs": [_NEED],
    "unfilled": [_NEED],
    "fairness": {
        "mean_km": 2.5,
        "max_km": 2.5,
        "to_own_town": 0,
        "to_hardship": 1,
        "from_hardship": 0,
        "backbone_to_hardship": 1,
        "schools": [
            {
                "school_code": code,
                "school_name": name,
                "teachers": 10,
                "eligible": 4,
                "even_share": 1,
                "out": out,
                "in": 1 - out,
                "backbone_out": out,
                "backbone_in": 1 - out,
            }
            for code, name, out in (("9901990001", "甲小学", 1), ("9901990002", "乙小学", 0))
        ],
    },
}


def _stage(mean, missing, moved):
    return {
        "stage": "primary",
        "pupils": 300,
        "mean_way": mean,
        "max_way": 2.0,
        "nearest_share": 0.8125,
        "missing_seats": missing,
        "schools_with_large_classes": 0,
        "schools_over_cap": 0,
        "broken_zones": 0,
        "moved_pupils": moved,
        "split_siblings": 0,
    }


def _block(code, school, before, pupils):
    return {
        "block_code": code,
        "block_name": f"{code} 号街坊",
        "stage": "primary",
        "school_code": school,
        "school_name": {"9901990001": "甲小学", "9901990002": "乙小学"}[school],
        "before": before,
        "pupils": pupils,
        "km": 1.0,
        "way": 1.0,
        "nearest": True,
    }


def _zone(code, name, blocks, pupils):
    return {
        "stage": "primary",
        "school_code": code,
        "school_name": name,
        "blocks": blocks,
        "pupils": pupils,
        "seats": 180,
        "missing_seats": 0,
        "classes": 4,
        "classes_needed": 4,
        "class_size": 45,
        "largest_class": 45,
        "share_of_seats": pupils / 180,
        "mean_way": 1.0,
        "max_way": 2.0,
    }


SMALL_ZONING = {
    **_head("zoning", "学区划片方案", "人·千米", 300.0),
    "zones": [_zone("9901990001", "甲小学", 2, 180), _zone("9901990002", "乙小学", 1, 120)],
    "blocks": [
        _block("001", "9901990001", "9901990001", 100),
        _block("002", "9901990001", None, 80),
        _block("003", "9901990002", "9901990001", 120),
    ],
    "travel": {"unit": "km", "stages": [_stage(1.0, 0, 120)]},
    "today": {"unit": "km", "stages": [_stage(0.9, 100, 0)]},
    "nearest_school": {"unit": "km", "stages": [_stage(0.9, 100, 0)]},
    "checks": [{"check": "seats", "ok": True, "says": both("学位够用")}],
}
