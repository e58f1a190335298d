"""All addresses: one file an app."""

from __future__ import annotations

from django.urls import include, path

from junheng.web.api.endpoints import api
from junheng.web.dashboards.workbench import workbench

urlpatterns = [
    path("", workbench, name="home"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("junheng.web.accounts.urls")),
    path("filings/", include("junheng.web.filings.urls")),
    path("results/", include("junheng.web.dashboards.urls")),
    path("monitoring/", include("junheng.web.monitoring.urls")),
    path("plans/", include("junheng.web.plans.urls")),
    path("reports/check/", include("junheng.web.claims.urls")),
    path("reports/", include("junheng.web.reports.urls")),
    path("gaps/", include("junheng.web.rectification.urls")),
    path("inspections/", include("junheng.web.inspections.urls")),
    path("notices/", include("junheng.web.notices.urls")),
    path("jobs/", include("junheng.web.jobs.urls")),
    path("system/", include("junheng.web.regions.urls")),
    path("system/audit/", include("junheng.web.audit.urls")),
    path("api/", api.urls),
]
handler400 = "junheng.web.failures.bad_request"
handler403 = "junheng.web.failures.forbidden"
handler404 = "junheng.web.failures.not_found"
handler500 = "junheng.web.failures.server_error"
