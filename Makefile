# Both doors are `python3 -m crt_scheduler.start`, which also works where there is no make.
PYTHON ?= python3

.PHONY: run test lint screenshots

run:
	@$(PYTHON) -m crt_scheduler.start run

test:
	@$(PYTHON) -m crt_scheduler.start test

lint:
	.venv/bin/ruff check
	.venv/bin/mypy

screenshots:
	.venv/bin/python -m tests.screenshots
