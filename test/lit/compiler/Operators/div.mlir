// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%a: tensor<2x1x4xf32>, %b: tensor<3x1xf32>) -> tensor<2x3x4xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
  // CHECK: arith.divf %[[A]], %[[B]] : f32
  %0 = opml.Div %a, %b : (tensor<2x1x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  return %0 : tensor<2x3x4xf32>
}

// CHECK-LABEL: @signed
func.func private @signed(%a: tensor<3xi16>, %b: tensor<i16>) -> tensor<3xi16> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: i16, %[[B:.*]]: i16, %{{.*}}: i16):
  // CHECK: arith.divsi %[[A]], %[[B]] : i16
  %0 = opml.Div %a, %b : (tensor<3xi16>, tensor<i16>) -> tensor<3xi16>
  return %0 : tensor<3xi16>
}

// CHECK-LABEL: @unsigned
func.func private @unsigned(%a: tensor<3xui8>, %b: tensor<3xui8>) -> tensor<3xui8> attributes {opml.node} {
  // CHECK: arith.divui %{{.*}}, %{{.*}} : i8
  %0 = opml.Div %a, %b : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xui8>
  return %0 : tensor<3xui8>
}
