#!/bin/bash
# Installs what the project needs on Debian 12: packages from Debian, and the chain tools and test
# dependencies from npm as package-lock.json pins them. Says what it installs; does nothing when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
  # Compiler and libraries that the project is built on (docs/architecture.md).
  llvm-22-dev llvm-22-tools libmlir-22-dev mlir-22-tools clang-22 libclang-rt-22-dev lld-22 liblld-22-dev
  libonnx-dev protobuf-compiler libprotobuf-dev nlohmann-json3-dev libexpected-dev libhwy-dev
  cmake ninja-build ccache git ca-certificates
  # Checks and tests.
  clang-format-22 clang-tidy-22 libgtest-dev libbenchmark-dev z3 qemu-user csmith libcsmith-dev xz-utils libssl-dev zlib1g-dev
  libmpfr-dev python3-mpmath
  libstdc++-12-dev-arm64-cross
  # Training of the example model, lit.
  python3 python3-numpy python3-onnx
)

nodeMajor() { node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/' || true; }
# A node from elsewhere than Debian is left alone; Debian's own npm would conflict with it.
[[ "$(nodeMajor)" -ge 18 ]] || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  [[ "$status" == "install ok installed" ]] || missing+=("$package")
done

if ((${#missing[@]})); then
  asRoot=()
  if [[ "$(id -u)" != 0 ]]; then
    command -v sudo >/dev/null || {
      echo "error: installing needs root; run as root, or install: ${missing[*]}" >&2
      exit 1
    }
    asRoot=(sudo)
  fi
  echo "setup: installing from Debian: ${missing[*]}"
  install=("${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends)
  # The package lists of a fresh machine are absent, those of an old one may be stale.
  "${install[@]}" "${missing[@]}" >/dev/null 2>&1 || {
    "${asRoot[@]}" apt-get update -qq
    "${install[@]}" "${missing[@]}" >/dev/null
  }
fi

# npm records in node_modules what it installed; the copy of the lock says for which lock that was.
installed=node_modules/.installed-package-lock.json
if ! cmp -s package-lock.json "$installed"; then
  echo "setup: installing from npm: $(node -p 'Object.entries(require("./package.json").devDependencies).map(([n, v]) => `${n}@${v}`).join(" ")')"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json "$installed"
fi
echo "setup: complete"
