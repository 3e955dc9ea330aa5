# Everything a visitor or CI wants of the project; `make help` lists it.
SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
# With Swift's own libraries inside: it runs where no Swift is installed, and starts in 20 ms instead of 27.
RELEASE := $(SWIFT) build -c release --static-swift-stdlib --scratch-path .build-release
# Inputs and results of `make bench`, and the fuzzers' findings.
BENCH_DIR ?= .build-bench
FUZZ_SECONDS ?= 60
FORMATTED := Package.swift Sources Queries Tests

.DEFAULT_GOAL := help
.PHONY: help setup build release demo lint format test record conformance bench fuzz test-report test-browsers test-servers test-kills test-datasette test-formats install uninstall clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## install the C libraries that are missing (Debian; root or sudo)
	@.ci/setup

build: setup ## build the program for development
	$(SWIFT) build --product corsleuth

release: setup ## build the program as it is installed
	$(RELEASE) --product corsleuth

demo: build ## analyse the recordings of SampleData
	@echo; echo "\$$ corsleuth analyze SampleData/login-redirect.har"; echo
	@.build/debug/corsleuth analyze SampleData/login-redirect.har
	@rm -f .build/demo.db .build/demo.db-*
	@echo; echo "\$$ corsleuth import --store .build/demo.db SampleData"; echo
	@.build/debug/corsleuth import --store .build/demo.db SampleData
	@echo; echo "\$$ corsleuth query --store .build/demo.db root-causes"; echo
	@.build/debug/corsleuth query --store .build/demo.db root-causes
	@echo; echo "\$$ corsleuth report --store .build/demo.db --top 3"; echo
	@.build/debug/corsleuth report --store .build/demo.db --top 3

lint:
	$(SWIFT) format lint --strict --recursive $(FORMATTED)

format: ## format the sources in place
	$(SWIFT) format --in-place --recursive $(FORMATTED)

test: setup lint ## lint, build with checked imports, and run every test
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build --disable-xctest

record: setup ## write the sessions' outputs and the README's tables anew; fails if any changed
	CORSLEUTH_RECORD=1 $(SWIFT) test --disable-xctest --filter 'EndToEndTests|ProjectTests'

conformance: setup ## verdicts beside real browsers' own, as a table
	@Tests/Bench/conformance.sh

bench: release ## speed and pairing beside other tools, as tables
	@Tests/Bench/bench.sh "$(BENCH_DIR)" .build-release/release/corsleuth

fuzz: setup ## mutate inputs for FUZZ_SECONDS (60) seconds a reader
	@Tests/Fuzzing/fuzz.sh "$(FUZZ_SECONDS)"

test-servers: build ## nginx, Apache, Caddy and HAProxy on loopback: every line of their logs is read, every fix mends (skipped with a message where one can't be installed)
	@Tests/ServerTests/run.sh .build/debug/corsleuth

test-kills: build ## imports killed 50 times at random moments
	CORSLEUTH_KILLS=50 $(SWIFT) test --disable-xctest --filter KillTests

test-report: build ## the HTML report in headless Chromium and Firefox (skipped with a message where none can be installed)
	@Tests/BrowserTests/run.sh

test-browsers: build ## requests by chance in headless Chromium, Firefox and WebKit: what is said of their HARs and of nginx's logs is what they decided (skipped with a message where none can be installed)
	@Tests/BrowserTests/run.sh 'oracle*_test.py'

test-datasette: build ## the store in sqlite3, DuckDB, pandas and Datasette, by the README's lines (skipped with a message where they can't be had)
	@Tests/OpenerTests/run.sh .build/debug/corsleuth 'store_*.py'

test-formats: build ## JUnit, SARIF and OpenMetrics in strict readers (skipped with a message where they can't be had)
	@Tests/OpenerTests/run.sh .build/debug/corsleuth 'format_*.py'

install: release ## program, completions and man page below PREFIX (/usr/local)
	install -D -s -m 755 .build-release/release/corsleuth "$(DESTDIR)$(PREFIX)/bin/corsleuth"
	@mkdir -p .build-release/share
	@cd .build-release/share && ../release/corsleuth --generate-completion-script bash >corsleuth.bash
	@cd .build-release/share && ../release/corsleuth --generate-completion-script zsh >_corsleuth
	@cd .build-release/share && ../release/corsleuth --generate-completion-script fish >corsleuth.fish
	# The plugin of the same name would build the whole program once more, to ask it for its commands.
	$(SWIFT) build --scratch-path .build-release --product generate-manual
	.build-release/debug/generate-manual .build-release/release/corsleuth --output-directory .build-release/share
	install -D -m 644 .build-release/share/corsleuth.bash "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/corsleuth"
	install -D -m 644 .build-release/share/_corsleuth "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_corsleuth"
	install -D -m 644 .build-release/share/corsleuth.fish "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/corsleuth.fish"
	install -D -m 644 .build-release/share/corsleuth.1 "$(DESTDIR)$(PREFIX)/share/man/man1/corsleuth.1"

uninstall: ## remove what install put there
	rm -f "$(DESTDIR)$(PREFIX)/bin/corsleuth" "$(DESTDIR)$(PREFIX)/share/man/man1/corsleuth.1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/corsleuth" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_corsleuth" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/corsleuth.fish"

clean: ## remove everything that was built
	rm -rf .build .build-release .build-bench .build-fuzz
