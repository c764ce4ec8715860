# `make demo` shows the package at work, `make test` proves it; both set up what they need, in .venv and target only.
# `make lint` judges the sources, `make develop` is the quick loop: a debug build that runs from the sources.

PYTHON ?= python3
venv := .venv
python := $(venv)/bin/python
pip := $(python) -m pip --disable-pip-version-check --quiet install
maturin := $(python) -m maturin
lock := tests/requirements.txt
sources := $(shell find src python -type f ! -name '*.pyc' ! -name '*.so')

# One Python for clippy and maturin, so that neither rebuilds what the other has built for another `python3`.
export PYO3_PYTHON := $(CURDIR)/$(python)
export CLIPPY_CONF_DIR := $(CURDIR)/tests

.PHONY: demo test lint stubs develop lock clean FORCE
.DELETE_ON_ERROR:
.NOTPARALLEL:

demo: $(venv)/package
	$(python) -m koophone demo

test: $(venv)/tools $(venv)/package
	cargo test --locked
	$(python) -m pytest

lint: $(venv)/tools $(venv)/package
	cargo fmt --check
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(python) -m tests.check_architecture .
	cargo clippy --locked --all-targets -- --deny warnings
	cargo clippy --locked --all-targets --all-features -- --deny warnings
	$(python) -m mypy
	$(python) -m mypy.stubtest koophone._core
	$(generate_stubs)
	@diff -u python/koophone/_core.pyi target/stubs/koophone/_core.pyi || { echo "_core.pyi is stale: run 'make stubs'"; exit 1; }

stubs: $(venv)/maturin
	$(generate_stubs)
	cp target/stubs/koophone/_core.pyi python/koophone/_core.pyi

generate_stubs = $(maturin) generate-stubs --locked --features python,stubs --out target/stubs

# Without its stamp the wheel is installed again by the next target that needs it. maturin's own `develop` would hand the
# dependency groups to pip, which only the newest pip understands.
develop: $(venv)/tools
	rm -f $(venv)/package
	PATH="$(CURDIR)/$(venv)/bin:$$PATH" $(pip) --no-deps --no-build-isolation --no-index \
		--config-settings=build-args="--profile=dev --locked" --editable .

# Brings every development tool to its newest version; uv resolves for all Pythons at once, which pip cannot.
lock: $(python)
	$(python) -m venv target/uv
	target/uv/bin/python -m pip --disable-pip-version-check --quiet install uv
	target/uv/bin/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" --group dev --output-file $(lock)

clean:
	rm -rf $(venv) target

# The wheel is built once, in release, for the demo, the tests and every Python that test_wheel.py finds.
target/wheel: Cargo.toml Cargo.lock pyproject.toml README.md LICENSE target/sources $(sources) $(venv)/maturin
	@command -v cargo > /dev/null || { echo "koophone needs Rust: cargo is not on the PATH"; exit 1; }
	rm -f target/wheels/koophone-*.whl
	$(maturin) build --release --locked --interpreter "$(CURDIR)/$(python)" --out target/wheels
	@touch $@

# Changes when a source comes or goes, which no timestamp of the others tells.
target/sources: FORCE
	@mkdir -p target
	@echo $(sort $(sources)) | cmp -s - $@ || echo $(sort $(sources)) > $@

$(venv)/package: target/wheel
	$(pip) --force-reinstall --no-deps --no-index target/wheels/koophone-*.whl
	@touch $@

# The demo needs no other tool than the one that builds.
$(venv)/maturin: $(lock) | $(python)
	sed -n '/^maturin==/,/[^\\]$$/p' $(lock) > $(venv)/maturin.txt
	$(pip) --require-hashes --requirement $(venv)/maturin.txt
	@touch $@

$(venv)/tools: $(lock) | $(python)
	$(pip) --require-hashes --requirement $(lock)
	@touch $@

$(python):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "koophone needs Python 3.11 or newer: make PYTHON=python3.11 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2> /dev/null \
		|| { echo "$(PYTHON) has no ensurepip, so it cannot make a virtual environment (on Debian: python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(venv)
