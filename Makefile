# Two commands matter: `make demo` shows the product, `make test` proves it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
NEWEST := .venv-newest
LOCK   := constraints.txt
GROUPS := --group dev --group docs --group bench
PIP    := -m pip install --quiet --disable-pip-version-check

.PHONY: reader help demo test newest lock lint types layers docs check bench mutants fuzz soak clean

help:
	@echo "make demo    set everything up and run springtide on the bundled sample"
	@echo "make test    set everything up and run the tests"
	@echo "make newest  run the tests with the newest versions that pyproject.toml allows"
	@echo "make lock    write $(LOCK) anew: the exact versions that everything else installs"
	@echo "make check   all that a reviewer runs: lint, types, layers, tests, docs"
	@echo "make bench   benchmarks, printed as ratios and kept in docs/evidence/speed.md"
	@echo "make mutants change one small thing at a time and see whether the tests notice"
	@echo "make fuzz    read 10,000 mutated files and check 10,000 mutated articles"
	@echo "make soak    kill writers a thousand times, and compare with a run that nobody killed"
	@echo "make docs    build the documentation site into site/"
	@echo "make reader  fit the weights of the reader anew on ../shared/articles"
	@echo "make clean   remove the virtual environment and everything built"

define new_venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Springtide needs Python 3.11 or later, found " + sys.version.split()[0])'
	$(PYTHON) -m venv $(1)
endef

# The tool that builds the package is locked too: pip builds it in a place of its own.
$(STAMP): pyproject.toml $(LOCK)
	$(call new_venv,$(VENV))
	$(BIN)/python $(PIP) --constraint $(LOCK) --upgrade pip
	$(BIN)/python $(PIP) --constraint $(LOCK) --build-constraint $(LOCK) --editable . $(GROUPS)
	@touch $@

demo: $(STAMP)
	$(BIN)/springtide demo

# Each process takes a run of files, so that what a file's tests share is made once, and then helps
# the others.
test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist worksteal

newest:
	$(call new_venv,$(NEWEST))
	$(NEWEST)/bin/python $(PIP) --upgrade pip
	$(NEWEST)/bin/python $(PIP) --upgrade --upgrade-strategy eager --editable . $(GROUPS)
	$(NEWEST)/bin/python -m pytest -n auto --dist worksteal

lock:
	$(call new_venv,$(VENV))
	$(BIN)/python $(PIP) --upgrade "pip>=25.3"
	$(BIN)/python $(PIP) --group lock
	$(BIN)/uv pip compile --quiet --universal --upgrade --no-annotate \
	  --custom-compile-command "make lock" --python-version 3.11 \
	  pyproject.toml $(GROUPS) --group lock --output-file $(LOCK)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports

docs: $(STAMP)
	$(BIN)/zensical build --strict

check: lint types layers docs test

bench: $(STAMP)
	$(BIN)/python -m benchmarks

# Pieces: make mutants MODULES="rows tolerance" PART=1/4
PART ?= 1/1
mutants: $(STAMP)
	$(BIN)/python tools/mutants.py --part $(PART) $(MODULES)

reader: $(STAMP)
	$(BIN)/python -m tools.reader.train

clean:
	rm -rf $(VENV) $(NEWEST) site build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis

fuzz: $(STAMP)
	$(BIN)/python tools/fuzz.py

soak: $(STAMP)
	$(BIN)/python tools/soak.py
