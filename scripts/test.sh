#!/bin/bash
# Sets up, builds and tests everything. The last line sums all suites; the exit status is 0 only if nothing failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

usage="usage: scripts/test.sh [--nightly]

Installs what is missing (scripts/setup.sh), builds the release preset and runs every test and check.
--nightly adds the long set: the debug preset with sanitizers, more random cases, more images.
Third-party test data is found through OPML_TESTDATA, by default ../shared/testdata."

nightly=0
for argument in "$@"; do
  case "$argument" in
    --nightly) nightly=1 ;;
    --help) echo "$usage" && exit 0 ;;
    *) echo "error: unknown option '$argument'; see scripts/test.sh --help" >&2 && exit 2 ;;
  esac
done

# What is tested is compiled by the build at hand.
export OPML_CACHE_DIR=

results=$PWD/build/test-results
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0

# Reports what a suite came to and adds it to the totals. A suite that fails without a failed case (a crash, results
# that were never written) counts as one failure.
count() { # NAME STATUS SECONDS-AT-START RESULT-FILE...
  local p=0 f=0 s=0
  read -r p f s < <(scripts/count_results.py "${@:4}")
  ((f == 0 && ($2 != 0 || p + s == 0))) && f=1
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  echo "== $1: $p passed, $f failed, $s skipped ($((SECONDS - $3)) s)"
}

# Runs a check that passes or fails as a whole; its output matters only if it fails.
check() { # NAME COMMAND...
  local start=$SECONDS
  if "${@:2}" >"$results/$1.log" 2>&1; then
    passed=$((passed + 1))
    echo "== $1: passed ($((SECONDS - start)) s)"
  else
    failed=$((failed + 1))
    tail -n 200 "$results/$1.log"
    echo "== $1: failed ($((SECONDS - start)) s)"
  fi
}

build() { # PRESET
  cmake --preset "$1" >/dev/null && cmake --build --preset "$1"
}

runCtest() { # PRESET NIGHTLY
  local start=$SECONDS out=$results/ctest-$1
  mkdir -p "$out"
  OPML_NIGHTLY=$2 GTEST_OUTPUT="xml:$out/" LIT_OPTS="--xunit-xml-output=$out/lit.xml" ctest --preset "$1" -j "$(nproc)" --quiet \
    --output-log "$results/ctest-$1.log" --output-junit "$out/ctest.xml"
  local status=$?
  ((status == 0)) || cat "$results/ctest-$1.log"
  count "ctest ($1)" $status $start "$out"/*.xml
}

runNode() {
  local start=$SECONDS
  OPML_NIGHTLY=$nightly node --test --test-reporter=tap --test-reporter-destination="$results/node.tap" \
    --test-reporter=spec --test-reporter-destination=stdout \
    build/release/js/{dispute/test,test/node}/*.test.js >"$results/node.log"
  local status=$?
  ((status == 0)) || cat "$results/node.log"
  count node $status $start "$results/node.tap"
}

runForge() {
  local start=$SECONDS
  export FOUNDRY_OUT=$PWD/build/forge/out FOUNDRY_CACHE_PATH=$PWD/build/forge/cache
  ((nightly)) && export FOUNDRY_PROFILE=nightly
  (cd solidity-gen/contracts && ../../node_modules/.bin/forge test --junit) >"$results/forge.log" 2>&1
  local status=$?
  ((status == 0)) || cat "$results/forge.log"
  # What forge says about compiling stands before the XML.
  sed -n '/<?xml/,/<\/testsuites>/p' "$results/forge.log" >"$results/forge.xml"
  count forge $status $start "$results/forge.xml"
}

scripts/setup.sh || exit 1
check format scripts/check_format.sh
check build build release
runForge
runCtest release $nightly
runNode
check tidy scripts/check_tidy.sh
if ((nightly)); then
  check build-debug build debug
  runCtest debug 0 # slow enough with the sanitizers
fi

echo "test.sh took $((SECONDS / 60)) min $((SECONDS % 60)) s"
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
