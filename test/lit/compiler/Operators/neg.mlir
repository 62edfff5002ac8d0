// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%a: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: arith.negf %[[X]] : f32
  %0 = opml.Neg %a : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: @integer
func.func private @integer(%a: tensor<3xi8>) -> tensor<3xi8> attributes {opml.node} {
  // CHECK: %[[ZERO:.*]] = arith.constant 0 : i8
  // CHECK: arith.subi %[[ZERO]], %{{.*}} : i8
  %0 = opml.Neg %a : (tensor<3xi8>) -> tensor<3xi8>
  return %0 : tensor<3xi8>
}
