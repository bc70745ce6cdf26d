# Both doors are `python3 -m crt_scheduler.start`, which also works where there is no make.
PYTHON ?= python3

.PHONY: run test coverage lint screenshots licences audit

run:
	@$(PYTHON) -m crt_scheduler.start run

test:
	@$(PYTHON) -m crt_scheduler.start test

# Every test, with the lines counted that ran in crt_scheduler and solver; what the window's tests run is not counted, so
# that a line counts only where it is tested.
coverage:
	@$(PYTHON) -m crt_scheduler.start test -q -n auto --dist worksteal $(COVERAGE)

COVERAGE = --cov=crt_scheduler --cov=solver --cov-fail-under=85

lint:
	.venv/bin/ruff check
	.venv/bin/mypy

screenshots:
	.venv/bin/python -m tests.screenshots

# The licences of what requirements.lock names, into docs/licences.md.
licences:
	@$(PYTHON) -m crt_scheduler.start licences

# Known weak points of what requirements.lock names: optional, it needs the network, so neither test nor .ci/run does it.
audit:
	@$(PYTHON) -m crt_scheduler.start audit
