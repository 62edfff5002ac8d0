// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%x: tensor<2x3xf32>, %y: tensor<f32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[Y:.*]]: f32, %{{.*}}: f32):
  // CHECK: math.powf %[[X]], %[[Y]] : f32
  %0 = opml.Pow %x, %y : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: @integer
func.func private @integer(%x: tensor<3xf32>, %y: tensor<3xi64>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[Y:.*]]: i64, %{{.*}}: f32):
  // CHECK: %[[EXPONENT:.*]] = arith.sitofp %[[Y]] : i64 to f32
  // CHECK: math.powf %[[X]], %[[EXPONENT]] : f32
  %0 = opml.Pow %x, %y : (tensor<3xf32>, tensor<3xi64>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: @unsigned
func.func private @unsigned(%x: tensor<3xf32>, %y: tensor<3xui8>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: arith.uitofp %{{.*}} : i8 to f32
  %0 = opml.Pow %x, %y : (tensor<3xf32>, tensor<3xui8>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
