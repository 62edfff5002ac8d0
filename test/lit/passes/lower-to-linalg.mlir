// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s
// What all operators share; their bodies are in test/lit/compiler/Operators.

// CHECK-LABEL: func.func private @unsigned(
// CHECK-SAME: %{{.*}}: tensor<2xi8>, %{{.*}}: tensor<2xi8>) -> tensor<2xi8>
func.func private @unsigned(%a: tensor<2xui8>, %b: tensor<2xui8>) -> tensor<2xui8> attributes {opml.node} {
  // CHECK: arith.addi %{{.*}}, %{{.*}} : i8
  %0 = opml.Add %a, %b : (tensor<2xui8>, tensor<2xui8>) -> tensor<2xui8>
  // CHECK: return %{{.*}} : tensor<2xi8>
  return %0 : tensor<2xui8>
}

// CHECK-LABEL: func.func private @views(
func.func private @views(%a: tensor<2x3xf32>, %b: tensor<f32>, %c: tensor<1x1xf32>) -> (tensor<3x2xf32>, tensor<1x1xf32>, tensor<6xf32>, tensor<f32>) attributes {opml.node} {
  // CHECK: %[[C:.*]] = tensor.collapse_shape %{{.*}} {{\[}}[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  // CHECK: tensor.expand_shape %[[C]] {{\[}}[0, 1]] output_shape [3, 2] : tensor<6xf32> into tensor<3x2xf32>
  %0 = opml.View %a : tensor<2x3xf32> -> tensor<3x2xf32>
  // CHECK: %[[E:.*]] = tensor.expand_shape %{{.*}} [] output_shape [1] : tensor<f32> into tensor<1xf32>
  // CHECK: %[[F:.*]] = tensor.expand_shape %[[E]] {{\[}}[0, 1]] output_shape [1, 1] : tensor<1xf32> into tensor<1x1xf32>
  %1 = opml.View %b : tensor<f32> -> tensor<1x1xf32>
  // CHECK: tensor.collapse_shape %{{.*}} {{\[}}[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  %2 = opml.View %a : tensor<2x3xf32> -> tensor<6xf32>
  // CHECK: tensor.collapse_shape %{{.*}} [] : tensor<1xf32> into tensor<f32>
  %3 = opml.View %c : tensor<1x1xf32> -> tensor<f32>
  return %0, %1, %2, %3 : tensor<3x2xf32>, tensor<1x1xf32>, tensor<6xf32>, tensor<f32>
}

// Only node functions are lowered.
// CHECK-LABEL: func.func @main(
func.func @main(%a: tensor<2xf32>) -> tensor<2xf32> {
  // CHECK: opml.Relu
  %0 = opml.Relu %a : (tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
