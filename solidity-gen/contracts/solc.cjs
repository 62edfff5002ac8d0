#!/usr/bin/env node
// The compiler that forge runs: npm's solc (WebAssembly) behind the two options of the native solc that
// forge uses. Forge takes the sources' contents from its own standard-json, so nothing is read here.
'use strict';
const { readFileSync } = require('node:fs');
const solc = require('solc');

const args = process.argv.slice(2);
if (args.includes('--version')) {
  // Forge parses the native compiler's text and refuses a version that names Emscripten.
  const version = solc.version().replace(/\.Emscripten\.clang$/, '.Linux.g++');
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${version}`);
} else if (args.includes('--standard-json')) {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')));
} else {
  console.error('error: solc.cjs answers --version and --standard-json only');
  process.exitCode = 1;
}
