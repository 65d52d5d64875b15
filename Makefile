# `make demo` shows what the registry does, `make test` proves it. The rest is for those who work on it.

PYTHON ?= python3
BIN := .venv/bin
PYTEST_WORKERS ?= 2

.PHONY: demo test check bench soak bundle messages clean

demo: .venv/demo-installed
	$(BIN)/python tools/demo.py

test: check
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) -m "not soak"

check: .venv/dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev-installed
	missed=0; for part in benchmarks benchmarks.startup benchmarks.counting; do \
		$(BIN)/python -m $$part || missed=1; \
	done; exit $$missed

soak: .venv/dev-installed
	$(BIN)/python -m pytest -m soak -v -s

bundle: .venv/dev-installed
	$(BIN)/python tools/bundle.py dist/bundle

messages: .venv/dev-installed
	$(BIN)/python tools/messages.py

clean:
	rm -rf build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find src tests tools benchmarks migrations -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	$(PYTHON) -m venv .venv

.venv/demo-installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	$(BIN)/python -m compileall -q src
	touch $@

.venv/dev-installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	$(BIN)/python -m compileall -q src
	touch $@ .venv/demo-installed
