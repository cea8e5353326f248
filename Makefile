PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup run test check benchmark screenshots lock clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.runtime ## Install what running needs, pinned and hashed, into .venv

run: setup ## Run the bot: on Discord with DISCORD_TOKEN in .env, else in your browser
	@$(BIN)/genre-bot run

# The tests run in a process more than there are cores, for some wait: threads of numbers would only compete with them.
# They start hundreds of processes, each of which would compile the package anew where that is switched off.
test: $(VENV)/.dev ## Run the tests
	@sh tests/install_postgresql.sh
	@sh tests/install_chromium.sh
	PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest

check: $(VENV)/.dev ## Lint, check the formatting and the types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

benchmark: $(VENV)/.dev ## Compare speeds; takes minutes (AUDIO=file for a clip of your own)
	$(BIN)/python -m benchmarks.side_by_side $(AUDIO)
	$(BIN)/python -m benchmarks.cold_start $(AUDIO)

screenshots: $(VENV)/.dev ## Make the pictures of the page (CLIP=song FEATURES=csv TAGGRAMS="npz npz"; needs chromium)
	PYTHONPATH=. $(BIN)/python docs/page_pictures.py $(CLIP) $(FEATURES) $(TAGGRAMS)

lock: ## Resolve the requirements anew (needs uv)
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		pyproject.toml -o requirements/runtime.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--group build -c requirements/runtime.txt -o requirements/build.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else \
		"Genre Bot needs Python 3.11, 3.12 or 3.13; this is %d.%d. Say which one to use: make PYTHON=python3.11 ..." % v)'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "This Python cannot make virtual environments. On Debian: apt install python3-venv, then try again."; exit 1; }

# The package itself is installed in place, so that what you edit is what runs.
$(VENV)/.runtime: requirements/build.txt requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/genre-bot warm-up
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
