// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @both
func.func private @both(%x: tensor<3xf32>, %a: tensor<f32>, %b: tensor<f32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[MIN:.*]]: f32, %[[MAX:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[RAISED:.*]] = arith.maximumf %[[X]], %[[MIN]] : f32
  // CHECK: arith.minimumf %[[RAISED]], %[[MAX]] : f32
  %0 = opml.Clip %x, %a, %b {operandSegmentSizes = array<i32: 1, 1, 1>} : (tensor<3xf32>, tensor<f32>, tensor<f32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: @only_max
func.func private @only_max(%x: tensor<3xui8>, %b: tensor<ui8>) -> tensor<3xui8> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: i8, %[[MAX:.*]]: i8, %{{.*}}: i8):
  // CHECK-NOT: arith.max
  // CHECK: arith.minui %[[X]], %[[MAX]] : i8
  %0 = opml.Clip %x, %b {operandSegmentSizes = array<i32: 1, 0, 1>} : (tensor<3xui8>, tensor<ui8>) -> tensor<3xui8>
  return %0 : tensor<3xui8>
}

// CHECK-LABEL: @attributes
func.func private @attributes(%x: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: %[[LOWER:.*]] = arith.constant -1.000000e+00 : f32
  // CHECK: arith.maximumf %{{.*}}, %[[LOWER]] : f32
  // CHECK: %[[UPPER:.*]] = arith.constant 6.000000e+00 : f32
  // CHECK: arith.minimumf %{{.*}}, %[[UPPER]] : f32
  %0 = opml.Clip %x {lower = -1.0 : f32, upper = 6.0 : f32, operandSegmentSizes = array<i32: 1, 0, 0>} : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
