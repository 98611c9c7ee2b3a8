# One configuration (debug) and one build folder (.build) for everything but the benchmarks, so that the dependencies
# are compiled once.

SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
# By lines, into a pipe as well: of a test that hangs, the name is to be read.
SWIFT_TEST = stdbuf --output=L swift test --disable-xctest --explicit-target-dependency-import-check error
# They start servers, processes and containers, and each of the two wants the machine for itself.
MEDIUM = ^(LoadBalancingTests|TaskRunningTests|LocalCloudTests)\.
LARGE = ^(EndToEndTests|TestBackendsTests)\.
# They keep all cores busy without a pause, which whoever waits in real time beside them would take for a standstill.
SWEEPS = ^SweepTests\.
SOURCES = Package.swift $(shell find Sources Tests Benchmarks -name '*.swift' -not -path '*/Generated/*')

export RECONCILE_TEST_VENV ?= $(CURDIR)/.build/venv

.PHONY: help build test sweep fuzz lint format demo demo-stop bench docs reference model clean

help: ## Shows this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Builds reconcile in .build/debug.
	@Tools/prepare.sh build
	$(SWIFT_BUILD)

test: ## Runs all tests; FILTER=name runs those whose name contains it.
	@Tools/prepare.sh test
ifdef FILTER
	$(SWIFT_TEST) --filter '$(FILTER)'
else
	$(SWIFT_TEST) --skip '$(SWEEPS)' --skip '$(MEDIUM)' --skip '$(LARGE)'
	$(SWIFT_TEST) --filter '$(SWEEPS)'
	$(SWIFT_TEST) --filter '$(MEDIUM)'
	$(SWIFT_TEST) --filter '$(LARGE)'
endif

sweep: ## Kills an apply at every moment, and has every call fail in every way.
	@Tools/prepare.sh test
	RECONCILE_SWEEP=all $(SWIFT_TEST) --filter '$(SWEEPS)'
	RECONCILE_SWEEP=all $(SWIFT_TEST) --filter '^EndToEndTests\..*KilledProgramTests'

fuzz: ## Runs each fuzzer for FUZZ_SECONDS (600); FUZZ=yaml runs that one.
	@Tools/prepare.sh build
	@Tools/fuzz.sh $(FUZZ)

lint: ## Checks the format, the directions between targets, and our rules.
	@Tools/prepare.sh build
	@swift format lint --strict --parallel $(SOURCES)
	@Tools/check-rules.sh
	$(SWIFT_BUILD) --build-tests

format: ## Formats the sources.
	@swift format --in-place --parallel $(SOURCES)

demo: ## Applies manifests/hello to the local cloud and shows what answers through the load balancer.
	@Tools/prepare.sh build
	$(SWIFT_BUILD) --product reconcile
	@Tools/demo.sh

demo-stop: ## Ends the local cloud of the demo, with everything it runs.
	@Tools/demo.sh stop

bench: ## Measures speed, memory and calls, and prints a table.
	@Tools/prepare.sh bench
	@Benchmarks/run.sh

docs: ## Writes the documentation of the targets to .build/documentation.
	@Tools/prepare.sh build
	@Tools/docs.sh

reference: ## Writes docs/manifests.md anew from the schemas of the kinds.
	@Tools/prepare.sh build
	$(SWIFT_BUILD) --product reconcile
	.build/debug/reconcile schema --markdown >docs/manifests.md

model: ## Writes Sources/AWSModel/Generated anew from the pinned botocore.
	@Tools/prepare.sh model
	.build/model-venv/bin/python Tools/generate-aws-model.py

clean: ## Removes everything that was built.
	rm -rf .build
