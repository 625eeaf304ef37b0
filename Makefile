# `make` sets everything up and runs the main job; `make test` passes the tests; `make lab` opens
# the notebooks. README.md gives the same as plain commands.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: all run notebooks report test lint lab clean

all: run notebooks

run: $(READY)
	$(BIN)/python -m analysis run

notebooks: $(READY)
	$(BIN)/python -m analysis.notebooks

report: $(READY)
	$(BIN)/python -m analysis report

test: $(READY) lint
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lab: $(READY)
	$(BIN)/jupyter lab --notebook-dir=.

clean:
	rm -rf $(VENV) .cache figures/tables figures/report.html

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@
