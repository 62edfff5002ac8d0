// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @last
func.func private @last(%x: tensor<2x3xui8>) -> tensor<2xui8> attributes {opml.node} {
  // CHECK: arith.constant -1 : i8
  // CHECK: iterator_types = ["parallel", "reduction"]
  // CHECK: arith.minui
  %0 = opml.ReduceMin %x {dimensions = array<i64: 1>, keepdims = 0} : (tensor<2x3xui8>) -> tensor<2xui8>
  return %0 : tensor<2xui8>
}
