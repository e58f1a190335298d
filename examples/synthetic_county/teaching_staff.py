"""What a stage files about its teachers: degrees, titles, subjects, certificates and training."""

from __future__ import annotations

from synthetic_county.enrolment import LATEST, split
from synthetic_county.plan import School
from synthetic_county.row import Row
from synthetic_county.seeds import random_for

MASTERS = {"urban": 0.055, "town": 0.02, "rural": 0.006}
ASSOCIATES_OF_PRIMARY = {"urban": 0.14, "town": 0.26, "rural": 0.38}
SECONDARY_OF_PRIMARY = {"urban": 0.0, "town": 0.012, "rural": 0.045}


def staff_row(seed: int, school: School, stage: str, year: int, pupils: int, amounts: dict[str, int]) -> Row:
    """Return the teacher columns of a stage row; degrees add up to the teachers, subjects to PE and arts teachers."""
    rng = random_for(seed, "staff", school.code, stage)  # the same leanings every year, so that figures only drift
    back = LATEST - year
    upper = amounts["higher_degree_teachers"]
    master = MASTERS[school.location] * rng.uniform(0.5, 1.5) * (1 - 0.12 * back)
    lesser = rng.uniform(0.6, 1.4) * (1 + 0.15 * back)
    doctors = 1 if school.name.endswith("第一中学") else 0
    if stage == "primary":
        associate = ASSOCIATES_OF_PRIMARY[school.location] * lesser
        masters, bachelors, associates = split(upper - doctors, [master, 1 - master - associate, associate])
        secondary = round(upper * SECONDARY_OF_PRIMARY[school.location] * lesser)
    else:
        masters, bachelors = split(upper - doctors, [master * 1.6, 1 - master * 1.6])
        associates, secondary = round(upper * 0.08 * lesser), 0
    teachers = upper + secondary + (associates if stage == "junior" else 0)
    middle = round(teachers * rng.uniform(0.36, 0.48))
    senior = round(teachers * (rng.uniform(0.06, 0.15) if stage == "primary" else rng.uniform(0.17, 0.28)))
    visiting, untrained, uncertified = rng.randint(1, 2), rng.uniform(0, 0.02), rng.random()
    small = school.location == "rural" and pupils < 100
    return {
        "teachers": teachers,
        "teachers_doctor": doctors,
        "teachers_master": masters,
        "teachers_bachelor": bachelors,
        "teachers_associate": associates,
        "teachers_secondary": secondary,
        "teachers_below_secondary": 0,
        "teachers_mid_title": middle,
        "teachers_senior_title": senior,
        "backbone_teachers": min(amounts["backbone_teachers"], teachers),
        **_subjects(seed, school, stage, min(amounts["pe_arts_teachers"], teachers)),
        "visiting_pe_arts_teachers": visiting if small else None,
        "certified_teachers": teachers - (1 if teachers > 9 and uncertified < 0.1 * back else 0),
        "teachers_360_hours": teachers - round(teachers * untrained * back),
    }


def _subjects(seed: int, school: School, stage: str, teachers: int) -> Row:
    rng = random_for(seed, "subjects", school.code, stage)
    names = ("teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts")
    shares = [rng.uniform(0.42, 0.5), rng.uniform(0.24, 0.3), 0.27, 0.0]
    if school.location == "rural" and rng.random() < 0.12:  # some village schools teach the arts as one subject
        shares = [shares[0], 0.0, 0.0, 0.5]
    return dict(zip(names, split(teachers, shares), strict=True))
