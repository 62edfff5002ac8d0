// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%a: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: arith.constant 0.166666672 : f32
  // CHECK: %[[CAPPED:.*]] = arith.minimumf
  // CHECK: %[[GATE:.*]] = arith.maximumf %[[CAPPED]]
  // CHECK: arith.mulf %[[X]], %[[GATE]] : f32
  %0 = opml.HardSwish %a : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
