// RUN: opml-opt %s -opml-simplify | FileCheck %s
// The result types are checked against what the operator infers.

// CHECK-LABEL: @axes
func.func @axes(%x: tensor<2x3x4x5xf32>) -> (tensor<1x120xf32>, tensor<2x60xf32>, tensor<24x5xf32>, tensor<120x1xf32>) {
  // CHECK-DAG: opml.View %{{.*}} : tensor<2x3x4x5xf32> -> tensor<1x120xf32>
  // CHECK-DAG: opml.View %{{.*}} : tensor<2x3x4x5xf32> -> tensor<2x60xf32>
  // CHECK-DAG: opml.View %{{.*}} : tensor<2x3x4x5xf32> -> tensor<24x5xf32>
  // CHECK-DAG: opml.View %{{.*}} : tensor<2x3x4x5xf32> -> tensor<120x1xf32>
  %0 = opml.Flatten %x {axis = -4} : (tensor<2x3x4x5xf32>) -> tensor<1x120xf32>
  %1 = opml.Flatten %x : (tensor<2x3x4x5xf32>) -> tensor<2x60xf32>
  %2 = opml.Flatten %x {axis = -1} : (tensor<2x3x4x5xf32>) -> tensor<24x5xf32>
  %3 = opml.Flatten %x {axis = 4} : (tensor<2x3x4x5xf32>) -> tensor<120x1xf32>
  return %0, %1, %2, %3 : tensor<1x120xf32>, tensor<2x60xf32>, tensor<24x5xf32>, tensor<120x1xf32>
}

// CHECK-LABEL: @scalar
func.func @scalar(%x: tensor<f32>) -> tensor<1x1xf32> {
  // CHECK: opml.View %{{.*}} : tensor<f32> -> tensor<1x1xf32>
  %0 = opml.Flatten %x {axis = 0} : (tensor<f32>) -> tensor<1x1xf32>
  return %0 : tensor<1x1xf32>
}
