# `make help` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
CARGO ?= cargo
MACRO_MODULES := libs/booking/src/rules/*.rs

.PHONY: help
help: ## List these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

.PHONY: demo
demo: ## Everything in one process, to browse (TOUR=1: a scripted run that checks each step; EMPTY=1: no other people; NOW=time; PORT=number)
	@$(CARGO) build --locked -p fairtermin
	@target/debug/fairtermin demo $(if $(TOUR),--tour) $(if $(PORT),--port $(PORT)) $(if $(EMPTY),--empty) $(if $(NOW),--now $(NOW))

.PHONY: test
test: lint ## Lint, then every test against real PostgreSQL, Redis, RabbitMQ, Helm and a browser
	@e2e/test.sh

.PHONY: lint
lint: ## Format, clippy, docs, the arrows between the crates and retired words
	@$(CARGO) fmt --all --check || { echo "lint: run 'cargo fmt --all'"; exit 1; }
	@# cargo fmt does not see modules that a macro declares (`registry!`).
	@rustfmt --edition 2024 --check $(MACRO_MODULES) || { echo "lint: run 'rustfmt --edition 2024 $(MACRO_MODULES)'"; exit 1; }
	@$(CARGO) clippy --locked --workspace --all-targets --quiet -- -D warnings
	@RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --no-deps --quiet
	@# With --workspace: alone, they would build what they stand on with other features, once more.
	@$(CARGO) build --locked --quiet --workspace --bin arrows --bin words
	@target/debug/arrows
	@target/debug/words

.PHONY: bench
bench: ## What the services cost, as ratios to bare programs on the same engines (target/bench.json)
	@e2e/bench/run.sh

.PHONY: tour-services
tour-services: ## The same tour against four processes on PostgreSQL, Redis and RabbitMQ
	@e2e/tour-services.sh

.PHONY: notification-preview
notification-preview: ## Every e-mail in every language, as pages below target/notification-preview
	@$(CARGO) run --locked --quiet -p notification --example preview

.PHONY: schema
schema: ## Write the chart's values.schema.json from the Rust types
	@$(CARGO) run --locked --quiet -p fairtermin -- schema > target/values.schema.json
	@mv target/values.schema.json charts/fairtermin/values.schema.json

.PHONY: openapi
openapi: ## Write the OpenAPI documents of the services from the Rust code
	@for service in slot identity notification portal; do \
	  $(CARGO) run --locked --quiet -p fairtermin -- openapi $$service > target/openapi.json; \
	  mv target/openapi.json services/$$service/api/openapi.json; \
	done

.PHONY: proto-release
proto-release: ## After an intended addition to proto/: its released descriptors and AsyncAPI document
	@PROTO_RELEASE=1 $(CARGO) test --locked --quiet -p proto

.PHONY: image
image: ## An OCI archive of the program in target/image.tar, without a container engine
	@services/fairtermin/image/build.sh

.PHONY: sbom
sbom: ## What the image contains and under which licences (target/sbom)
	@services/fairtermin/image/sbom.sh

.PHONY: release
release: ## Image, chart, program, SBOM, checksums and signatures in target/dist (SIGNING_KEY=file IMAGE_REFERENCE=name)
	@services/fairtermin/image/release.sh

.PHONY: test-browser
test-browser: ## The portal in Chromium and Firefox: pages x languages x browsers x checks, and its numbers
	@e2e/browser/test.sh --all

.PHONY: test-keycloak
test-keycloak: ## Log-ins at Keycloak (fetched from Maven Central): code flow, key rotation, log-out
	@e2e/keycloak/test.sh --verbose

.PHONY: test-restore
test-restore: ## The runbook's way back to a moment, with a real PostgreSQL (ROWS=1000000)
	@e2e/restore/test.sh $(or $(ROWS),100000)

.PHONY: test-fhir
test-fhir: ## Every kind of FHIR answer, validated by HAPI's validator (fetched from Maven Central)
	@e2e/fhir/test.sh

.PHONY: test-clients
test-clients: ## Clients in Go, Java and Rust, generated from the OpenAPI documents: they compile
	@e2e/clients/test.sh

.PHONY: simulate
simulate: ## Agents against the engine's crates: tables and pictures in e2e/simulation (at most 20 minutes)
	@$(CARGO) run --locked --quiet -p simulation

.PHONY: adversary
adversary: ## The trader plays against running services; fails on every success that is not allowed
	@e2e/adversary/test.sh

.PHONY: chaos
chaos: ## kill -9 of every process and engine, in turn and in pairs, while people book (SECONDS=600, SEED=1)
	@e2e/chaos/test.sh --seconds $(or $(SECONDS),600) --seed $(or $(SEED),1)

.PHONY: test-kube
test-kube: ## What needs a real Kubernetes API server: KUBECONFIG's, or one built here (needs Go)
	@e2e/kube/test.sh
