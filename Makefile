# `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python

.PHONY: help setup lock demo up down code mail test lint chaos explore model mutants bench attack fuzz audit sbom

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

setup:  ## install what the other targets need (quick when run again)
	@infra/setup.sh

demo: setup  ## the main job on the local stack (RESIDENTS=2000, DATA=<folder>, ONCE=1)
	@$(PY) -m demo

up: setup  ## serve the local stack until Ctrl-C (RESET=1 starts empty)
	@$(PY) -m infra.local.stack_command up

down:  ## end a running stack
	@$(PY) -m infra.local.stack_command down

code:  ## the authenticator code of a demo account (STAFF=anna)
	@$(PY) -m infra.local.code $(STAFF)

mail:  ## the e-mail that the stack sent (TO=anna@regionalna.example)
	@$(PY) -m infra.local.mails $(TO)

test: setup  ## all tests (T=tests/unit for some, WORKERS=3 side by side)
	@infra/setup.sh test
	@$(PY) -m pytest -m "not alone" -n $(or $(WORKERS),3) --dist loadfile --no-loadscope-reorder $(or $(T),tests) || [ $$? = 5 ]
	@$(PY) -m pytest -m alone -n 2 --dist loadfile --no-loadscope-reorder $(or $(T),tests) || [ $$? = 5 ]

lint: setup  ## ruff, mypy, eslint, tsc
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@npx --no-install eslint web-admin web-residents web-shared infra
	@npx --no-install tsc -p tsconfig.json
	@npx --no-install tsc -p tsconfig.worker.json

chaos: setup  ## alerts sent while everything fails, half an hour (RUNS=100, SEED=1, RESIDENTS=2000, LEASE=2, CHANNEL=stub, THREADS=3)
	@$(PY) -m tests.chaos

explore: setup  ## lives of alerts and residents under virtual time, each by its seed (SEEDS=10000, FIRST=1)
	@$(PY) -m tests.explore

model: setup  ## the protocol of a delivery, all of its states (Spin)
	@infra/setup.sh model
	@$(PY) -m tests.model

mutants: setup  ## whether mypy or a test notices when a line of the rules is wrong (M=shared/geo for one folder); goes on where it was stopped
	@$(PY) -m tests.mutants $(M)

attack: setup  ## attacks on the local stack: how many were tried, how many succeeded 
	@$(PY) -m tests.attack

fuzz: setup  ## requests that are dear or odd against every route, with what they cost (ROUNDS=20, SEED=1)
	@$(PY) -m tests.fuzz

audit: setup  ## known holes in the pinned packages, as far as the services answer
	@$(PY) -m infra.supply_chain.audit

sbom: setup  ## what the product is made of (CycloneDX JSON)
	@$(PY) -m infra.supply_chain.sbom

bench:  ## the benchmarks (B=sender for one); writes docs/performance.md
	@infra/setup.sh bench
	@$(PY) -m benchmarks $(B)

lock:  ## pin the versions of requirements*.in anew
	.venv/bin/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.txt requirements.in
	.venv/bin/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements-dev.txt requirements-dev.in
