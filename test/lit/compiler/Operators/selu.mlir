// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[EXP:.*]] = math.exp %[[X]] : f32
  // CHECK: %[[PRODUCT:.*]] = arith.mulf %[[ALPHA:.*]], %[[EXP]] : f32
  // CHECK: %[[CURVE:.*]] = arith.subf %[[PRODUCT]], %[[ALPHA]] : f32
  // CHECK: %[[POSITIVE:.*]] = arith.cmpf ogt, %[[X]], %{{.*}} : f32
  // CHECK: %[[CHOSEN:.*]] = arith.select %[[POSITIVE]], %[[X]], %[[CURVE]] : f32
  // CHECK: arith.mulf %{{.*}}, %[[CHOSEN]] : f32
  %0 = opml.Selu %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
