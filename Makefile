# Everything one does with a checkout; `make help` lists it. Nothing here needs the network once it is set up.
# `make run PORT=9000` and `make test ARGS="-k walk"` pass their word on.

.DEFAULT_GOAL := help
.PHONY: help run venv test check bench faults lock wheel clean

# .venv/bin/python is a link to an older file: its own time tells that the environment was made anew.
MAKEFLAGS += --check-symlink-times

PY := .venv/bin/python
PIP_INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes
ARGS ?=
LOCK_OPTIONS ?=

help:  ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | expand -t 10

run: venv  ## the sandbox in the browser: database, sample data and the bot, no Telegram account (PORT=…)
	$(PY) -m bot sandbox

venv: .venv/.installed  ## the environment .venv with what the bot needs

# Tests start many interpreters, each of which would compile the whole project where no bytecode is kept.
test bench faults: export PYTHONDONTWRITEBYTECODE :=
test: .venv/.installed-dev  ## all tests, a process for each core (ARGS="…" goes to pytest)
	$(PY) -m pytest -n auto --dist worksteal $(ARGS)

check: .venv/.installed-dev  ## lint, format, types and import contracts
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()" --no-logo

bench: .venv/.installed-dev  ## the project's own measurements
	$(PY) -m tests.bench $(ARGS)

faults: .venv/.installed-dev  ## kills, broken calls, storage, processes and odd updates: what is lost or doubled
	$(PY) -m tests.faults $(ARGS)

# The local pip configuration is set aside so that no private index or wheel folder can reach the locks.
# Versions in the locks are kept; LOCK_OPTIONS=--upgrade takes the newest.
lock: export PIP_CONFIG_FILE := /dev/null
lock: export PIP_EXTRA_INDEX_URL :=
lock: export PIP_FIND_LINKS :=
lock: export CUSTOM_COMPILE_COMMAND := make lock
lock: COMPILE = $(PY) -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(LOCK_OPTIONS)
lock: .venv/.installed-dev  ## both lock files anew from pyproject.toml (LOCK_OPTIONS=--upgrade for newer versions)
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

wheel: .venv/.installed-dev  ## an installable wheel in dist/
	$(PY) -m hatchling build --target wheel

clean:  ## caches and build results away; the environment and the data stay
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find bot qualify migrations tests -type d -name __pycache__ -exec rm -rf {} +

# The first interpreter that is new enough and can make an environment; each is really started, because a
# version manager's shim may stand in the path and lead nowhere. A .venv whose interpreter is gone is of no use.
$(PY):
	@old=; bare=; \
	for python in $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11); do \
	    "$$python" -c '' 2>/dev/null || continue; \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { old=$$python; continue; }; \
	    "$$python" -c 'import ensurepip, venv' 2>/dev/null || { bare=$$python; continue; }; \
	    echo "Making .venv with $$("$$python" --version)"; \
	    rm -rf .venv; exec "$$python" -m venv .venv; \
	done; \
	if [ -n "$$bare" ]; then \
	    echo "$$bare cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; \
	elif [ -n "$$old" ]; then \
	    echo "Python 3.11 or newer is needed; $$old is too old. With another: make venv PYTHON=/path/to/python"; \
	else \
	    echo "Python 3.11 or newer is needed; none was found. With another: make venv PYTHON=/path/to/python"; \
	fi >&2; exit 1

.venv/.installed: requirements.lock $(PY)
	$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/.installed-dev: requirements-dev.lock $(PY)
	$(PIP_INSTALL) -r requirements-dev.lock
	@touch .venv/.installed $@
