"""Addresses of the board, of bulk steps, reviews and periods; part of the addresses of filings."""

from __future__ import annotations

from django.urls import path

from junheng.web.filings import board_views, bulk_views, period_views, review_views

urlpatterns = [
    path("board/", board_views.board, name="board"),
    path("board/people/", board_views.people, name="people"),
    path("board/remind/", board_views.remind_late, name="remind"),
    path("board/bulk/", bulk_views.bulk, name="bulk"),
    path("board/<uuid:code>/", review_views.review, name="review"),
    path("board/<uuid:code>/decide/", review_views.decide, name="decide"),
    path("periods/", period_views.listing, name="periods"),
    path("periods/open/", period_views.open_one, name="period-open"),
    path("periods/<int:pk>/", period_views.one, name="period"),
    path("periods/<int:pk>/take-in/", period_views.take_in, name="period-take-in"),
    path("periods/<int:pk>/close/", period_views.close, name="period-close"),
    path("periods/<int:pk>/reopen/", period_views.reopen, name="period-reopen"),
]
