#!/bin/bash
# Runs clang-tidy over all C++ that we write, as built by the release preset. A file that passed is not
# looked at again until it, a header or the checks change.
set -euo pipefail
cd "$(dirname "$0")/.."

build=build/release
passed=$build/tidy-passed
mkdir -p "$passed"
shared=$(git ls-files -z '*.h' '*.def' '*.td' .clang-tidy | xargs -0 cat | sha256sum)

checkFile() { # FILE
  local stamp
  stamp=$passed/$( (echo "$shared" && cat "$1") | sha256sum | cut -c1-32)
  [[ -e "$stamp" ]] && return
  clang-tidy-22 -p "$build" --quiet "$1" 2>/dev/null && touch "$stamp"
}
export -f checkFile
export build passed shared

# Only what the build compiles for the host has an entry in the compilation database.
python3 -c "
import json, os
files = {os.path.relpath(entry['file']) for entry in json.load(open('$build/compile_commands.json'))}
print('\n'.join(sorted(f for f in files if f.endswith('.cpp') and not f.startswith(('build/', '../')))))" |
  xargs -P "$(nproc)" -I{} bash -c 'checkFile {}'
