# The commands of the project. `make help` lists them.
PYTHON ?= python3
UV_VERSION = 0.13.9
COMPILE = .venv/lock/bin/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help run test handbook relevance benchmark-search benchmark-serving screenshots check-pages lint format messages lock clean backup restore

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## the portal with demo content on this machine; PORT=8001 for another port
	@$(PYTHON) scripts/run.py

test: ## the whole suite; ARGS="tests/site -k links" for a part of it
	@$(PYTHON) scripts/test.py $(ARGS)

screenshots: ## pictures of the running portal in var/screenshots; PORT=8001; ARGS="--kinds front,article --sizes phone"
	@$(PYTHON) scripts/environment.py test
	@.venv/bin/python scripts/screenshots.py $(ARGS)

handbook: ## pictures of the handbook anew, by the browser suite: docs/handbook/pictures
	@$(PYTHON) scripts/environment.py test
	@HANDBOOK_PICTURES=docs/handbook/pictures .venv/bin/python -m pytest -q tests/browser/test_handbook.py

relevance: ## how well the search finds what was meant: a report by category, in three languages
	@$(PYTHON) scripts/test.py tests/search/relevance -s -n 0

benchmark-search: ## Elasticsearch, database and Wagtail's search beside one another; ARGS="--sizes 3000 300000"
	@$(PYTHON) scripts/environment.py test
	@$(PYTHON) scripts/elasticsearch_server.py run -- .venv/bin/python benchmarks/search.py $(ARGS)

benchmark-serving: ## what a repeated answer costs, inside Django and from nginx, beside the least it could cost
	@$(PYTHON) scripts/environment.py test
	@.venv/bin/python benchmarks/serving.py $(ARGS)

check-pages: ## HTML errors and Lighthouse of the running portal; PORT=8001; ARGS="--runs 1 --kinds front,article"
	@$(PYTHON) scripts/environment.py test
	@.venv/bin/python scripts/check_pages.py $(ARGS)

lint: ## style and common mistakes
	@$(PYTHON) scripts/environment.py test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

format: ## rewrite files in the common style
	@$(PYTHON) scripts/environment.py test
	@.venv/bin/ruff check --fix --select I .
	@.venv/bin/ruff format .

messages: ## bring locale/ up to date with code and templates, and compile it; it names what lacks a translation
	@$(PYTHON) scripts/environment.py test
	@.venv/bin/python scripts/messages.py

lock: ## choose versions anew: requirements/*.in to *.txt, with hashes and without addresses; ARGS=--upgrade
	@$(PYTHON) -m venv .venv/lock
	@.venv/lock/bin/pip install --quiet uv==$(UV_VERSION)
	@cd requirements && for name in base production test; do ../$(COMPILE) $(ARGS) --output-file $$name.txt $$name.in || exit 1; done

backup: ## database and files of the local portal into one checked file; see docs/operations-backup.md
	@$(PYTHON) scripts/environment.py base
	@DJANGO_SETTINGS_MODULE=$${DJANGO_SETTINGS_MODULE:-portal.settings.dev} .venv/bin/python manage.py backup $(ARGS)

restore: ## the local portal as a backup has it, by default the newest; ARGS="file --force"
	@$(PYTHON) scripts/environment.py base
	@DJANGO_SETTINGS_MODULE=$${DJANGO_SETTINGS_MODULE:-portal.settings.dev} .venv/bin/python manage.py restore $(ARGS)

clean: ## remove the environment; the content in var/ stays
	@rm -rf .venv .pytest_cache .ruff_cache
