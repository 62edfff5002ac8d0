// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%a: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: math.absf %[[X]] : f32
  %0 = opml.Abs %a : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: @signed
func.func private @signed(%a: tensor<3xi8>) -> tensor<3xi8> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: i8, %{{.*}}: i8):
  // CHECK: %[[NEGATIVE:.*]] = arith.subi %{{.*}}, %[[X]] : i8
  // CHECK: arith.maxsi %[[X]], %[[NEGATIVE]] : i8
  %0 = opml.Abs %a : (tensor<3xi8>) -> tensor<3xi8>
  return %0 : tensor<3xi8>
}

// CHECK-LABEL: @unsigned
func.func private @unsigned(%a: tensor<3xui8>) -> tensor<3xui8> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: i8, %{{.*}}: i8):
  // CHECK: linalg.yield %[[X]] : i8
  %0 = opml.Abs %a : (tensor<3xui8>) -> tensor<3xui8>
  return %0 : tensor<3xui8>
}
