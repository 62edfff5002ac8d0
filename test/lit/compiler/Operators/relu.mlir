// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK: arith.maximumf %[[X]], %[[ZERO]] : f32
  %0 = opml.Relu %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: @integer
func.func private @integer(%x: tensor<i8>) -> tensor<i8> attributes {opml.node} {
  // CHECK: arith.maxsi
  %0 = opml.Relu %x : (tensor<i8>) -> tensor<i8>
  return %0 : tensor<i8>
}
