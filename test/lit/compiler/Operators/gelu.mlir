// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @exact
func.func private @exact(%x: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[SCALED:.*]] = arith.mulf %[[X]], %{{.*}} : f32
  // CHECK: %[[ERF:.*]] = math.erf %[[SCALED]] : f32
  // CHECK: %[[HALF:.*]] = arith.mulf %{{.*}}, %[[X]] : f32
  // CHECK: %[[GATE:.*]] = arith.addf %{{.*}}, %[[ERF]] : f32
  // CHECK: arith.mulf %[[HALF]], %[[GATE]] : f32
  %0 = opml.Gelu %x : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: @tanh
func.func private @tanh(%x: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[SQUARE:.*]] = arith.mulf %[[X]], %[[X]] : f32
  // CHECK: arith.mulf %[[SQUARE]], %[[X]] : f32
  // CHECK: math.tanh
  %0 = opml.Gelu %x {approximate = "tanh"} : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
