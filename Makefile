# Every target sets up what it needs by itself. PYTHON: any Python 3.11 or newer with its venv module.
PYTHON ?= python3
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
CODE := schemas runtime reference producers stream_processors sinks deploy cli tests benchmarks

.PHONY: help install install-dev demo up down status test lint format types check schemas bench guide pictures chaos chaos-million lock clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

install: .venv/.run ## Make .venv with the command .venv/bin/complaints (pinned, checked by hash)

install-dev: .venv/.dev ## The same with the tools for tests, types and lint

.venv/.run: requirements/build.txt requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make a virtual environment: install its venv module (Debian: python3-venv)"; exit 1; }
	@echo "Installing pinned packages into .venv (about half a minute the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	@echo "Installing the tools for tests into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/dev.txt
	@touch $@

demo: install ## Start everything, send a simulated Kanpur evening through it, show what was found
	@$(BIN)/complaints demo

up: install ## Start the pipeline on this machine and leave it running
	@$(BIN)/complaints up

down: ## Stop it; no process stays behind
	@$(BIN)/complaints down

status: ## What runs, since when, and where its logs are
	@$(BIN)/complaints status

test: install-dev ## Lint, types and all tests, on real Kafka and ClickHouse (under 15 minutes)
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

chaos: install-dev ## Fail every stage and server at every step, some 300 times (about 20 minutes; SEED=n repeats a run)
	@CHAOS_TABLE="make chaos" SEED=$${SEED:-$$RANDOM} $(BIN)/python -m pytest -m chaos tests/chaos

chaos-million: install-dev ## A million complaints with a crash every 5 s (SEED=n, EVENTS=n)
	@CHAOS_TABLE="make chaos-million" SEED=$${SEED:-$$RANDOM} $(BIN)/python -m pytest -m million tests/chaos

lint: install-dev ## ruff: format and lint
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .

format: install-dev ## Rewrite the code to the one format
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix .

types: install-dev ## mypy --strict
	@$(BIN)/mypy

schemas: install-dev ## Write schemas/published anew from the models
	@$(BIN)/python -m schemas.publish

bench: install-dev ## Latency at 5,500 and 550,000 complaints an hour (about 4 minutes; more in benchmarks/)
	@$(BIN)/python -m benchmarks.latency

evaluate: install-dev ## How well texts are understood, by a model without the test split, beside a peer; writes docs/enrichment.md (two minutes)
	@$(BIN)/python -m benchmarks.evaluation.run

train: install-dev ## Train the shipped text model anew from all sentences in tests/data
	@$$($(BIN)/python -c 'from benchmarks.environment import peers_python; print(peers_python())') -m benchmarks.evaluation.train

evaluate-hotspots: install-dev ## Which outages the detector finds, how exactly and how soon, beside a fixed rule; writes docs/hotspots.md (10 minutes)
	@nice -n 15 $(BIN)/python -m benchmarks.hotspots

guide: install-dev ## Write the answers in docs/analysts.md anew
	@GUIDE=write $(BIN)/python -m pytest -q tests/analysts/test_guide.py

pictures: install-dev ## Simulate a night, ask the guide's queries, draw docs/pictures anew (about ten minutes)
	@nice -n 15 $(BIN)/python -m benchmarks.pictures

lock: ## Resolve requirements/*.txt anew from pyproject.toml
	@$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install --quiet uv
	@echo 'setuptools>=70.1' | .venv/lock/bin/uv pip compile - --generate-hashes --no-emit-index-url --no-header --no-annotate --universal --upgrade --quiet -o requirements/build.txt
	@.venv/lock/bin/uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal --upgrade --quiet -o requirements/run.txt
	@.venv/lock/bin/uv pip compile pyproject.toml --extra dev -c requirements/run.txt --generate-hashes --no-emit-index-url --no-header --universal --upgrade --quiet -o requirements/dev.txt
	@.venv/lock/bin/uv pip compile requirements/bench.in --generate-hashes --no-emit-index-url --no-header --no-annotate --universal --python-version 3.11 --upgrade --quiet -o requirements/bench.txt

clean: ## Remove the environment and all data of this clone (stop the pipeline first)
	@test ! -e .data/instance.json || $(BIN)/complaints down
	@rm -rf .venv .data .mypy_cache .ruff_cache .hypothesis
