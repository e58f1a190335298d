"""What is counted of persons, by school and stage: every full-time teacher by degree, title, subject and so on.

The rules stand here once more, in the words of SQL, because an analyst would type them from the official forms. A
person whom several schools list as their own in one year counts at the one joined last; where that is not known, the
amounts of these schools are open. So are those of every stage of a school where the stage of somebody who counts is
blank; a stage where nobody counts is none of the school.

An answer is one table: school_code, stage (小学 and 初中) and the amounts, blank where they are open.
"""

from __future__ import annotations

from pathlib import Path

FULLTIME = "attendance = 'own' AND on_post AND post = 'fulltime'"
ARTS = ("pe", "music", "fine_arts", "arts")
# column → the column and values that a full-time teacher must have to count
AMONG_FULLTIME = {
    "teachers_doctor": ("degree", ("doctor",)),
    "teachers_master": ("degree", ("master",)),
    "teachers_bachelor": ("degree", ("bachelor",)),
    "teachers_associate": ("degree", ("associate",)),
    "teachers_secondary": ("degree", ("secondary", "below_secondary")),
    "teachers_below_secondary": ("degree", ("below_secondary",)),
    "teachers_mid_title": ("title", ("middle",)),
    "teachers_senior_title": ("title", ("senior", "professor")),
    "backbone_teachers": ("backbone_level", ("county", "city", "province", "nation")),
    "teachers_pe": ("subject", ("pe",)),
    "teachers_music": ("subject", ("music",)),
    "teachers_fine_arts": ("subject", ("fine_arts",)),
    "teachers_arts": ("subject", ("arts",)),
}
CERTIFIED, TRAINED, HOURS, VISITING = "certified_teachers", "teachers_360_hours", 360, "visiting_pe_arts_teachers"
VISITORS = ("rotated", "visiting", "part_time", "volunteer")
AMOUNTS = ("teachers", *AMONG_FULLTIME, CERTIFIED, TRAINED, VISITING)
KEY = ("school_code", "stage")
COLUMNS = (
    *("staff_no", "school_code", "stage", "at_school_since", "attendance", "post", "on_post"),
    *("degree", "title", "backbone_level", "subject", "certificate", "training_hours"),
)


def teacher_files(nation: Path, year: int) -> list[Path]:
    """The Parquet files of the teachers' rosters in a national store whose loads never replaced one another."""
    return sorted(nation.glob(f"rosters/teacher/year={year}/*/*.parquet"))
