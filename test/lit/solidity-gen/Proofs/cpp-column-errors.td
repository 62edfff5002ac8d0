// RUN: not opml-isa-gen --emit=smt %s -I %isa_dir -I %S/../Inputs -o %t.smt2 2>&1 | FileCheck %s

include "Tiny.td"

def Nop : Tiny<0>;

class Wrong<string cpp, string ir = "$0"> : Primitive<B32, [B32]> {
  let Cpp = cpp;
  let Yul = "$0";
  let Smt = "$0";
  let Ir = ir;
}
// CHECK: cpp-column-errors.td:[[@LINE+1]]:5: error: open: Cpp column: an expression with operators stands in parentheses
def open : Wrong<"$0 + 1">;
// CHECK: cpp-column-errors.td:[[@LINE+1]]:5: error: otherType: Cpp column: the expression is int32_t, expected uint32_t
def otherType : Wrong<"int32_t($0)">;
// CHECK: cpp-column-errors.td:[[@LINE+1]]:5: error: unknownFunction: Cpp column: unknown function 'std::abs' of these operands
def unknownFunction : Wrong<"std::abs($0)">;
// CHECK: cpp-column-errors.td:[[@LINE+1]]:5: error: unknownName: Cpp column: unknown name 'other'
def unknownName : Wrong<"($0 + other)">;
// CHECK: cpp-column-errors.td:[[@LINE+1]]:5: error: irWidth: Ir column: the result has 64 bits, expected 32
def irWidth : Wrong<"$0", "B.CreateZExt($0, B.getInt64Ty())">;
// CHECK: cpp-column-errors.td:[[@LINE+1]]:5: error: irCast: Ir column: 'B.CreateTrunc' does not fit its operands
def irCast : Wrong<"$0", "B.CreateTrunc($0, B.getInt64Ty())">;
// CHECK: cpp-column-errors.td:[[@LINE+1]]:5: error: irUnknown: Ir column: unknown function 'B.CreateFoo' of these operands
def irUnknown : Wrong<"$0", "B.CreateFoo($0)">;
