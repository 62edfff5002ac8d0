// RUN: opml-opt %s --opml-canonicalize-arith --opml-verify-canonical | FileCheck %s
// RUN: opml-opt %s --opml-canonicalize-arith --canonicalize | FileCheck %s --check-prefix=FOLD

// What is left is on the allow-list, whose only other operation of the math dialect is ctlz.
// CHECK-LABEL: @functions
// CHECK-NOT: math.{{[abd-z]}}
// CHECK-NOT: math.cos
// CHECK-NOT: opml.logistic
// CHECK: return
func.func private @functions(%a: f32, %b: f32) -> f32 attributes {opml.node} {
  %0 = math.exp %a : f32
  %1 = math.log %0 : f32
  %2 = math.tanh %1 : f32
  %3 = math.erf %2 : f32
  %4 = math.sin %3 : f32
  %5 = math.cos %4 : f32
  %6 = math.powf %5, %b : f32
  %7 = opml.logistic %6 : f32
  %8 = math.floor %7 : f32
  %9 = math.ceil %8 : f32
  %10 = math.roundeven %9 : f32
  %11 = math.absf %10 : f32
  %12 = arith.negf %11 : f32
  return %12 : f32
}

// A constant is folded by the expansion: e rounded to nearest, sin(pi) with
// binary32's pi, 3^0.5.
// FOLD-LABEL: @constants
// FOLD-DAG: %[[E:.*]] = arith.constant 2.71828175 : f32
// FOLD-DAG: %[[SIN:.*]] = arith.constant -8.74227765E-8 : f32
// FOLD-DAG: %[[ROOT:.*]] = arith.constant 1.73205078 : f32
// FOLD: return %[[E]], %[[SIN]], %[[ROOT]]
func.func private @constants() -> (f32, f32, f32) attributes {opml.node} {
  %one = arith.constant 1.0 : f32
  %pi = arith.constant 3.14159274 : f32
  %three = arith.constant 3.0 : f32
  %half = arith.constant 0.5 : f32
  %0 = math.exp %one : f32
  %1 = math.sin %pi : f32
  %2 = math.powf %three, %half : f32
  return %0, %1, %2 : f32, f32, f32
}
