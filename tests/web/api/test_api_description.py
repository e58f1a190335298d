"""The description: valid, complete, shown without the Internet."""

import re

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from junheng.tables.catalogue import load_tables
from junheng.web import limits
from junheng.web.api.endpoints import api

SCHEMA = api.get_openapi_schema(path_prefix="/api/")
OPERATIONS = [(path, method) for path, item in SCHEMA["paths"].items() for method in item]


def test_it_is_openapi_3_1_with_sound_schemas():
    assert SCHEMA["openapi"].startswith("3.1")
    for schema in SCHEMA["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_operation_wants_a_token_and_says_how_it_may_fail(path, method):
    operation = SCHEMA["paths"][path][method]
    assert operation["security"] == [{"Token": []}]
    expected = {"401", "404", "422", "429"} | (set() if method == "get" else {"403", "409"})
    assert expected <= {str(status) for status in operation["responses"]}
    assert operation["summary"]


def test_the_page_loads_nothing_from_elsewhere_and_has_no_script_of_its_own(client):
    page = client.get("/api/docs").content.decode()
    assert re.findall(r'(?:src|href)="(?!/static/)[^"]*"', page) == []
    assert re.findall(r"<script(?! type=\"application/json\"| src=)", page) == []
    assert "style=" not in page


def test_the_tables_are_those_that_data_are_read_with(cast, call):
    tables = call(cast.clerk, "get", "/api/tables").json()
    assert {table["name"] for table in tables} == set(load_tables().tables)
    assert call(cast.clerk, "get", "/api/tables?standard=../../etc").status_code == 404


@pytest.fixture
def one_connection():
    """A request of its own would close the connection that the test has open, as a server should."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_asked_is_answered_as_described(cast, evaluation, token_of, monkeypatch, path, method):
    """Requests that the description allows and requests that it does not: never a fault, never an answer it lacks."""
    monkeypatch.setattr(limits, "API", limits.Limit("api", count=10**6, seconds=3600))
    monkeypatch.setattr(limits, "API_REFUSED", limits.Limit("api-refused", count=10**6, seconds=3600))
    _, text = token_of(cast.officer)
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())

    @given(case=described[path][method.upper()].as_strategy())
    @settings(max_examples=6, suppress_health_check=list(HealthCheck))
    def answers(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {text}"})

    answers()
