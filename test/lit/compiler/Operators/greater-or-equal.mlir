// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
// CHECK-SAME: -> tensor<2x3xi8>
func.func private @float(%a: tensor<2x3xf32>, %b: tensor<3xf32>) -> tensor<2x3xi1> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: i8):
  // CHECK: %[[C:.*]] = arith.cmpf ole, %[[B]], %[[A]] : f32
  // CHECK: arith.extui %[[C]] : i1 to i8
  %0 = opml.GreaterOrEqual %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  return %0 : tensor<2x3xi1>
}

// CHECK-LABEL: @signed
func.func private @signed(%a: tensor<3xi64>, %b: tensor<3xi64>) -> tensor<3xi1> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: i64, %[[B:.*]]: i64, %{{.*}}: i8):
  // CHECK: arith.cmpi sle, %[[B]], %[[A]] : i64
  %0 = opml.GreaterOrEqual %a, %b : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi1>
  return %0 : tensor<3xi1>
}

// CHECK-LABEL: @unsigned
func.func private @unsigned(%a: tensor<3xui8>, %b: tensor<3xui8>) -> tensor<3xi1> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: i8, %[[B:.*]]: i8, %{{.*}}: i8):
  // CHECK: arith.cmpi ule, %[[B]], %[[A]] : i8
  %0 = opml.GreaterOrEqual %a, %b : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xi1>
  return %0 : tensor<3xi1>
}
