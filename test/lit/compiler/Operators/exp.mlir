// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: math.exp %[[X]] : f32
  %0 = opml.Exp %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
