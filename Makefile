# Aminata24. Every target does the set-up it needs; `make help` lists them.

PYTHON3 ?= python3
PORT ?= 8000
TESTS ?= tests

PYTHON := .venv/bin/python
READY := .venv/ready
SQLITE := DATABASE_URL=sqlite://:memory:
IN_PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder
# uv wherever it lies, else in the environment itself.
UV = $(or $(shell command -v uv),.venv/bin/uv)

export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
export DJANGO_RUNSERVER_HIDE_WARNING := true
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run demo production test lint format messages licences bench clean chromium nginx redis load

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run demo: export SITE_URL ?= http://127.0.0.1:$(PORT)

run: $(READY) ## Serve the site with the demo newsroom on http://127.0.0.1:8000 (PORT=… for another)
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py load_demo --if-empty
	@$(PYTHON) manage.py worker --beside $$$$ & exec $(PYTHON) manage.py runserver $(PORT)

demo: $(READY) ## Load the demo newsroom afresh; whatever else was written stays
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py load_demo --fresh

test: $(READY) chromium nginx redis ## Run the tests on SQLite, with a browser, then on PostgreSQL (TESTS=tests/news for some)
	@# What migrations make is kept; the first time both are made at once.
	@test -d .pytest_cache/databases || { $(SQLITE) $(PYTHON) -m tests.databases & $(PYTHON) -m tests.postgres tests.databases; wait; }
	$(SQLITE) $(PYTHON) -m pytest $(IN_PARALLEL) $(TESTS)
	$(PYTHON) -m tests.postgres pytest $(IN_PARALLEL) -m "not browser and not stack and not no_database" $(TESTS)

lint: $(READY) ## Check style, types and templates
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/djlint templates --lint --quiet

format: $(READY) ## Put the code into its form
	.venv/bin/ruff check --fix --exit-zero
	.venv/bin/ruff format

messages: $(READY) ## Bring the French catalogue up to date with the code, and compile it
	@DJANGO_SETTINGS_MODULE=aminata24.settings.testing $(PYTHON) -m tests.messages

licences: $(READY) ## List all packages with version and licence; fails where one isn't allowed
	@$(PYTHON) -m tests.licences

production: $(READY) nginx ## Try the production stack with the demo newsroom, all of it on 127.0.0.1
	@$(PYTHON) -m tests.stack

bench: $(READY) chromium nginx load ## Measure how fast pages come, with 1,000 and 100,000 articles (ARTICLES=5000 for fewer)
	@$(PYTHON) -m tests.bench
	@FULL_LOAD=1 $(PYTHON) -m tests.postgres pytest tests/comments/test_load.py

clean: ## Remove the environment and what tools left; the data in var/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache var/static
	find . -name __pycache__ -prune -exec rm -rf {} +

# --- Set-up -------------------------------------------------------------------

# Installs Debian packages: as root, or with a sudo that asks nothing; else it says what to do.
define install
{ if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as="sudo -n"; else as=no; fi; \
  if [ "$$as" = no ] || ! command -v apt-get >/dev/null; then \
    echo "$(1) is missing and can't be installed from here. Please run: sudo apt-get install $(1)" >&2; exit 1; fi; \
  echo "Installing $(1)…"; \
  $$as apt-get update --quiet --quiet </dev/null && \
  $$as env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends $(1) </dev/null; }
endef

$(READY): uv.lock pyproject.toml
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Aminata24 needs Python 3.11 or newer; PYTHON3=… names another one." >&2; exit 1; }
	@$(PYTHON3) -c 'import ensurepip' 2>/dev/null || $(call install,python3-venv)
	@echo "Setting up the environment in .venv …"
	@test -x $(PYTHON) || $(PYTHON3) -m venv .venv
	@test -x $(UV) || { $(PYTHON3) -m venv .venv && $(PYTHON) -m pip install --quiet uv; }
	@$(UV) sync --frozen --quiet
	@touch $@

chromium:
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || $(call install,chromium fonts-liberation)

nginx:
	@command -v nginx >/dev/null || test -x /usr/sbin/nginx || $(call install,nginx-light libnginx-mod-http-brotli-static)

redis:
	@command -v redis-server >/dev/null || $(call install,redis-server)

load:
	@command -v wrk >/dev/null || $(call install,wrk)
	@command -v h2load >/dev/null || $(call install,nghttp2-client)
