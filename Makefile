# Targets for people: issue test lint bench fuzz docs clean. Each sets up what it needs, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: issue test lint bench fuzz docs lock clean
.DELETE_ON_ERROR:

issue: $(READY)-core
	@$(BIN)/rasad load --desk examples/kabul-desk >&2
	@$(BIN)/rasad build --desk examples/kabul-desk --out build 518

test: $(READY)-test
	@$(BIN)/python tools/browser.py > /dev/null
	$(BIN)/python -m pytest -q -n auto --dist worksteal

lint: $(READY)-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)-test
	@$(BIN)/rasad load --desk examples/kabul-desk > /dev/null
	@$(BIN)/rasad build --desk examples/kabul-desk --out build 518 > /dev/null
	$(BIN)/python bench/copied.py build/518
	$(BIN)/python bench/build.py
	$(BIN)/python bench/load.py
	$(BIN)/python bench/actors.py
	$(BIN)/python bench/dossier.py
	$(BIN)/python bench/predictability.py
	$(BIN)/python bench/shifts.py
	$(BIN)/python bench/check.py
	$(BIN)/python bench/links.py

fuzz: $(READY)-test
	@$(BIN)/python -m pip --disable-pip-version-check install -q --target build/fuzz --upgrade -r fuzz/requirements.txt
	PYTHONPATH=build/fuzz $(BIN)/python fuzz/fuzz_load.py

docs: $(READY)-docs
	$(BIN)/sphinx-build -W -q -b html docs build/docs
	@echo "Open build/docs/index.html"

# Each lock holds all that came before it, so that setting up for tests keeps what the issue needs.
$(READY)-%: requirements-%.lock pyproject.toml tools/setup.py
	@$(PYTHON) tools/setup.py $(VENV) requirements-$*.lock
	@touch $@

lock:
	$(BIN)/python tools/lock.py

clean:
	rm -rf build $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache examples/*/.rasad examples/*/build
