"""The filter of the board: what it finds is what bulk steps act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from junheng.web.filings.board_selectors import STANDINGS, Board, counties_to_choose, filtered, towns_of
from junheng.web.filings.models import Filing

_MORE_STANDINGS = [
    ("mine", _("待我处理")),
    ("not_filed", _("尚未报出（含待签报）")),
    ("filed", _("已报出")),
    ("to_lock", _("可锁定（已通过、已核查）")),
]


class BoardFilter(forms.Form):
    """``?q=&year=&county=&town=&standing=&late=&findings=&jumped=``; what is not understood filters nothing."""

    q = forms.CharField(label=_("学校名称或代码"), required=False, max_length=60)
    year = forms.ChoiceField(label=_("学年"), required=False)
    county = forms.ChoiceField(label=_("县（市、区）"), required=False)
    town = forms.ChoiceField(label=_("乡镇（学区）"), required=False)
    standing = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), *_MORE_STANDINGS, *((key, label) for key, (label, _q) in STANDINGS.items())],
    )
    late = forms.BooleanField(label=_("逾期"), required=False)
    findings = forms.BooleanField(label=_("校验有问题"), required=False)
    jumped = forms.BooleanField(label=_("与上年差异大"), required=False)

    def __init__(self, data: Mapping[str, Any], *, board: Board) -> None:
        super().__init__({"year": str(board.year or ""), **{name: data.get(name) for name in data}})
        self.board = board
        if len(board.years) > 1:
            self._choices("year", [(str(year), f"{year}—{year + 1}") for year in board.years])
        else:
            del self.fields["year"]
        asked = str(data.get("county") or "")
        self.counties = counties_to_choose(board, asked)
        counties = [(county.code, county.name) for county in self.counties]
        towns = towns_of(board, asked)
        if len(counties) > 1:
            self._choices("county", [("", _("全部")), *counties])
        else:
            del self.fields["county"]
        if len(towns) > 1:
            self._choices("town", [("", _("全部")), *towns])
        else:
            del self.fields["town"]

    def _choices(self, name: str, choices: list[Any]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices

    @property
    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def found(self) -> QuerySet[Filing]:
        return filtered(self.board, self.wanted)
