# `make run` runs the product, `make test` passes all tests. Both do all set-up by themselves; a step whose inputs have not
# changed is not done again.

SHELL := /usr/bin/env bash
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:

# The article names facts of the model card.
FRONTEND_SOURCES := models/tiny-vgg/MODEL_CARD.md $(shell find frontend -type f \
	-not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/src/paraglide/*' -not -path '*/project.inlang/*' -not -path '*/screenshots/*')

.PHONY: run frontend build setup test bench load browser-speed screens clean
run: build ## Build what is not built and start the server (flags: make run ARGS='--listen 127.0.0.1:9000')
	@exec target/release/convocation serve $(ARGS)

frontend: setup frontend/dist/index.html

build: frontend
	@cargo build --release --locked --quiet -p convocation

setup: .tools/prerequisites .tools/onnxruntime/lib frontend/node_modules/.package-lock.json

.tools/prerequisites: deploy/setup/prerequisites.sh rust-toolchain.toml
	@deploy/setup/prerequisites.sh
	@mkdir -p .tools && touch $@

.tools/onnxruntime/lib: deploy/setup/onnxruntime.sh deploy/setup/onnxruntime.lock .tools/prerequisites
	@deploy/setup/onnxruntime.sh
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json .tools/prerequisites
	@echo 'Installing the packages of the frontend …'
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/index.html: $(FRONTEND_SOURCES) frontend/node_modules/.package-lock.json
	@echo 'Building the frontend …'
	@cd frontend && npm run --silent build -- --logLevel warn
	@touch $@

test: setup ## Format, lints, every test: what continuous integration runs
	@tests/all.sh

bench: setup ## Inference benchmark: bare runtime against the inference crate
	@cargo bench --locked -p convocation-inference

load: build ## 1,000 followers on this machine
	@tests/load/run.sh $(ARGS)

browser-speed: build ## What users feel, in a throttled Chromium: a table of times and frame rates with their targets
	@node tests/browser-speed/start.mjs

screens: build ## Every screen and view at every size, light and dark, as one page of pictures; prints what a machine sees wrong
	@node tests/screens/start.mjs $(ARGS)

clean: ## Remove what builds made; set-up stays in .tools
	@rm -rf target frontend/dist frontend/node_modules
