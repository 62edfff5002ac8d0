// RUN: opml-opt %s -opml-lower-to-linalg -split-input-file -verify-diagnostics | FileCheck %s
// RUN: opml-opt %s -opml-simplify -split-input-file -verify-diagnostics | FileCheck %s --check-prefix=SIMPLE

// CHECK: #[[X:.*]] = affine_map<(d0, d1, d2) -> (d1, d0, d2)>
// CHECK: #[[Y:.*]] = affine_map<(d0, d1, d2) -> (d0)>
// CHECK-LABEL: @outer_and_inner
func.func private @outer_and_inner(%x: tensor<2x3x4xf32>) -> tensor<1x3x1xf32> attributes {opml.node} {
  // CHECK: arith.constant 0.000000e+00 : f32
  // CHECK: indexing_maps = [#[[X]], #[[Y]]], iterator_types = ["parallel", "reduction", "reduction"]
  // CHECK: ^bb0(%[[E:.*]]: f32, %[[SUM:.*]]: f32):
  // CHECK: arith.addf %[[SUM]], %[[E]] : f32
  // CHECK: tensor.expand_shape {{.*}} output_shape [1, 3, 1]
  %0 = opml.ReduceSum %x {dimensions = array<i64: -1, 0>} : (tensor<2x3x4xf32>) -> tensor<1x3x1xf32>
  return %0 : tensor<1x3x1xf32>
}

// -----

// The axes stay in the operator when constants become weights.
// SIMPLE-LABEL: @operand
// SIMPLE-NOT: opml.Weight
// SIMPLE: opml.ReduceSum %arg0 {dimensions = array<i64: 1>, keepdims = 0 : i64, noop_with_empty_axes = 1 : i64}
func.func @operand(%x: tensor<2x3xi32>) -> tensor<2xi32> {
  %axes = opml.Constant "axes" dense<[-1]> : tensor<1xi64>
  %0 = opml.ReduceSum %x, %axes {keepdims = 0} : (tensor<2x3xi32>, tensor<1xi64>) -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// -----

// CHECK-LABEL: @none
func.func private @none(%x: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: iterator_types = ["parallel"]
  // CHECK: arith.addf
  %0 = opml.ReduceSum %x {noop_with_empty_axes = 1} : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func private @twice(%x: tensor<2x3xf32>) -> tensor<2x1xf32> attributes {opml.node} {
  // expected-error @+2 {{axes [1, -1] are not distinct dimensions of 'tensor<2x3xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.ReduceSum %x {dimensions = array<i64: 1, -1>} : (tensor<2x3xf32>) -> tensor<2x1xf32>
  return %0 : tensor<2x1xf32>
}

// -----

func.func private @computed(%x: tensor<2x3xf32>, %axes: tensor<1xi64>) -> tensor<2x1xf32> attributes {opml.node} {
  // expected-error @+2 {{the axes are not a constant}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.ReduceSum %x, %axes : (tensor<2x3xf32>, tensor<1xi64>) -> tensor<2x1xf32>
  return %0 : tensor<2x1xf32>
}
