"""What can be wrong with a request for a rotation plan."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.base.errors import JunhengError
from junheng.base.terms import Label
from junheng.tables.finding import Finding

_SHOWN = 8  # findings that a message lists


class RotationInputsRefusedError(JunhengError):
    """The inputs do not read, or do not fit together."""

    code = "JH-P030"
    zh = "{name} 有 {count} 处错误，没有求方案：{shown}"
    en = "{name} has {count} errors; no plan was made: {shown}"

    def __init__(self, *, name: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        lines = [f"{finding.cell}：{finding.message}" for finding in findings[:_SHOWN]]
        more = f"……共 {len(findings)} 处" if len(findings) > _SHOWN else ""
        super().__init__(name=name, count=len(findings), shown="；".join(lines) + more)


class EligibilityUnknownError(JunhengError):
    """It is not said of some teachers whether they are eligible, nor how long they have been at their school."""

    code = "JH-P031"
    zh = (
        "有 {count} 名教师既没有填“符合交流条件”，也没有填“本校任教年数”，不知道是否计入基数：{names}。"
        "空着不会当作不符合，请补填其中一项。"
    )
    en = "It is unknown whether {count} teachers are eligible: {names}. Fill in whether they are, or their years."


class NobodyEligibleError(JunhengError):
    """No teacher is eligible, so there is nobody to rotate."""

    code = "JH-P032"
    zh = (
        "{count} 名教师中没有一名符合交流条件，做不了交流方案。"
        "请核对花名册的“符合交流条件”“本校任教年数”，以及规则“任教满几年”（现为 {years}）。"
    )
    en = "None of {count} teachers is eligible. See the columns on eligibility, and the years needed ({years})."


class AssignmentContradictsError(JunhengError):
    """An assignment that the county fixed breaks a rule that the county set."""

    code = "JH-P033"
    zh = "有 {count} 项“指定交流到”与别的要求矛盾：{what}。请改正花名册，或在“交流规则”中停用那条规则。"
    en = "{count} fixed assignments contradict something else: {what}. Correct the roster, or switch the rule off."


class DistanceUnknownError(JunhengError):
    """A longest distance is set and the distances of some schools are not known."""

    code = "JH-P034"
    zh = (
        "有 {count} 所学校没有经纬度，也没有校际路程，不知道到别的学校多远：{names}。"
        "请补填；不限距离的，请把规则“最远距离”的“启用”填“否”。"
    )
    en = "{count} schools have no coordinates nor distances: {names}. Fill them in, or use no longest distance."


class RuleValueError(JunhengError):
    """A rule has a value that it cannot have."""

    code = "JH-P035"
    zh = "规则“{rule}”的取值 {value} 不行：{why}。请改正“交流规则”表。"
    en = "The rule “{rule}” cannot have the value {value}: {why}. Correct the table of rules."


class RulesInConflictError(JunhengError):
    """No plan meets all rules; these cannot hold together.

    Attributes:
        names: the rules, with those that are not proven to be part of it.
        unproven: those whose trial ran out of time.
    """

    code = "JH-P036"
    zh = "没有同时符合全部规则的方案。这几条不能同时成立：{rules}。{relief}"
    en = "No plan meets all rules. These cannot hold together: {rules}. {relief}"

    def __init__(
        self,
        *,
        names: Sequence[str],
        unproven: Sequence[str],
        rules: Label,
        relief: Label,
    ) -> None:
        self.names, self.unproven = tuple(names), tuple(unproven)
        super().__init__(rules=rules, relief=relief)


class ShareOutOfReachError(JunhengError):
    """The least share of the eligible cannot be moved under the other rules."""

    code = "JH-P037"
    zh = (
        "交流比例达不到 {share}%：符合条件的 {eligible} 人中至少要交流 {needed} 人，"
        "在其余规则下最多只能交流 {most} 人（{reached}%）。{relief}"
    )
    en = (
        "A share of {share}% is out of reach: {needed} of {eligible} eligible teachers would have to move, "
        "and at most {most} can ({reached}%). {relief}"
    )


class NoPlanInTimeError(JunhengError):
    """Time ran out before any plan was found."""

    code = "JH-P038"
    zh = "{seconds} 秒内没有找到方案，也没有证明方案不存在（求解器：{ended}）。请用 --seconds 给更多时间。"
    en = "No plan was found within {seconds} s, nor shown not to exist (solver: {ended}). Give more time by --seconds."


class PlanNotAcceptedError(JunhengError):
    """The independent check refuses a plan: our fault, and no such plan leaves the program."""

    code = "JH-P039"
    zh = "方案没有通过独立核对，不予采用：{what}。这是程序的差错，请把输入表交给维护人员。"
    en = "The independent check refused the plan: {what}. This is a fault of the program; please report it."


class NoSchoolInCommonError(JunhengError):
    """The county's data that were given have none of the schools of the inputs."""

    code = "JH-P040"
    zh = "判定用的数据与交流的学校表没有一所相同的学校，对不上。请核对学校标识码，或换一份县数据。"
    en = "The data that were judged and the table of schools have no school in common. Check the school codes."


class UnknownEmphasisError(JunhengError):
    """There is no such emphasis."""

    code = "JH-P041"
    zh = "没有“{name}”这种侧重，可用：{known}。"
    en = "There is no emphasis “{name}”; there are: {known}."


class TableMissingError(JunhengError):
    """A table without which nothing can be planned has no rows, or is not there."""

    code = "JH-P042"
    zh = "{name} 没有“{table}”，或其中一行也没有填，做不了方案。请补上；模板由 junheng plan inputs rotation 写出。"
    en = "{name} has no rows of “{table}”; there is nothing to plan. The template: junheng plan inputs rotation."
