// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @alpha
func.func private @alpha(%a: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[ALPHA:.*]] = arith.constant 2.000000e+00 : f32
  // CHECK: %[[ABOVE:.*]] = arith.cmpf ogt, %[[X]], %[[ALPHA]] : f32
  // CHECK: arith.select %[[ABOVE]], %[[X]], %{{.*}} : f32
  %0 = opml.ThresholdedRelu %a {alpha = 2.0 : f32} : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
