// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @three
func.func private @three(%a: tensor<2x1xf32>, %b: tensor<3xf32>, %c: tensor<f32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %[[C:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[AB:.*]] = arith.addf %[[A]], %[[B]] : f32
  // CHECK: %[[SUM:.*]] = arith.addf %[[AB]], %[[C]] : f32
  // CHECK: linalg.yield %[[SUM]] : f32
  %0 = opml.Sum %a, %b, %c : (tensor<2x1xf32>, tensor<3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
