// RUN: opml-opt %s -opml-lower-to-linalg -split-input-file -verify-diagnostics | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%c: tensor<3xi1>, %x: tensor<2x3xf32>, %y: tensor<f32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[C:.*]]: i8, %[[X:.*]]: f32, %[[Y:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[TRUE:.*]] = arith.cmpi ne, %[[C]], %{{.*}} : i8
  // CHECK: %[[CHOSEN:.*]] = arith.select %[[TRUE]], %[[X]], %[[Y]] : f32
  // CHECK: arith.bitcast %[[CHOSEN]] : f32 to i32
  // CHECK: %[[NAN:.*]] = arith.constant 0x7FC00000 : f32
  // CHECK: arith.select %{{.*}}, %[[NAN]], %[[CHOSEN]] : f32
  %0 = opml.Where %c, %x, %y : (tensor<3xi1>, tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: @bool
func.func private @bool(%c: tensor<3xi1>, %x: tensor<3xi1>, %y: tensor<3xi1>) -> tensor<3xi1> attributes {opml.node} {
  // CHECK: %[[CHOSEN:.*]] = arith.select %{{.*}} : i8
  // CHECK-NEXT: linalg.yield %[[CHOSEN]] : i8
  %0 = opml.Where %c, %x, %y : (tensor<3xi1>, tensor<3xi1>, tensor<3xi1>) -> tensor<3xi1>
  return %0 : tensor<3xi1>
}

// -----

func.func private @types(%c: tensor<3xi1>, %x: tensor<3xf32>, %y: tensor<3xi32>) -> tensor<3xf32> attributes {opml.node} {
  // expected-error @+2 {{the types of X and Y, 'tensor<3xf32>' and 'tensor<3xi32>', differ}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Where %c, %x, %y : (tensor<3xi1>, tensor<3xf32>, tensor<3xi32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
