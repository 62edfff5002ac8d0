// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%a: tensor<2x1x4xf32>, %b: tensor<3x1xf32>) -> tensor<2x3x4xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
  // CHECK: arith.subf %[[A]], %[[B]] : f32
  %0 = opml.Sub %a, %b : (tensor<2x1x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  return %0 : tensor<2x3x4xf32>
}

// CHECK-LABEL: @signed
func.func private @signed(%a: tensor<3xi16>, %b: tensor<i16>) -> tensor<3xi16> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: i16, %[[B:.*]]: i16, %{{.*}}: i16):
  // CHECK: arith.subi %[[A]], %[[B]] : i16
  %0 = opml.Sub %a, %b : (tensor<3xi16>, tensor<i16>) -> tensor<3xi16>
  return %0 : tensor<3xi16>
}
