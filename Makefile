# Every target sets up what it needs; CI calls the same ones. `make help` lists them.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=

# The first interpreter that is 3.11 or newer; `make PYTHON=/path/to/python demo` overrides it.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow lint types format schemas lock lock-artifacts bench compiled test-compiled clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Puente needs Python 3.11 or newer: install it, or call make PYTHON=/path/to/python." >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { echo "Creating $(VENV) with $(PYTHON) ..."; rm -rf $(VENV); \
		$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) can't make a virtual environment:" \
		"install its venv module (Debian, Ubuntu: apt install python3-venv), then run make again." >&2; exit 1; }; }
	@echo "Installing the pinned dependencies into $(VENV) (about a minute the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(READY)  ## virtual environment with the pinned dependencies

demo: $(READY)  ## the whole platform on this machine, with real data, until Ctrl-C (ARGS="--once --json")
	@$(BIN)/puente demo $(ARGS)

test: $(READY)  ## all tests but the long proofs of test-slow; live ones included (at most 20 minutes on 2 cores)
	@$(BIN)/python -m tests.lanes -m "not slow" $(ARGS)

test-slow: $(READY)  ## the longer proofs of crash safety
	@$(BIN)/python -m pytest -m slow $(ARGS)

lint: $(READY)  ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)  ## mypy --strict
	@$(BIN)/mypy

format: $(READY)  ## format and mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

schemas: $(READY)  ## JSON Schemas and AsyncAPI from the contracts
	@$(BIN)/python -m streams.schema

lock: $(READY)  ## pin the dependencies of pyproject.toml anew
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev --no-strip-extras \
		--custom-compile-command "make lock" -o requirements.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra server --no-strip-extras \
		--no-annotate -c requirements.lock --custom-compile-command "make lock" -o deploy/server.lock pyproject.toml
	@echo hatchling | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		-c requirements.lock --custom-compile-command "make lock" -o deploy/build.lock -

lock-artifacts: $(READY)  ## pin the server artifacts (coordinates, sizes, SHA-256) anew
	@$(BIN)/python -m deploy.local.lock

bench: $(READY)  ## every stage beside quixstreams and a plain consumer loop; latency to index and alert
	@$(BIN)/python -m tests.bench $(ARGS)

compiled: $(READY)  ## a copy in build/compiled/ whose enrichment is compiled to C: PYTHONPATH=build/compiled puente ...
	@$(BIN)/python -m deploy.compiling

test-compiled: compiled  ## the unit tests on that copy, then both sides' speed
	@cd build/compiled && PYTHONPATH=. ../../$(BIN)/python -m pytest -p no:cacheprovider tests/unit $(ARGS)
	@$(BIN)/python -m tests.bench.bench_texts --compiled

clean:  ## remove the environment and caches (not the servers' data: puente up --fresh removes those)
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
