"""What can stand in the way of a resource plan."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from junheng.base.errors import JunhengError
from junheng.base.terms import Label
from junheng.planning.documents import listed
from junheng.planning.resources.money import in_words
from junheng.tables.finding import Finding


class InputsRefusedError(JunhengError):
    """The inputs of a plan have errors."""

    code = "JH-P001"
    zh = "{name} 有 {count} 处错误，没有求方案。第一处——{first}"
    en = "{name} has {count} errors; no plan was made. The first: {first}"

    def __init__(self, *, name: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        first = f"{findings[0].cell}：{findings[0].message}"
        super().__init__(name=name, count=len(findings), first=first)


class CostsNotConfirmedError(JunhengError):
    """Nobody stands by the costs: the plan would be the cheapest of an assumption."""

    code = "JH-P002"
    zh = (
        "{count} 项措施的单价还没有核实（{measures}）。单价是假定的，方案的花费全由它们决定："
        "请在输入表“措施与单价”按当地改好，在“单价已核实”填“是”，再求方案；不用的措施在“可以采用”填“否”。"
    )
    en = (
        "The unit costs of {count} measures are not confirmed ({measures}). Correct them in the input workbook and "
        "confirm each, or disallow it."
    )

    def __init__(self, measures: Sequence[Label]) -> None:
        super().__init__(measures=listed(measures), count=len(measures))


class SeveralCountiesError(JunhengError):
    """A plan is made for one county."""

    code = "JH-P003"
    zh = "数据中有 {count} 个县（{names}），方案按县求。请用 --county 指定一个县代码。"
    en = "The data have {count} counties ({names}); a plan is made for one. Name it by --county."


class NothingToPlanError(JunhengError):
    """The standard has no rule for schools and none for balance that a plan could reach."""

    code = "JH-P004"
    zh = "{standard} {why}，不能据此求填平补齐方案。请换一个标准，例如 CN/youzhi_2017。"
    en = "{standard} cannot be planned for: {why}. Choose another standard, such as CN/youzhi_2017."


class NotFiledError(JunhengError):
    """What the plan needs was not filed, and is not supposed either."""

    code = "JH-P005"
    zh = (
        "{count} 个数没有填报，方案无从算起：{places}。请补报后再求；要先看大概，可在输入表“假定值”给每一个写一个数，"
        "方案会注明它们是假定。"
    )
    en = (
        "{count} values were not filed: {places}. File them, or suppose a value for each in the input workbook; "
        "the plan will say so."
    )


class NoPupilsError(JunhengError):
    """A stage without pupils has no values per pupil."""

    code = "JH-P006"
    zh = "{places} 的在校生数为 0，生均指标算不出来，全县不能判为达标。请核对学生数，停办的学校请填撤并日期。"
    en = "{places} have no pupils: their values per pupil cannot be computed and the county cannot pass."


class NoPlanError(JunhengError):
    """No plan can keep all limits."""

    code = "JH-P007"
    zh = "没有方案。{why}"
    en = "There is no plan. {why}"

    def __init__(self, limits: Sequence[Label]) -> None:
        self.limits = tuple(limits)
        super().__init__(why=_why(limits))


def _why(limits: Sequence[Label]) -> Label:
    if not limits:
        return Label(
            "连续的方案有，但按整名、整间凑不成。请把某个上限、预算或年度略微放宽再求。",
            "There is one in fractions, but none in whole units. Loosen a ceiling or the budget a little.",
        )
    if len(limits) == 1:
        return Label(
            f"用可以采用的措施，这一条无论如何做不到：{limits[0].zh}。请放开一项措施，或放宽这一条再求。",
            f"No measure that may be used can keep this: {limits[0].en}. Allow a measure or loosen the limit.",
        )
    zh = "；".join(f"({number}) {limit.zh}" for number, limit in enumerate(limits, 1))
    en = "; ".join(f"({number}) {limit.en}" for number, limit in enumerate(limits, 1))
    return Label(
        f"下面 {len(limits)} 条不能同时做到，去掉其中任何一条就有可能：{zh}。请放宽其中一条再求。",
        f"These {len(limits)} cannot be kept together, without any one of them they can: {en}.",
    )


class NotFoundInTimeError(JunhengError):
    """The search ended without a plan and without a proof that there is none."""

    code = "JH-P008"
    zh = "{seconds} 秒内没有找到方案，也没有证明无解。请用 --seconds 放宽时间，或放宽上限、预算再试。"
    en = "Within {seconds} seconds no plan was found, nor a proof that there is none. Allow more time or looser limits."


class StoppedError(JunhengError):
    """Whoever listens ended the search before there was a plan."""

    code = "JH-P013"
    zh = "求方案已中止，中止前还没有找到方案。请再求一次，多等一会儿。"
    en = "The search was stopped before there was a plan. Start it again and give it more time."


class PlanRefusedError(JunhengError):
    """The judge does not accept what the planner thought would pass: a fault of ours, never shown as a plan."""

    code = "JH-P009"
    zh = "求得的方案没有通过重新判定（{what}），因此不给出。这是程序的问题，请把数据和输入表报告给维护者。"
    en = "The plan did not pass when it was judged again ({what}) and is not shown. Please report this."


class UnknownPlaceError(JunhengError):
    """A ceiling or a supposed value of a school that is not judged, or of a column that nobody files."""

    code = "JH-P010"
    zh = "输入表“{table}”中的 {name} 不对：{why}。请改正后再求。"
    en = "{name} in the input table {table} is wrong: {why}."


class BudgetTooSmallError(JunhengError):
    """The money does not reach: it is proven how much is needed at least, or that nothing within it does."""

    code = "JH-P011"
    zh = "预算合计 {budget}，不够：{why}。请增加预算或年度，或放宽约束再求。"
    en = "The budget of {budget} is too small: {why}. Give more money or years, or loosen a limit."

    def __init__(self, *, budget: Fraction, least: Fraction, cost: Fraction) -> None:
        """All in 元.

        Args:
            budget: what there is in all years.
            least: what is proven to be needed; where it is no more than ``budget``, it is proven that no plan fits.
            cost: of the plan that was found without a budget.
        """
        self.budget, self.least, self.cost = budget, min(least, cost), cost
        short, beyond = self.least - budget, cost - budget
        say = in_words(short, beyond)
        if short > 0:
            least_said, short_said = say(self.least, up=True), say(short, up=True)
            zh = f"已证明至少要 {least_said.zh}，还差 {short_said.zh}"
            en = f"it is proven that at least {least_said.en} is needed, {short_said.en} more"
        else:
            zh, en = "已证明在这个预算之内没有方案", "it is proven that no plan keeps within it"
        found, more = say(cost, up=True), say(beyond, up=True)
        zh += f"；不限预算时找到的方案花费 {found.zh}" + (f"，比预算多 {more.zh}" if beyond > 0 else "")
        en += f"; without a budget a plan of {found.en} was found" + (f", {more.en} more" if beyond > 0 else "")
        super().__init__(budget=say(budget), why=Label(zh, en))


class YearsTooTightError(JunhengError):
    """The money of all years would do, but no division keeps each year's own budget."""

    code = "JH-P012"
    zh = "各年预算（{years}）合计够用，但没有一种安排能让每一年都不超。请把某一年的预算略微放宽，或合并年度再求。"
    en = "The budgets of {years} would do together, but no division keeps each. Loosen one of them a little."


class InputValueError(JunhengError):
    """A program gave the planner inputs that no workbook could hold."""

    code = "JH-P014"
    zh = "方案的输入“{what}”不对：{value}，{why}。请改正后再求。"
    en = "The input {what} of the plan is wrong: {value}, {why}. Correct it."


class SupposedRefusedError(JunhengError):
    """A supposed value does not go with what was filed beside it."""

    code = "JH-P015"
    zh = "输入表“假定值”与已经填报的数对不上，没有求方案。{what}请改正假定值再求，或补报。"
    en = "A supposed value contradicts what was filed; no plan was made: {what}. Correct it, or file the value."
