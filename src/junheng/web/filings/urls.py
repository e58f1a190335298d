"""Addresses of filings: one's own, one filing, its cells; the board's stand in ``board_urls``."""

from __future__ import annotations

from django.urls import include, path

from junheng.web.filings.views import checking, detail, history, listing, remarks, saving, stepping, workbooks

app_name = "filings"
_CELL = "<uuid:code>/cells/<str:table>/<path:key>/<str:column>/"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("<uuid:code>/", detail.detail, name="detail"),
    path("<uuid:code>/summary/", detail.summary, name="summary"),
    path("<uuid:code>/standing/", detail.standing, name="standing"),
    path("<uuid:code>/save/", saving.save, name="save"),
    path("<uuid:code>/rows/<str:table>/add/", saving.add, name="add-row"),
    path("<uuid:code>/rows/<str:table>/remove/", saving.remove, name="remove-row"),
    path("<uuid:code>/check/", checking.check, name="check"),
    path("<uuid:code>/explain/", checking.explain, name="explain"),
    path("<uuid:code>/steps/<str:name>/", stepping.step, name="step"),
    path("<uuid:code>/remarks/", remarks.add, name="remark"),
    path("<uuid:code>/remarks/<int:pk>/settle/", remarks.settle_one, name="settle"),
    path("<uuid:code>/workbook/", workbooks.download, name="workbook"),
    path("<uuid:code>/upload/", workbooks.upload, name="upload"),
    path("<uuid:code>/upload/preview/", workbooks.preview, name="preview"),
    path("<uuid:code>/history/", history.history, name="history"),
    path(_CELL + "correct/", history.correct, name="correct"),
    path(_CELL, history.cell, name="cell"),
    path("", include("junheng.web.filings.board_urls")),
]
