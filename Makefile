# One command for each thing a person wants. Run `make` to see them.
SHELL := /bin/sh
BIN := .venv/bin
DAY := 2025-12-31
EXAMPLE := examples/county.xlsx

.PHONY: help setup run test check standards docs docs-check bench lock examples clean

help:
	@echo "make run        set up, judge the example county, write its result files into out/"
	@echo "make test       set up and pass everything (what .ci/run runs)"
	@echo "make setup      .venv/ with the junheng command"
	@echo "make check      the fast checks, before every commit"
	@echo "make standards  check the standards' data"
	@echo "make docs       generate the reference pages and build the manual into site/"
	@echo "make bench      the benchmarks"
	@echo "make examples   make the example workbooks again"
	@echo "make lock       pin the dependencies again"

setup: .venv/.done

.venv/.done: requirements.txt pyproject.toml tools/setup
	@sh tools/setup
	@touch $@

run: setup
	@mkdir -p out
	$(BIN)/junheng judge $(EXAMPLE) --on $(DAY)
	@$(BIN)/junheng judge $(EXAMPLE) --on $(DAY) --format xlsx -o out/结果册.xlsx --force
	@$(BIN)/junheng judge $(EXAMPLE) --on $(DAY) --format json -o out/结果.json --force
	@$(BIN)/junheng judge $(EXAMPLE) --on $(DAY) --format csv -o out/指标.csv --force
	@echo
	@echo "示例县（合成数据）的判定结果 / Results of the example county (synthetic data):"
	@echo "  $(CURDIR)/out/结果册.xlsx   Excel result book"
	@echo "  $(CURDIR)/out/结果.json     schema: $(BIN)/junheng schema result"
	@echo "  $(CURDIR)/out/指标.csv      one row per school, stage and indicator"

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/yamllint --strict src tests examples tools mkdocs.yml .pre-commit-config.yaml
	$(BIN)/junheng standards check >/dev/null
	$(BIN)/pytest -q -n 2 -m "not slow"

test: check docs-check
	$(BIN)/pytest -q -n 2 -m slow
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir build/site
	$(BIN)/uv build --quiet --out-dir build/dist

standards: setup
	$(BIN)/junheng standards check

docs: setup
	$(BIN)/python tools/make_reference.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

docs-check: setup
	$(BIN)/python tools/make_reference.py --check

bench: setup
	$(BIN)/python -m benchmarks.run

examples: setup
	$(BIN)/python examples/make_county.py
	$(BIN)/python examples/make_worked_example.py
	$(BIN)/python examples/make_forms.py
	$(BIN)/python examples/make_broken.py

lock: setup
	$(BIN)/uv pip compile pyproject.toml --all-extras --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --quiet --upgrade --custom-compile-command "make lock" -o requirements.txt

clean:
	rm -rf .venv build dist site out
