#!/bin/bash
# Checks the formatting of all C, C++ and Solidity that we write, without changing anything.
set -euo pipefail
cd "$(dirname "$0")/.."

git ls-files -z '*.cpp' '*.c' '*.h' | xargs -0 -r clang-format-22 --dry-run --Werror
cd solidity-gen/contracts
../../node_modules/.bin/forge fmt --check test
