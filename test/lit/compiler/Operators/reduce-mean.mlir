// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @last
func.func private @last(%x: tensor<2x3xf32>) -> tensor<2xf32> attributes {opml.node} {
  // CHECK: iterator_types = ["parallel", "reduction"]
  // CHECK: arith.addf
  // CHECK: iterator_types = ["parallel"]
  // CHECK: %[[COUNT:.*]] = arith.constant 3.000000e+00 : f32
  // CHECK: arith.divf %{{.*}}, %[[COUNT]] : f32
  %0 = opml.ReduceMean %x {dimensions = array<i64: 1>, keepdims = 0} : (tensor<2x3xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
