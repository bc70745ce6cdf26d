# Each target is a door of `python3 -m crt_scheduler.start`, which sets up what it needs and works where there is no make.
PYTHON ?= python3

DOORS = help run test coverage check format screenshots translations documents licences audit clean
.PHONY: $(DOORS)

$(DOORS):
	@$(PYTHON) -m crt_scheduler.start $@
