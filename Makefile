# The two commands of a fresh clone: `make demo` and `make test`. Everything else is for developers and users.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE := 1

HA_PYTHON ?= python3.13
HA_VENV := .venv-ha
# Another Home Assistant, 2026.10.4: make test-ha HA=test-ha-newest HA_PYTHON=python3.14 HA_VENV=.venv-ha-newest
HA ?= test-ha
HA_NEEDS := $(if $(filter test-ha-newest,$(HA)),3.14.2,3.13.0)

.PHONY: demo test check mutants test-ha dashboard card languages pictures has-pyscript laws faults bench ablation soak population public skies bench-plans bench-sun bench-hidden-sun bench-ha pymodbus-matrix lint types shape install release clean

# Two hours, in which both cars come home. The whole evening takes three times as long: make demo DEMO="--hours 16-22"
DEMO ?= --hours 17-19
demo: $(VENV)/demo
	$(BIN)/python -m simhouse demo $(DEMO)

test: check
	$(BIN)/python -m pytest $(TESTS)

# About a hundred changes of the code that the tests have to notice, each made in a copy and asked by its own tests; goes on
# where it was. Some of them: make mutants MUTANTS="tariff/ radiators/"
mutants: $(VENV)/test
	$(BIN)/python -m tests.mutants $(MUTANTS)

# Linter, types, and the figures of the shape (folders, imports, branches, sizes) with their limits, two at a time; seconds.
check: $(VENV)/test
	@$(MAKE) --no-print-directory -j2 lint types shape

# The script tests in a real Home Assistant with the real pyscript: FUSEBOX_PYSCRIPT=<a directory that holds
# custom_components/pyscript>, else release 2.1.0 is downloaded. An environment of its own: some minutes the first time.
test-ha: has-pyscript $(HA_VENV)/$(HA)
	$(HA_VENV)/bin/python -m pytest -p no:homeassistant -p no:sugar -p tests.true_ha.plugin -o asyncio_default_fixture_loop_scope=function $(or $(TESTS),tests/scripts tests/host tests/true_ha/tier tests/true_ha/flow tests/true_ha/process)

# The shipped dashboard in a real Home Assistant and a Chromium of yours; its pictures are put into docs/.
dashboard: card
	PICTURES=docs $(MAKE) test-ha TESTS="-n0 tests/true_ha/dashboard"

# docs/card_languages.png: the card in its eight languages, in a plain page and a Chromium of yours.
languages: card/node_modules/.package-lock.json
	cd card && node dev/languages.mjs

# The dashboard's card: types, tests, and the files in www/ from the sources in card/. Needs node 20 or newer.
card: card/node_modules/.package-lock.json
	cd card && npm run --silent check && npm test --silent && npm run --silent build

card/node_modules/.package-lock.json: card/package-lock.json
	cd card && npm ci --no-audit --no-fund
	@touch $@

# The other pictures in docs/, and the pages that are made from the code; some minutes.
pictures: $(VENV)/demo
	PYTHONPATH=.:pyscript/modules $(BIN)/python docs/pictures.py
	PYTHONPATH=.:pyscript/modules $(BIN)/python docs/timing_picture.py
	$(BIN)/python -m simhouse demo --config shared_garage; cp demo_out/demo.png docs/shared_garage.png
	$(BIN)/python -m simhouse demo --config zero_export --hours 08-16; cp demo_out/demo.png docs/hidden_sun.png
	$(BIN)/python -m simhouse demo --config export_limit_and_island --hours 11:30-14 --grid-gone 12:15-13 --battery-soc 60; cp demo_out/demo.png docs/island.png
	$(BIN)/python -m simhouse demo --config negative_prices --hours 11-15; cp demo_out/demo.png docs/export_limit.png
	PYTHONPATH=.:pyscript/modules $(BIN)/python docs/chargers_page.py
	PYTHONPATH=.:pyscript/modules $(BIN)/python docs/batteries_page.py
	PYTHONPATH=.:pyscript/modules $(BIN)/python docs/tuning_page.py
	PYTHONPATH=.:pyscript/modules $(BIN)/python docs/words_page.py
	PYTHONPATH=.:pyscript/modules $(BIN)/python docs/keys_page.py
	PYTHONPATH=.:pyscript/modules $(BIN)/python docs/population_page.py

