// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @channels
func.func private @channels(%a: tensor<2x3x4xf32>, %b: tensor<3x1xf32>) -> tensor<2x3x4xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[SLOPE:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[NEGATIVE:.*]] = arith.cmpf olt, %[[X]], %{{.*}} : f32
  // CHECK: %[[SCALED:.*]] = arith.mulf %[[SLOPE]], %[[X]] : f32
  // CHECK: arith.select %[[NEGATIVE]], %[[SCALED]], %[[X]] : f32
  %0 = opml.PRelu %a, %b : (tensor<2x3x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  return %0 : tensor<2x3x4xf32>
}
