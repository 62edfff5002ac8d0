// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @three
func.func private @three(%a: tensor<2x1xf32>, %b: tensor<3xf32>, %c: tensor<f32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %[[C:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[AB:.*]] = arith.maximumf %[[A]], %[[B]] : f32
  // CHECK: arith.maximumf %[[AB]], %[[C]] : f32
  %0 = opml.Max %a, %b, %c : (tensor<2x1xf32>, tensor<3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: @one
func.func private @one(%a: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: linalg.yield %[[X]] : f32
  %0 = opml.Max %a : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: @signed
func.func private @signed(%a: tensor<3xi64>, %b: tensor<3xi64>) -> tensor<3xi64> attributes {opml.node} {
  // CHECK: arith.maxsi
  %0 = opml.Max %a, %b : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  return %0 : tensor<3xi64>
}

// CHECK-LABEL: @unsigned
func.func private @unsigned(%a: tensor<3xui16>, %b: tensor<3xui16>) -> tensor<3xui16> attributes {opml.node} {
  // CHECK: arith.maxui
  %0 = opml.Max %a, %b : (tensor<3xui16>, tensor<3xui16>) -> tensor<3xui16>
  return %0 : tensor<3xui16>
}
