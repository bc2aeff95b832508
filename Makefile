# The commands of the project. `make help` lists them.
PYTHON ?= python3
UV_VERSION = 0.13.9
COMPILE = .venv/lock/bin/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help run test screenshots check-pages lint format lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## the portal with demo content on this machine; PORT=8001 for another port
	@$(PYTHON) scripts/run.py

test: ## the whole suite; ARGS="tests/site -k links" for a part of it
	@$(PYTHON) scripts/test.py $(ARGS)

screenshots: ## pictures of the running portal in var/screenshots; PORT=8001 for another port
	@$(PYTHON) scripts/environment.py test
	@.venv/bin/python scripts/screenshots.py

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

lock: ## choose versions anew: requirements/*.in to *.txt, with hashes and without addresses; ARGS=--upgrade
	@$(PYTHON) -m venv .venv/lock
	@.venv/lock/bin/pip install --quiet uv==$(UV_VERSION)
	@cd requirements && for name in base test; do ../$(COMPILE) $(ARGS) --output-file $$name.txt $$name.in || exit 1; done

clean: ## remove the environment; the content in var/ stays
	@rm -rf .venv .pytest_cache .ruff_cache
