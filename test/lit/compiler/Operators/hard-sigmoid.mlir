// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @default
func.func private @default(%a: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[PRODUCT:.*]] = arith.mulf %[[X]], %{{.*}} : f32
  // CHECK: %[[LINE:.*]] = arith.addf %[[PRODUCT]], %{{.*}} : f32
  // CHECK: %[[CAPPED:.*]] = arith.minimumf %[[LINE]], %{{.*}} : f32
  // CHECK: arith.maximumf %[[CAPPED]], %{{.*}} : f32
  %0 = opml.HardSigmoid %a : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
