// RUN: opml-opt %s -opml-simplify | FileCheck %s
// The result types are checked against what the operator infers.

// CHECK-LABEL: @copied_and_inferred
func.func @copied_and_inferred(%x: tensor<2x3x4xf32>) -> tensor<2x12xf32> {
  // CHECK: opml.View %{{.*}} : tensor<2x3x4xf32> -> tensor<2x12xf32>
  %s = opml.Constant "s" dense<[0, -1]> : tensor<2xi64>
  %0 = opml.Reshape %x, %s : (tensor<2x3x4xf32>, tensor<2xi64>) -> tensor<2x12xf32>
  return %0 : tensor<2x12xf32>
}

// CHECK-LABEL: @to_scalar
func.func @to_scalar(%x: tensor<1x1xf64>) -> tensor<f64> {
  // CHECK: opml.View %{{.*}} : tensor<1x1xf64> -> tensor<f64>
  %s = opml.Constant "s" dense<> : tensor<0xi64>
  %0 = opml.Reshape %x, %s : (tensor<1x1xf64>, tensor<0xi64>) -> tensor<f64>
  return %0 : tensor<f64>
}

// CHECK-LABEL: @allowzero
func.func @allowzero(%x: tensor<0x3xi1>) -> tensor<5x0xi1> {
  // CHECK: opml.View %{{.*}} : tensor<0x3xi1> -> tensor<5x0xi1>
  %s = opml.Constant "s" dense<[5, 0]> : tensor<2xi64>
  %0 = opml.Reshape %x, %s {allowzero = 1} : (tensor<0x3xi1>, tensor<2xi64>) -> tensor<5x0xi1>
  return %0 : tensor<5x0xi1>
}

// CHECK-LABEL: @inferred_zero
func.func @inferred_zero(%x: tensor<0x3xf32>) -> tensor<3x0xf32> {
  // CHECK: opml.View %{{.*}} : tensor<0x3xf32> -> tensor<3x0xf32>
  %s = opml.Constant "s" dense<[3, -1]> : tensor<2xi64>
  %0 = opml.Reshape %x, %s : (tensor<0x3xf32>, tensor<2xi64>) -> tensor<3x0xf32>
  return %0 : tensor<3x0xf32>
}
