"""What the page of a zoning plan shows: the map, the zones, the checks, and how it compares with the nearest school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from junheng.reporting.charts.zone_map import zone_map
from junheng.web.dashboards.overview_content import language
from junheng.web.plans.models import Plan
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import stage as stage_word

Document = Mapping[str, Any]
Row = dict[str, Any]
_MOST_ON_MAP = 4000  # blocks; a browser takes seconds to draw more


def context_of(plan: Plan, stage: str) -> dict[str, Any]:
    document = plan.document
    own = stage if stage in document["stages"] else next(iter(document["stages"]), "")
    return {
        "map": map_of(document, own),
        "stages": document["stages"],
        "stage": own,
        "zones": [zone for zone in document["zones"] if zone["stage"] == own],
        "checks": [{"ok": check["ok"], "says": label(check["says"])} for check in document["checks"]],
        "comparison": comparison(document, own),
        "way_unit": way_unit(document),
        "change": document["change"],
    }


def way_unit(document: Document) -> str:
    return _("分钟") if document["travel"]["unit"] == "min" else _("公里")


def comparison(document: Document, stage: str) -> dict[str, Any]:
    """The plan beside the zones of today and beside the nearest school for everybody, figure by figure."""
    ways = way_unit(document)
    names = {
        "mean_way": (_("平均路程"), ways, 2),
        "max_way": (_("最远路程"), ways, 2),
        "nearest_share": (_("就近入学的学生"), "%", 1),
        "beyond_longest": (_("超过最远路程的学生"), _("人"), 0),
        "missing_seats": (_("缺学位"), _("个"), 0),
        "schools_over": (_("学位不够的学校"), _("所"), 0),
        "schools_with_large_classes": (_("有大班额的学校"), _("所"), 0),
        "schools_over_cap": (_("超校额的学校"), _("所"), 0),
        "broken_zones": (_("不连片的学区"), _("个"), 0),
        "moved_blocks": (_("改划的地块"), _("块"), 0),
        "moved_pupils": (_("改划的学生"), _("人"), 0),
        "split_siblings": (_("与兄姐分开的学生"), _("人"), 0),
    }
    columns = {
        _("现在"): document["today"],
        _("本方案"): document["travel"],
        _("都去最近的学校"): document["nearest_school"],
    }
    found: dict[str, Row] = {
        title: next((totals for totals in side["stages"] if totals["stage"] == stage), {})
        for title, side in columns.items()
        if side is not None
    }
    rows = [
        {
            "name": name,
            "unit": unit,
            "digits": digits,
            "figures": [_percent(totals.get(key)) if unit == "%" else totals.get(key) for totals in found.values()],
        }
        for key, (name, unit, digits) in names.items()
        if any(totals.get(key) is not None for totals in found.values())
    ]
    return {"heads": list(found), "rows": rows}


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def map_of(document: Document, stage: str) -> dict[str, Any] | None:
    """The map of one stage; none where the inputs have no degrees."""
    features = (document["geojson"] or {"features": []})["features"]
    blocks = [f for f in features if f["properties"]["kind"] == "block" and f["properties"]["stage"] == stage]
    if not blocks or len(blocks) > _MOST_ON_MAP:
        return None
    placed = {block["block_code"]: block for block in document["blocks"] if block["stage"] == stage}
    drawn = [
        {"geometry": feature["geometry"], "properties": _shown(placed[feature["properties"]["block_code"]])}
        for feature in blocks
    ]
    taking = {zone["school_code"] for zone in document["zones"] if zone["stage"] == stage}
    schools = []
    for feature in features:
        about = feature["properties"]
        if about["kind"] == "school" and about["school_code"] in taking:
            x, y = feature["geometry"]["coordinates"]
            schools.append({"name": about["school_name"], "x": x, "y": y})
    said = _("%(blocks)s 个地块按所划学校着色，圆点是学校") % {"blocks": len(drawn)}
    return zone_map(drawn, schools, description=said, language=language())


def _shown(block: Row) -> Row:
    return {
        "block": block["block_name"] or block["block_code"],
        "school_code": block["school_code"],
        "school": block["school_name"],
        "pupils": block["pupils"],
        "way": round(block["way"], 2),
    }


def zone_heads() -> tuple[str, ...]:
    return (
        _("学校标识码"),
        _("学校"),
        _("学段"),
        _("地块"),
        _("学生"),
        _("学位"),
        _("班数"),
        _("班额"),
        _("学位使用率"),
        _("缺学位"),
        _("平均路程"),
        _("最远路程"),
        _("路程单位"),
    )


def zone_rows(document: Document) -> Iterator[tuple[object, ...]]:
    keys = ("blocks", "pupils", "seats", "classes", "class_size", "share_of_seats", "missing_seats")
    unit = way_unit(document)
    for zone in document["zones"]:
        figures = (zone[key] for key in (*keys, "mean_way", "max_way"))
        yield (zone["school_code"], zone["school_name"], stage_word(zone["stage"]), *figures, unit)


def block_heads() -> tuple[str, ...]:
    return (
        _("地块代码"),
        _("地块"),
        _("学段"),
        _("划给学校"),
        _("学校"),
        _("现在的学校"),
        _("学生"),
        _("路程"),
        _("路程单位"),
        _("是最近的学校"),
        _("有变化"),
    )


def block_rows(document: Document) -> Iterator[tuple[object, ...]]:
    unit = way_unit(document)
    for block in document["blocks"]:
        yield (
            block["block_code"],
            block["block_name"],
            stage_word(block["stage"]),
            block["school_code"],
            block["school_name"],
            block["before"],
            block["pupils"],
            block["way"],
            unit,
            block["nearest"],
            is_changed(block),
        )


def is_changed(block: Row) -> bool:
    return block["before"] not in (None, block["school_code"])


def shown_blocks(document: Document, stage: str, wanted: str) -> list[Row]:
    """The blocks of one stage, those that change school first; ``wanted`` narrows them to a block or school."""
    names = {zone["school_code"]: zone["school_name"] for zone in document["zones"]}
    found = [
        {**block, "was": names.get(block["before"], block["before"]), "changed": is_changed(block)}
        for block in document["blocks"]
        if block["stage"] == stage
    ]
    if wanted:
        keys = ("block_code", "block_name", "school_name", "was")
        found = [row for row in found if any(wanted in str(row[key] or "") for key in keys)]
    return sorted(found, key=lambda row: (not row["changed"], row["block_code"]))
