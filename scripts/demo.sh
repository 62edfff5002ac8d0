#!/bin/bash
# The whole project in a minute: compiles the example model, classifies ten digits in the VM, has the step contract on a
# local chain execute 200 steps of one of these runs, picked at random, and its first and last, and plays a whole dispute
# about it against a server that lies.
set -euo pipefail
cd "$(dirname "$0")/.."

usage="usage: scripts/demo.sh [SEED]

Sets up and builds what it needs, then runs. SEED picks the steps; without it they differ each time."
case "${1:-}" in
  "" | [0-9]*) seed=${1:-$RANDOM} ;;
  --help) echo "$usage" && exit 0 ;;
  *) echo "error: unknown argument '$1'; see scripts/demo.sh --help" >&2 && exit 2 ;;
esac

headline() { printf '\n== %s\n' "$1"; }

headline "Set-up and build"
scripts/setup.sh
cmake --preset release >/dev/null
[[ -t 1 ]] && verbosity=() || verbosity=(-- --quiet)
cmake --build --preset release --target opml-compile opml-run opml-vm opml-dispute contracts "${verbosity[@]}"
bin=build/release/bin
work=build/demo
mkdir -p "$work"
image=$work/digits.opml

headline "models/digits.onnx -> $image"
$bin/opml-compile models/digits.onnx -o "$image"
$bin/opml-vm info "$image" --verify

headline "Ten digits, classified in the VM"
right=0
for digit in {0..9}; do
  output=$($bin/opml-run "$image" --engine=interp --input "models/digits/$digit.npy")
  class=$(sed -n 's/.* top class: //p' <<<"$output")
  echo "models/digits/$digit.npy: $class   ($(tail -n 1 <<<"$output"))"
  [[ "$class" == "$digit" ]] && right=$((right + 1))
done
echo "$right of 10 right"

headline "One run as a chain sees it"
input=models/digits/7.npy
proofs=$work/proofs.jsonl
$bin/opml-vm prove "$image" --input "$input" --random 200 --seed "$seed" --first-and-last >"$proofs"
value() { sed -n "s/^$1 *//p"; }
echo "model root:          $($bin/opml-vm info "$image" | value 'model root')"
echo "final context root:  $($bin/opml-vm root "$image" --input "$input")"
echo "final state root:    $(tail -n 1 "$proofs" | sed 's/.*"postState":"\([^"]*\)".*/\1/') (the machine's, halted)"

headline "200 random steps (seed $seed), the first and the last: contract against VM"
$bin/opml-dispute arbitrate "$proofs"

headline "A dispute: a server lies about the first node of this run, and loses its bond"
$bin/opml-dispute demo "$image" --input "$input" --lie node=0
[[ "$right" == 10 ]]
