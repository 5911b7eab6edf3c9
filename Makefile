# A thin door to tasks.py: `make X` sets up what is missing and runs `invoke X`.
PYTHON ?= python3
INVOKE := .venv/bin/invoke
TASKS := setup html publish devserver serve clean deploy relay announce preview siar demo look check lint test bench bench-quick bench-faults

.PHONY: help $(TASKS)
.NOTPARALLEL:

help: $(INVOKE)
	@$(INVOKE) --list

$(TASKS): $(INVOKE)
	@$(INVOKE) $@

$(INVOKE): requirements/bootstrap.txt
	@echo "== Menyiapkan .venv (sekali saja)"
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $(INVOKE)
