// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @middle
func.func private @middle(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> attributes {opml.node} {
  // CHECK: arith.constant 0xFF800000 : f32
  // CHECK: iterator_types = ["parallel", "parallel", "reduction"]
  // CHECK: arith.maximumf
  // CHECK: arith.subf
  // CHECK: math.exp
  // CHECK: arith.constant 0.000000e+00 : f32
  // CHECK: iterator_types = ["parallel", "parallel", "reduction"]
  // CHECK: ^bb0(%[[E:.*]]: f32, %[[SUM:.*]]: f32):
  // CHECK: arith.addf %[[SUM]], %[[E]] : f32
  // CHECK: arith.divf
  %0 = opml.Softmax %x {axis = 1} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %0 : tensor<2x3x4xf32>
}

// CHECK-LABEL: @coerced
func.func private @coerced(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> attributes {opml.node} {
  // CHECK: tensor<24xf32> into tensor<2x12x1xf32>
  %0 = opml.Softmax %x {axis = 1, coerced = 1} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %0 : tensor<2x3x4xf32>
}
