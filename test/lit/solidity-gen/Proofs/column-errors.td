// RUN: not opml-isa-gen --emit=smt %s -I %isa_dir -I %S/../Inputs -o %t.smt2 2>&1 | FileCheck %s
// RUN: not ls %t.smt2

include "Tiny.td"

def Nop : Tiny<0>;

class Wrong<string yul, string smt = "$0"> : Primitive<B32, [B32]> {
  let Cpp = "$0";
  let Yul = yul;
  let Smt = smt;
  let Ir = "$0";
}
// CHECK: column-errors.td:[[@LINE+1]]:5: error: unknownOpcode: Yul column: unknown function 'keccak256'
def unknownOpcode : Wrong<"keccak256($0, 1)">;
// CHECK: column-errors.td:[[@LINE+1]]:5: error: wrongArity: Yul column: 'add' takes 2 operands, got 1
def wrongArity : Wrong<"add($0)">;
// CHECK: column-errors.td:[[@LINE+1]]:5: error: unclosed: Yul column: expected ')' before ''
def unclosed : Wrong<"add($0, 1">;
// CHECK: column-errors.td:[[@LINE+1]]:5: error: tail: Yul column: unexpected ')'
def tail : Wrong<"add($0, 1))">;
// CHECK: column-errors.td:[[@LINE+1]]:5: error: power: Yul column: 'exp' is understood with base 2 only
def power : Wrong<"exp($0, 3)">;
// CHECK: column-errors.td:[[@LINE+1]]:5: error: wrongWidth: Smt column: the result has 31 bits, expected 32
def wrongWidth : Wrong<"$0", "((_ extract 30 0) $0)">;
// CHECK: column-errors.td:[[@LINE+1]]:5: error: wrongSort: Smt column: 'bvadd' does not fit its operands
def wrongSort : Wrong<"$0", "(bvadd $0 #b1)">;
// CHECK: column-errors.td:[[@LINE+1]]:5: error: unknownFunction: Smt column: unknown function 'bvfoo'
def unknownFunction : Wrong<"$0", "(bvfoo $0)">;
