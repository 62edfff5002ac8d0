// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @last
func.func private @last(%x: tensor<2x3xf32>) -> tensor<2xf32> attributes {opml.node} {
  // CHECK: arith.constant 0xFF800000 : f32
  // CHECK: iterator_types = ["parallel", "reduction"]
  // CHECK: arith.maximumf
  %0 = opml.ReduceMax %x {dimensions = array<i64: 1>, keepdims = 0} : (tensor<2x3xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