has-pyscript: $(HA_VENV)/bin/python
	@$(HA_VENV)/bin/python -m tests.true_ha.pyscript_source

# The same laws as in `make test`, each on two hundred times as many random houses: with 3000 for a law that has 15 there,
# more than 100 000 altogether, which takes an hour or more. A shorter run: make laws EXAMPLES=500
EXAMPLES ?= 3000
laws: $(VENV)/test
	LAW_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest --timeout=0 --hypothesis-profile=thorough $(or $(TESTS),tests/laws)

# Fusebox beside other controllers in the same houses and with two cars on one wire, beside the frontier of a controller of
# sixty lines, how soon it reacts, evenings and a year under a tariff, and what a simulated second costs; half an hour.
# One seed of each kind of house: make bench BENCH=--quick
bench: $(VENV)/demo
	$(BIN)/python -m benchmarks.houses $(BENCH)
	$(BIN)/python -m benchmarks.two_cars
	$(BIN)/python -m benchmarks.frontier $(filter --quick,$(BENCH))
	$(BIN)/python -m benchmarks.reaction
	$(BIN)/python -m benchmarks.tariff_evenings
	$(BIN)/python -m benchmarks.tariff_year
	$(BIN)/python -m benchmarks.cost
	$(BIN)/python -m benchmarks.step

# Fusebox and other controllers in 300 random homes, an hour each: quantiles, the worst seeds, a CSV and a picture; about
# 20 s of CPU a home. Other homes, or Fusebox alone: make population POPULATION="--seeds 1000-1099 --ours"
population: $(VENV)/test
	$(BIN)/python -m benchmarks.population $(POPULATION)

# Measured minutes of sunshine beside the skies that are drawn. Of two packages only the files are needed (68 MB), so
# they are put aside without what they depend on.
skies: $(VENV)/demo .cache/skies/pvlib
	$(BIN)/python -m benchmarks.skies

.cache/skies/pvlib:
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target .cache/skies pvlib==0.10.5 pvanalytics==0.2.2

# Fusebox on public data beside what ev2gym and acnportal publish: a year of 25 homes with a car each, and working days under
# one transformer; CSVs in demo_out/. About ten minutes of CPU. A part, other draws: make public PUBLIC="--days 7 --seed 2"
public: $(VENV)/test .cache/public/ev2gym
	$(BIN)/python -m benchmarks.public street $(PUBLIC)
	$(BIN)/python -m benchmarks.public park $(PUBLIC)

.cache/public/ev2gym:
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target .cache/public ev2gym==2.0.0

# Nights with prices, with hourly fees, with negative prices, with a heat pump: two cars and a battery, beside evcc's law,
# openWB's, at once, and an integer program that knew all before; some minutes. One kind: BENCH="--kinds fees --nights 200"
bench-plans: $(VENV)/test
	$(BIN)/python -m benchmarks.plans $(BENCH)

# What is lost without each rule and number of tuning.py: in ten short houses, before the tests that ask for it, and in random
# homes, and the two pages with it. Hours of CPU; it may be stopped and goes on where it was: make ablation ABLATION="--only RAISE"
ablation: $(VENV)/test
	$(BIN)/python -m benchmarks.ablation $(ABLATION)
	test -s .cache/readers.jsonl || READERS=.cache/readers.jsonl $(BIN)/python -m pytest -p benchmarks.ablation.readers
	$(BIN)/python -m benchmarks.ablation.noticed --readers .cache/readers.jsonl $(ABLATION)
	$(BIN)/python -m benchmarks.ablation.missed $(ABLATION)
	$(BIN)/python -m benchmarks.ablation --write $(ABLATION)
	$(BIN)/python -m benchmarks.ablation.in_homes --seeds 2001-2080 --most 40 $(ABLATION)
	$(BIN)/python -m benchmarks.ablation.in_homes --seeds 2001-2080 --most 40 --write $(ABLATION)
	$(BIN)/python -m benchmarks.ablation.in_homes --sun --seeds 2001-2040 --only control/
	$(BIN)/python -m benchmarks.ablation.in_homes --sun --seeds 2001-2040 --only control/ --write
	$(BIN)/python -m docs.tuning_page
	$(BIN)/python -m docs.rules_page

# A simulated month in one process: does memory, the log or an offer drift? One to two hours of CPU: make soak SOAK="--days 3"
soak: $(VENV)/demo
	$(BIN)/python -m benchmarks.soak $(SOAK)

# Days on the sun through the Huawei and Easee links; some minutes for each pair of days. With a measured roof:
# make bench-sun BENCH="--pv pv_1min.csv"
bench-sun: $(VENV)/demo
	$(BIN)/python -m benchmarks.sun_days $(BENCH)

# Hidden sun behind three kinds of throttled inverter, compared with somebody who knows it: make bench-hidden-sun BENCH="--seeds 1"
bench-hidden-sun: $(VENV)/demo
	$(BIN)/python -m benchmarks.hidden_sun $(BENCH)

# What goes wrong, the safe state, and how long that takes: measured, some minutes. Into the page that tells of it:
# make faults FAULTS="--write docs/faults.md"; some of them: make faults FAULTS="meter_stops ocpp_offline"
faults: $(VENV)/demo
	$(BIN)/python -m simhouse faults $(FAULTS)

# The tests that meet pymodbus with each of its versions; a minute each. Some of them: make pymodbus-matrix VERSIONS=3.10.0
pymodbus-matrix: $(VENV)/test
	$(BIN)/python -m tests.pymodbus_matrix $(VERSIONS)

# What it costs inside a real Home Assistant: latency, rows of the recorder, CPU, memory; half an hour. A part of it: make bench-ha BENCH=latency
bench-ha: has-pyscript $(HA_VENV)/$(HA)
	$(HA_VENV)/bin/python -m benchmarks.ha_latency $(BENCH)

lint: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test
	$(BIN)/mypy

shape: $(VENV)/test
	$(BIN)/python -m tests.shape

# dist/: the integration for the store, the card, and their checksums; the same bytes on every machine.
release: $(VENV)/demo
	$(BIN)/python release.py

# Copies the scripts into a Home Assistant config directory: make install DEST=/config
install:
	@sh install.sh "$(DEST)"

define ha-python-fits
$(1) -c 'import sys; sys.exit(sys.version_info < tuple(map(int, "$(HA_NEEDS)".split("."))))' || { echo "NOT RUN: this Home Assistant (HA=$(HA)) needs Python $(HA_NEEDS) or newer, and an environment of its own: make test-ha HA=$(HA) HA_PYTHON=<path to it> HA_VENV=<a new folder>"; exit 2; }
endef

# One environment serves all; each mark says which extras of pyproject.toml are in it.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Fusebox needs Python 3.11 or newer: make PYTHON=python3.13 ..."; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(HA_VENV)/bin/python:
	@$(call ha-python-fits,$(HA_PYTHON))
	$(HA_PYTHON) -m venv $(HA_VENV)

$(HA_VENV)/test-ha $(HA_VENV)/test-ha-newest: pyproject.toml | $(HA_VENV)/bin/python
	@$(call ha-python-fits,$(HA_VENV)/bin/python)
	$(HA_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[$(HA)]'
	$(HA_VENV)/bin/python -m tests.true_ha.process.needs | xargs $(HA_VENV)/bin/python -m pip install --quiet --disable-pip-version-check
	@touch $@

# A link to the environment of another checkout is used as it is: an installation would make this checkout the one that
# the other imports. pip compiles all files one after the other; all processors without the packages' own tests take
# less than half of that time. A file that cannot be compiled is left as it is.
$(VENV)/%: pyproject.toml | $(VENV)/bin/python
	@if [ -L $(VENV) ]; then echo "$(VENV) is a link: nothing is installed into it"; else \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -e '.[$*]' && \
	{ $(BIN)/python -m compileall -q -j 0 -x '/tests/' $(VENV)/lib || true; } && touch $@; fi

clean:
	rm -rf $(VENV) $(HA_VENV) .venv-ha-newest demo_out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
