// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%a: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: math.roundeven %[[X]] : f32
  %0 = opml.Round %a : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
