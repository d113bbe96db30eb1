# The two commands: `make run` and `make test`. The rest of the build is meson's.
BUILD ?= build

.PHONY: run test bench build clean

# Installs what is missing, builds, trains on the shipped sales if there is no model yet, values a house, and opens the
# desktop program, or the one for terminals where there is no desktop.
run:
	@.ci/install-packages run
	@.ci/build $(BUILD) -Dtests=false
	@.ci/first-run $(BUILD)

test:
	@.ci/install-packages run test
	@.ci/build $(BUILD) -Dtests=true
	@meson test -C $(BUILD) --no-rebuild --print-errorlogs

bench:
	@.ci/install-packages run test bench
	@.ci/build $(BUILD) -Dtests=true
	@tests/bench/run $(BUILD)

build:
	@.ci/install-packages run
	@.ci/build $(BUILD)

clean:
	rm -rf $(BUILD)
