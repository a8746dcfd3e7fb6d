# Every target makes .venv by itself; the machine needs Python >= 3.11, pip and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test test-comfyui test-gradio test-litellm soak docs package check format lock screenshots clean help

help:
	@echo "make run     the bot with BOT_TOKEN set, else the sandbox in the browser"
	@echo "make test    all tests (names what it leaves out, and why)"
	@echo "make test-comfyui  ComfyUI's provider against a real server: COMFYUI_URL=..."
	@echo "make test-gradio   Gradio's engine against apps of another version: GRADIO_PYTHON=/path/to/python"
	@echo "make test-litellm  OpenAI's shape through a real LiteLLM proxy: LITELLM=/path/to/litellm"
	@echo "make soak    kills and faults at random: MINUTES=10 SEED=... WORKERS=3 (see docs/reliability.md)"
	@echo "make check   lint, format and types"
	@echo "make format  rewrite the files as ruff formats them"
	@echo "make docs    the documents as a site in build/site; a broken link fails"
	@echo "make package the wheel and the sdist in dist/, tried in a clean environment"
	@echo "make lock    resolve the dependencies again"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "imagine-bot needs Python 3.11 or newer; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

# A venv made for development also runs the bot, so the smaller set is not installed over it.
$(VENV)/.run: $(BIN)/python requirements.lock pyproject.toml
	@test -f $(VENV)/.dev || { echo "Installing imagine-bot into $(VENV) ..."; \
	  $(PIP) install --require-hashes -r requirements.lock && \
	  $(PIP) install --no-deps --no-build-isolation -e . ; }
	@touch $@

$(VENV)/.dev: $(BIN)/python requirements-dev.lock pyproject.toml
	@echo "Installing imagine-bot and its development tools into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

# Gradio for the tests, in an environment of its own: it refuses the Pillow with which the bot is released.
$(VENV)/.gradio: $(BIN)/python requirements-gradio.lock
	@echo "Installing Gradio for the tests into $(VENV)/gradio ..."
	@$(BIN)/python -m venv --clear $(VENV)/gradio
	@$(VENV)/gradio/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-gradio.lock
	@touch $@

run: $(VENV)/.run
	@$(BIN)/imagine-bot run --or-sandbox

# Two processes a core (see tests/conftest.py); ARGS="-n 0 tests/bot" and the like narrow it. Compiled files are kept also where
# the environment forbids it: else each process compiles all tests again.
test: $(VENV)/.dev $(VENV)/.gradio
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

# A server of your own that nobody depends on: its jobs are interrupted. COMFYUI_CHECKPOINT names a file that it has.
test-comfyui: $(VENV)/.dev
	@test -n "$(COMFYUI_URL)" || { echo "COMFYUI_URL=http://127.0.0.1:8188 says where ComfyUI listens"; exit 2; }
	COMFYUI_URL=$(COMFYUI_URL) COMFYUI_CHECKPOINT=$(COMFYUI_CHECKPOINT) $(BIN)/python -m pytest -n 0 tests/live/comfyui.py $(ARGS)

# The tests run Gradio 6. Older ones want environments of their own: python -m venv v && v/bin/pip install gradio==5.50.0;
# 4.44.1 wants 'fastapi<0.116' 'starlette<0.46' 'pydantic<2.11' 'huggingface_hub<0.26' beside it. Then GRADIO_PYTHON=v/bin/python.
test-gradio: $(VENV)/.dev
	@test -n "$(GRADIO_PYTHON)" || { echo "GRADIO_PYTHON=/path/to/venv/bin/python says which Gradio to start"; exit 2; }
	GRADIO_PYTHON=$(GRADIO_PYTHON) $(BIN)/python -m pytest -n 0 tests/providers/engines/gradio/test_live.py $(ARGS)

# LiteLLM wants an environment of its own: python -m venv v && v/bin/pip install 'litellm[proxy]', then LITELLM=v/bin/litellm.
test-litellm: $(VENV)/.dev
	@test -n "$(LITELLM)" || { echo "LITELLM=/path/to/venv/bin/litellm says which proxy to start"; exit 2; }
	LITELLM=$(LITELLM) $(BIN)/python -m pytest -n 0 --timeout 300 tests/live/litellm_proxy.py $(ARGS)

MINUTES ?= 10
soak: $(VENV)/.dev
	$(BIN)/python -m tests.faults.soak --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(if $(WORKERS),--workers $(WORKERS)) $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

LOCK = $(BIN)/uv pip compile --universal --python-version 3.11 \
       --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --quiet

# The development lock is a superset of the other: same versions, more packages. It is resolved first.
lock: $(BIN)/python
	@$(BIN)/python -m uv --version >/dev/null 2>&1 || $(PIP) install uv
	$(LOCK) pyproject.toml --group build --all-extras --output-file requirements-dev.lock
	$(LOCK) pyproject.toml --group build --extra postgres --extra huggingface --constraint requirements-dev.lock \
	  --output-file requirements.lock
	$(LOCK) --group gradio --output-file requirements-gradio.lock

# The theme's advertisement of its successor is no warning of ours.
docs: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

package: $(VENV)/.dev
	.ci/package

screenshots: $(VENV)/.dev
	$(BIN)/python -m docs.screenshots $(ONLY)

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache
