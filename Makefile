# Two commands for everyone, with all set-up done by themselves on a fresh machine:
#   make run     open the program (without a display: make the demo office and pictures of every page)
#   make test    every check there is
# The rest is for developers; each calls the same set-up, which costs nothing when nothing changed.

VENV_PYTHON := $(if $(filter Windows_NT,$(OS)),.venv/Scripts/python.exe,.venv/bin/python)
# The first Python that really starts (a pyenv shim may not); the set-up itself looks for one that fits.
BOOTSTRAP := $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 7))' >/dev/null 2>&1; then echo $$name; break; fi; done)
RUN_IN := build/run

.PHONY: run test setup setup-test python lint format types contracts house unit forms ui scenarios bench faults screenshots pictures tour papers lock audit installer smoke-windows deb check-deb cold-start release clean

run: setup
	@$(VENV_PYTHON) installer/run_dev.py $(RUN_IN)

test: setup-test
	@$(VENV_PYTHON) -m tests

python:
ifeq ($(BOOTSTRAP),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && apt-get install -y -q --no-install-recommends python3 python3-venv; \
	else \
		echo "Máy chưa có Python 3.11, 3.12 hoặc 3.13. Trên Debian/Ubuntu: sudo apt-get install python3 python3-venv" >&2; exit 1; \
	fi
endif

setup: python
	@$(or $(BOOTSTRAP),python3) installer/setup_dev.py

setup-test: python
	@$(or $(BOOTSTRAP),python3) installer/setup_dev.py --for-tests

# One phase of the tests alone
lint types contracts house forms ui scenarios unit: setup-test
	@$(VENV_PYTHON) -m tests $@

format: setup
	@$(VENV_PYTHON) -m ruff check --fix .
	@$(VENV_PYTHON) -m ruff format .

# Measurements against their floors: one table, and build/benchmarks.json
bench: setup-test
	@$(VENV_PYTHON) -m tests.benchmarks

# Every operation struck by more than 200 faults of every kind, power cuts among them (docs/reliability.md); N=200 more
faults: setup-test
	@$(VENV_PYTHON) -m tests.faults.run $(N)

# Pictures of every page of the demo office, without a display
screenshots: setup
	@$(VENV_PYTHON) installer/run_dev.py --pictures $(RUN_IN)

# The pictures that README and docs/coverage.md show, made anew
pictures: setup
	@$(VENV_PYTHON) installer/docs_pictures.py

# Every page of both desks in three themes at two sizes, as contact sheets: docs/pictures/tour
tour: setup
	@$(VENV_PYTHON) installer/tour_pictures.py

# One sample of every paper, in one file: docs/papers.pdf
papers: setup
	@$(VENV_PYTHON) -m thidua_desktop papers --out docs/papers.pdf

# Newest versions that pyproject.toml allows and the hashes of their files, written down for everyone
lock: python
	@$(or $(BOOTSTRAP),python3) installer/setup_dev.py --lock

# Known vulnerabilities of what is pinned; says so where no list can be reached
audit: setup
	@$(VENV_PYTHON) installer/audit.py

# The set-up file for Windows and the portable folder, in dist/ (installer/README.md)
installer: setup
	@$(VENV_PYTHON) -m installer.windows.build --portable

# That file under Wine: install, run, update, remove. Before each release; not part of "make test"
smoke-windows: setup
	@$(VENV_PYTHON) -m installer.windows.smoke

# The package for Debian and Ubuntu, and its check on a minimal Debian 12 in a folder (root)
deb: setup
	@$(VENV_PYTHON) -m installer.debian.build
check-deb: setup
	@$(VENV_PYTHON) -m installer.debian.check

# The first window on a cold start against a bare Qt window, of the Debian package's files
cold-start: setup
	@$(VENV_PYTHON) -m installer.cold_start

# Update files, SHA-256 list and its signature beside what was built: THIDUA_RELEASE_KEY=FILE make release
# (a release that only this machine sees: THIDUA_RELEASE_KEY=FILE make release TRIAL=--trial)
release: setup
	@$(VENV_PYTHON) -m installer.release $(TRIAL)

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
