// RUN: opml-opt %s -opml-simplify | FileCheck %s

// CHECK-LABEL: func.func @reshape_becomes_view
func.func @reshape_becomes_view(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  // CHECK-NOT: opml.Constant
  // CHECK: %[[V:.*]] = opml.View %{{.*}} : tensor<2x3xf32> -> tensor<3x2xf32>
  // CHECK: return %[[V]]
  %s = opml.Constant "s" dense<[3, -1]> : tensor<2xi64>
  %0 = opml.Reshape %x, %s : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<3x2xf32>
  return %0 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @views_of_views
// CHECK-SAME: %[[X:.*]]: tensor<2x3x4xf32>
func.func @views_of_views(%x: tensor<2x3x4xf32>) -> (tensor<24x1xf32>, tensor<2x3x4xf32>) {
  // CHECK: %[[V:.*]] = opml.View %[[X]] : tensor<2x3x4xf32> -> tensor<24x1xf32>
  // CHECK: return %[[V]], %[[X]]
  %0 = opml.Flatten %x : (tensor<2x3x4xf32>) -> tensor<2x12xf32>
  %s = opml.Constant "s" dense<[24, 1]> : tensor<2xi64>
  %1 = opml.Reshape %0, %s : (tensor<2x12xf32>, tensor<2xi64>) -> tensor<24x1xf32>
  %2 = opml.View %0 : tensor<2x12xf32> -> tensor<2x3x4xf32>
  %3 = opml.Identity %2 : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %1, %3 : tensor<24x1xf32>, tensor<2x3x4xf32>
}

// CHECK-LABEL: func.func @data_constant_becomes_weight
func.func @data_constant_becomes_weight(%x: tensor<2xi64>) -> (tensor<2xi64>, tensor<2xi64>) {
  // CHECK: %[[W:.*]] = opml.Weight "c" : tensor<2xi64>
  // CHECK: %[[S:.*]] = opml.Add %{{.*}}, %[[W]]
  // CHECK: return %[[S]], %[[W]]
  %c = opml.Constant "c" dense<[1, 2]> : tensor<2xi64>
  %0 = opml.Add %x, %c : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
  return %0, %c : tensor<2xi64>, tensor<2xi64>
}
