"""The workbook in which people are listed, with the places and roles of whoever sends it to choose from."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import override

from junheng.web.access import Action, places_for
from junheng.web.accounts.models import Role, User
from junheng.web.accounts.people_list import HEADS, MUST
from junheng.web.accounts.role_rules import BLOCKS, LEVELS, OFFICES_OF_COUNTY
from junheng.web.regions.models import PlaceKind

_ROWS = 5000  # that keep their lists to choose from
_MOST_PLACES = 50_000
_WIDTHS = {"place": 34, "email": 24, "role": 20, "office": 16}


def people_template(user: User) -> bytes:
    """An empty list; heads and choices are Chinese, like all forms."""
    target = io.BytesIO()
    with override("zh-hans"), xlsxwriter.Workbook(target, {"strings_to_formulas": False, "in_memory": True}) as book:
        must = book.add_format({"bold": True, "bg_color": "#F8CBAD", "border": 1})
        may = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        text = book.add_format({"num_format": "@"})
        sheet, lists = book.add_worksheet("人员"), book.add_worksheet("可选")  # zh: data
        places = places_for(user, Action.MANAGE_PEOPLE).order_by("path")[:_MOST_PLACES]
        levels = {level for kinds in LEVELS.values() for level in kinds}
        choices = {
            "role": [str(role.label) for role in Role],
            "place": [f"{place.name}（{place.code}）" for place in places if PlaceKind(place.kind) in levels],
            "office": [str(label) for label in OFFICES_OF_COUNTY.values()],
            "block": [str(label) for label in BLOCKS.values()],
        }
        for column, (name, values) in enumerate(choices.items()):
            lists.write_string(0, column, HEADS[name], may)
            lists.set_column(column, column, 34)
            for row, value in enumerate(values, start=1):
                lists.write_string(row, column, value)
        listed = list(choices)
        for column, (name, head) in enumerate(HEADS.items()):
            sheet.write_string(0, column, head, must if name in MUST else may)
            sheet.set_column(column, column, _WIDTHS.get(name, 14), text)
            if choices.get(name):
                at = chr(ord("A") + listed.index(name))
                source = f"=可选!${at}$2:${at}${len(choices[name]) + 1}"  # zh: data
                # A code may be typed instead, so the list is an offer, not a fence.
                told = {"validate": "list", "source": source, "error_type": "information"}
                sheet.data_validation(1, column, _ROWS, column, told)
        sheet.freeze_panes(1, 0)
    return target.getvalue()
