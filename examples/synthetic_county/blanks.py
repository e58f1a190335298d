"""A few cells that were not filed in the latest year, each explained, so that 无法判定 is seen somewhere.

None of them touches the seven resource indicators of the primary stage.
"""

from __future__ import annotations

from synthetic_county.enrolment import LATEST
from synthetic_county.plan import School
from synthetic_county.row import Row

# School, stage (None: for the whole school), column, explanation.
BLANKS = (
    ("云岭镇初级中学", "junior", "backbone_teachers", "县级骨干教师正在重新认定，名单公布后补报"),
    ("柳林镇第二小学", "primary", "teachers_360_hours", "培训学时与省平台核对中，核对后补报"),
    ("枫树镇初级中学", None, "art_rooms_90", "艺体楼正在改建，美术教室面积待验收后补报"),
)


def leave_blank(schools: list[School], school_year: list[Row], stage_year: list[Row]) -> None:
    """Empty the cells and write the explanation beside them."""
    codes = {school.name: school.code for school in schools}
    for name, stage, column, why in BLANKS:
        for row in stage_year if stage else school_year:
            of_school = row["school_code"] == codes[f"示例县{name}"] and row["school_year"] == LATEST
            if of_school and row.get("stage") == stage:
                row[column] = None
                row["note"] = why
