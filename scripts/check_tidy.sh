#!/bin/bash
# Runs clang-tidy over all C++ that we write, as built by the release preset. A file that passed is not looked at again
# until it, something that it includes, or the checks change.
set -euo pipefail
cd "$(dirname "$0")/.."

build=build/release
passed=$build/tidy-passed
mkdir -p "$passed"

checkFile() { # FILE STAMP
  [[ -e "$passed/$2" ]] && return
  clang-tidy-22 -p "$build" --quiet "$1" 2>/dev/null && touch "$passed/$2"
}
export -f checkFile
export build passed

# Only what the build compiles for the host has an entry in the compilation database, and its includes in ninja's log.
python3 - "$build" <<'END' | xargs -P "$(nproc)" -L 1 bash -c 'checkFile "$@"' -
import functools, hashlib, json, os, re, subprocess, sys

build = sys.argv[1]

@functools.cache
def digest(file):
    with open(file, "rb") as content:
        return hashlib.sha256(content.read()).digest()

def ours(file):
    path = os.path.relpath(os.path.join(build, file))
    return None if path.startswith("../") else path

includes = {}
log = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True)
for line in log.stdout.splitlines():
    if not line.startswith(" "):
        files = set()
        includes[line.split(":")[0]] = files
    elif line.strip() and (path := ours(line.strip())):
        files.add(path)

stamps = {}
for entry in json.load(open(f"{build}/compile_commands.json")):
    path = ours(entry["file"])
    if path and path.endswith(".cpp") and not path.startswith("build/"):
        output = re.search(r" -o (\S+)", entry["command"])[1]
        files = [".clang-tidy", path, *sorted(includes.get(output, []))]
        present = [file for file in files if os.path.exists(file)]
        stamps[path] = hashlib.sha256(b"".join(map(digest, present))).hexdigest()[:32]
print("\n".join(f"{path} {stamps[path]}" for path in sorted(stamps)))
END
