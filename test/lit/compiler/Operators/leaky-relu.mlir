// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @default
func.func private @default(%a: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[ALPHA:.*]] = arith.constant 0.00999999977 : f32
  // CHECK: %[[SCALED:.*]] = arith.mulf %[[X]], %[[ALPHA]] : f32
  // CHECK: %[[NEGATIVE:.*]] = arith.cmpf olt, %[[X]], %{{.*}} : f32
  // CHECK: arith.select %[[NEGATIVE]], %[[SCALED]], %[[X]] : f32
  %0 = opml.LeakyRelu %a : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
