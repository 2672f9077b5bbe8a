# What each target does stands beside it; `make` alone prints the list.

export PATH := $(HOME)/.cargo/bin:$(PATH)

# Arguments for the server: make run ARGS="--listen 127.0.0.1:8080"
ARGS ?=

.DEFAULT_GOAL := help
# What is fuzzed, and for how many seconds: make fuzz TARGET=request_json TIME=600
TARGET ?=
TIME ?= 60
.PHONY: help run build web languages test test-vm soak fuzz lint fmt bench install-hooks clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Set up what is missing, build, and serve on http://127.0.0.1:10100
	@scripts/setup.sh
	@scripts/web.sh build || echo "The page could not be built; the server works without it." >&2
	cargo run --release --locked -- prepare || echo "The server works without it." >&2
	cargo run --release --locked -- serve $(ARGS)

build: web ## Set up what is missing and build target/release/codecanvas, with its page
	@scripts/setup.sh
	cargo build --release --locked

web: ## Build the playground's page (Node.js), which the next build of the program takes in
	@scripts/web.sh build

languages: ## Install the toolchains of all languages that are missing (Debian packages)
	@scripts/setup.sh
	scripts/languages.sh --release

test: ## Run the whole test suite, with every language installed first; as root, as an ordinary user and in virtual machines too
	@scripts/setup.sh
	@scripts/test.sh

test-vm: ## Run the sandbox's tests and all attacks on it on cgroup v2, in virtual machines with two kernels, with and without systemd (root)
	@scripts/setup.sh
	@scripts/test.sh --machines

# How long `make soak` goes on, in seconds.
SECONDS ?= 3600

soak: ## Load a server for an hour with good and hostile programs, and see that nothing grows or is left (make soak SECONDS=600)
	@scripts/setup.sh
	@scripts/web.sh build
	CODECANVAS_SOAK_SECONDS=$(SECONDS) cargo test --release --locked --test api soak -- --nocapture

fuzz: ## Search for input that breaks a promise: make fuzz TARGET=request_json TIME=60 (nightly Rust and cargo-fuzz)
	@scripts/fuzz.sh "$(TARGET)" "$(TIME)"

lint: ## Check format, clippy and documentation; a warning is an error
	@scripts/setup.sh rustfmt clippy
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --locked

fmt: ## Format the source
	@scripts/setup.sh rustfmt
	cargo fmt --all

bench: ## Measure speed on this machine, in a quarter of an hour: target/bench has the results (more runs: ARGS="--soak 100000")
	@scripts/setup.sh
	scripts/languages.sh --release
	CODECANVAS_URL= cargo run --release --locked -- bench --aims --table target/bench/table.txt \
		--json target/bench/bench.json --svg target/bench/bench.svg $(ARGS)

install-hooks: ## Format staged files at each commit
	install -m 755 scripts/pre-commit "$$(git rev-parse --git-path hooks)/pre-commit"

clean: ## Remove everything that was built
	cargo clean
