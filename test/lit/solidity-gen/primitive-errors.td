// RUN: not opml-isa-gen --emit=cpp %s -I %isa_dir -I %S/Inputs -o %t.inc 2>&1 | FileCheck %s

include "Tiny.td"

// CHECK: primitive-errors.td:[[@LINE+1]]:5: error: noIr: no Ir column
def noIr : Primitive<B32, [B32]> {
  let Cpp = "$0";
  let Yul = "$0";
  let Smt = "$0";
}
// CHECK: primitive-errors.td:[[@LINE+1]]:5: error: beyond: Yul column refers to an operand beyond the 1 declared
def beyond : Primitive<B32, [B32]> {
  let Cpp = "$0";
  let Yul = "add($0, $1)";
  let Smt = "$0";
  let Ir = "$0";
}
// CHECK: primitive-errors.td:[[@LINE+1]]:5: error: unused: Smt column does not use every operand
def unused : Primitive<B32, [B32, B32]> {
  let Cpp = "$0 + $1";
  let Yul = "add($0, $1)";
  let Smt = "$0";
  let Ir = "$0 $1";
}
