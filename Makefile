# What a person types. Needs Python 3.11 or newer with venv and pip, git and make; everything else comes into .venv.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The first Python that is new enough; name another with `make setup PYTHON=python3.13`.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$name; break; fi; done)
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: help setup demo test lint format bench lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

demo: $(VENV)/run.stamp ## set up, then code the sample reports and print what was found
	$(VENV)/bin/dateline demo

test: $(VENV)/dev.stamp ## set up, then run everything that CI runs
	scripts/check

setup: $(VENV)/dev.stamp ## everything to build, lint, type-check and test, in .venv

lint: $(VENV)/dev.stamp ## format check, lint and types
	scripts/lint

format: $(VENV)/dev.stamp ## put the code into form
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: $(VENV)/dev.stamp ## processor time against the stock language model
	$(VENV)/bin/python bench/speed.py

lock: ## write requirements/*.txt afresh (needs uv)
	scripts/lock

clean: ## remove the environment and caches
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo 'No Python 3.11 or newer was found. Install one, or name it: make $(MAKECMDGOALS) PYTHON=path/to/python3' >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments. On Debian: apt install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

# A stamp is newer than the lock that it was installed from, so a second call installs nothing.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what dateline runs on, from requirements/run.txt …"
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what dateline is built, checked and tested with, from requirements/dev.txt …"
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/run.stamp
