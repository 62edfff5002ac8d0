// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[MAGNITUDE:.*]] = math.absf %[[X]] : f32
  // CHECK: %[[NEGATIVE:.*]] = arith.negf %[[MAGNITUDE]] : f32
  // CHECK: %[[DECAY:.*]] = math.exp %[[NEGATIVE]] : f32
  // CHECK: %[[SUM:.*]] = arith.addf %{{.*}}, %[[DECAY]] : f32
  // CHECK: %[[REST:.*]] = math.log %[[SUM]] : f32
  // CHECK: %[[LINE:.*]] = arith.maximumf %[[X]], %{{.*}} : f32
  // CHECK: arith.addf %[[LINE]], %[[REST]] : f32
  %0 = opml.Softplus %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
