"""What schools need of teachers: filled posts, the teacher indicators of a standard, titles and degrees like others.

All three are one thing to the plan: at least so many teachers of a certain sort in a school's stage. The limits are the
judge's; none is typed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, Literal

from junheng.base.terms import Label, Stage
from junheng.indicators.amounts import exact_amount
from junheng.planning.rotation.errors import NoSchoolInCommonError
from junheng.planning.rotation.inputs import Inputs, Teacher
from junheng.planning.rotation.rules import read_data
from junheng.standards.indicator import Indicator
from junheng.tables.catalogue import planning_tables
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import lack
from junheng.verdict.limits import limit_for

Kind = Literal["post", "indicator", "balance"]
# A limit on these kinds is a number of teachers, whoever the other teachers are.
_COUNTING = frozenset({"per_pupil", "pupils_per", "amount"})
_BALANCED = (
    ("title", Label("中级以上职称教师", "Teachers of middle title and above"), ("middle", "senior", "professor")),
    (
        "degree",
        Label("本科以上学历教师", "Teachers with a bachelor's degree"),
        ("bachelor", "master", "doctor"),
    ),
)


@dataclass(frozen=True)
class Sort:
    """A sort of teachers.

    Attributes:
        terms: (sign, column → allowed values); a teacher counts with the signs of all terms that fit.
    """

    what: str
    kind: Kind
    label: Label
    terms: tuple[tuple[int, Mapping[str, tuple[object, ...]]], ...]

    def counts(self, teacher: Teacher) -> int:
        """How much one teacher adds."""
        return sum(
            sign
            for sign, fits in self.terms
            if all(getattr(teacher, name) in allowed for name, allowed in fits.items())
        )


@dataclass(frozen=True)
class Need:
    """At least ``need`` teachers of a sort in one stage of a school; ``before``: how many the roster has there."""

    school: str
    stage: str
    sort: Sort
    need: int
    before: int


@dataclass(frozen=True)
class Needs:
    """All needs, and what could not be taken into account."""

    all: tuple[Need, ...]
    notes: tuple[Label, ...]


def find_needs(inputs: Inputs, judgement: Judgement | None) -> Needs:
    """Everything that the plan is to bring about as far as it can.

    Raises:
        NoSchoolInCommonError: the judgement has none of the schools.
    """
    notes: list[Label] = []
    staff: dict[tuple[str, str], list[Teacher]] = {}
    for teacher in inputs.teachers:
        staff.setdefault((teacher.school, teacher.stage), []).append(teacher)
    asked = [*_posts(inputs)]
    if judgement is not None:
        of_standard = [*_indicators(inputs, judgement, staff, notes)]
        notes.insert(0, _taken(judgement, of_standard))
        asked += of_standard
    asked += _balance(inputs, staff)
    needs = tuple(
        Need(school, stage, sort, need, sum(map(sort.counts, staff.get((school, stage), ()))))
        for school, stage, sort, need in asked
        if need > 0
    )
    return Needs(needs, tuple(notes))


_Asked = tuple[str, str, Sort, int]


def _posts(inputs: Inputs) -> Iterator[_Asked]:
    subjects = planning_tables("rotation").code_lists["subject"].codes
    for (school, stage, subject), posts in sorted(inputs.posts.items()):
        label = subjects[subject].label
        sort = Sort(
            f"post:{subject}", "post", Label(f"{label.zh}教师", f"{label.en} teachers"), ((1, {"subject": (subject,)}),)
        )
        yield school, stage, sort, posts


def _balance(inputs: Inputs, staff: Mapping[tuple[str, str], Sequence[Teacher]]) -> Iterator[_Asked]:
    """A school's share of such teachers is at least the set part of the county's in the stage, cut off to persons."""
    part = inputs.rules.share("balance_share")
    if part is None:
        return
    for column, label, allowed in _BALANCED:
        sort = Sort(f"balance:{column}", "balance", label, ((1, {column: allowed}),))
        for stage in sorted({stage for _, stage in staff}):
            all_teachers = [teacher for (_, of), listed in staff.items() if of == stage for teacher in listed]
            share = Fraction(sum(map(sort.counts, all_teachers)), len(all_teachers))
            for (school, of), listed in sorted(staff.items()):
                if of == stage:
                    yield school, stage, sort, floor(part * share * len(listed))


def _indicators(
    inputs: Inputs, judgement: Judgement, staff: Mapping[tuple[str, str], Sequence[Teacher]], notes: list[Label]
) -> Iterator[_Asked]:
    """The number of teachers at which a school meets each teacher indicator, by its own pupils and limit."""
    rows = [row for row in judgement.in_scope.iter_rows(named=True) if row["school_code"] in inputs.schools]
    if not rows:
        raise NoSchoolInCommonError()
    unknown: list[str] = []
    absent: list[str] = []
    differing: Counter[str] = Counter()
    for name, indicator in judgement.standard.resources.items():
        for stage in ("primary", "junior"):
            sort = _sort_of(name, indicator, stage, judgement)
            for row in rows if sort else ():
                if row["stage"] != stage or sort is None:
                    continue
                if (row["school_code"], stage) not in inputs.stages:
                    absent.append(f"{row['school_name']}{Stage(stage).zh}")
                    continue
                limit = limit_for(indicator, row)
                if limit is None:
                    continue
                # What a school without a single such teacher would lack is what it needs.
                bare = {**row, **dict.fromkeys(indicator.formula.amount.columns(), Fraction(0))}
                needed = lack(name, indicator, judgement.standard, bare, limit, judgement.dataset.tables, Fraction(1))
                if needed is None:
                    unknown.append(row["school_name"])
                    continue
                counted = sum(map(sort.counts, staff.get((row["school_code"], stage), ())))
                filed = exact_amount(indicator.formula.amount, row)
                differing[row["school_name"]] += filed is not None and filed != counted
                yield row["school_code"], stage, sort, int(needed)
    notes += _told(sorted(set(unknown)), sorted(set(absent)), [name for name, count in differing.items() if count])


def _sort_of(name: str, indicator: Indicator, stage: str, judgement: Judgement) -> Sort | None:
    """The teachers that an indicator counts; None where it is not a number of teachers."""
    formula, split = indicator.formula, judgement.standard.split
    terms = formula.amount.terms(stage)
    counted: dict[str, dict[str, list[object]]] = read_data("counted")
    if (
        formula.kind not in _COUNTING
        or not terms
        or any(term.column not in counted or term.where for term in terms)
        or (split is not None and name in split.indicators)
        or f"{name}__value" not in judgement.rows.columns
    ):
        return None
    fits = tuple(
        (term.sign, {column: tuple(allowed) for column, allowed in counted[term.column].items()}) for term in terms
    )
    return Sort(f"indicator:{name}", "indicator", Label(indicator.label.zh, indicator.label.en), fits)


def _taken(judgement: Judgement, asked: Sequence[_Asked]) -> Label:
    """Which indicators of the standard the plan sees to."""
    title, labels = judgement.standard.label, list(dict.fromkeys(sort.label for _, _, sort, _ in asked))
    if not labels:
        return Label(
            f"{title.zh}中没有交流能改变的教师指标，没有列入需求。",
            f"{title.en} has no indicator that rotation can change; it adds no needs.",
        )
    return Label(
        f"{title.zh}的教师指标列入 {len(labels)} 项：{'、'.join(label.zh for label in labels)}。",
        f"{len(labels)} indicators of {title.en} are needs: {', '.join(label.en for label in labels)}.",
    )


def _told(unknown: Sequence[str], absent: Sequence[str], differing: Sequence[str]) -> Iterator[Label]:
    if unknown:
        yield Label(
            f"{len(unknown)} 所学校没有填报学生数，教师指标要多少人不知道，没有列入：{'、'.join(unknown[:5])}。",
            f"{len(unknown)} schools filed no pupils; what they need by the standard is unknown and left out.",
        )
    if absent:
        yield Label(
            f"判定的数据中有、花名册和岗位表中没有的 {len(absent)} 处，没有列入需求：{'、'.join(absent[:5])}。"
            "附设班、校区并入主校判定而教师列在自己名下的，属于这种情形。",
            f"{len(absent)} stages that were judged have neither teachers nor posts in the inputs and are left out.",
        )
    if differing:
        yield Label(
            f"{len(differing)} 所学校花名册的教师数与判定用的填报数不一致，方案按花名册计数：{'、'.join(differing[:5])}"
            f"{'……' if len(differing) > 5 else ''}。",
            f"In {len(differing)} schools the roster differs from what was filed; the plan counts the roster.",
        )


def stage_label(stage: str) -> Label:
    return Label(Stage(stage).zh, {"primary": "Primary", "junior": "Junior secondary", "senior": "Senior"}[stage])


def row_of(need: Need, after: int, inputs: Inputs) -> dict[str, Any]:
    """A need as the document shows it."""
    return {
        "school_code": need.school,
        "school_name": inputs.schools[need.school].name,
        "stage": need.stage,
        "what": need.sort.what,
        "kind": need.sort.kind,
        "label": {"zh": need.sort.label.zh, "en": need.sort.label.en},
        "need": need.need,
        "before": need.before,
        "after": after,
        "lacking": max(0, need.need - after),
    }
