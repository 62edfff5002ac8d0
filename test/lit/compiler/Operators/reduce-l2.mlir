// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @last
func.func private @last(%x: tensor<2x3xf32>) -> tensor<2xf32> attributes {opml.node} {
  // CHECK: iterator_types = ["parallel", "reduction"]
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[SUM:.*]]: f32):
  // CHECK: math.fma %[[X]], %[[X]], %[[SUM]] : f32
  // CHECK: math.sqrt
  %0 = opml.ReduceL2 %x {dimensions = array<i64: 1>, keepdims = 0} : (tensor<2x3xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
