// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @last
func.func private @last(%x: tensor<2x3xi64>) -> tensor<2xi64> attributes {opml.node} {
  // CHECK: arith.constant 1 : i64
  // CHECK: iterator_types = ["parallel", "reduction"]
  // CHECK: ^bb0(%[[X:.*]]: i64, %[[PRODUCT:.*]]: i64):
  // CHECK: arith.muli %[[PRODUCT]], %[[X]] : i64
  %0 = opml.ReduceProd %x {dimensions = array<i64: 1>, keepdims = 0} : (tensor<2x3xi64>) -> tensor<2xi64>
  return %0 : tensor<2xi64>
}
