// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[EXP:.*]] = math.exp %[[X]] : f32
  // CHECK: %[[GROWN:.*]] = arith.subf %[[EXP]], %{{.*}} : f32
  // CHECK: %[[SCALED:.*]] = arith.mulf %{{.*}}, %[[GROWN]] : f32
  // CHECK: %[[NEGATIVE:.*]] = arith.cmpf olt, %[[X]], %{{.*}} : f32
  // CHECK: arith.select %[[NEGATIVE]], %[[SCALED]], %[[X]] : f32
  %0 = opml.Elu %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
