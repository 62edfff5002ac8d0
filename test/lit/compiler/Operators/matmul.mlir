// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// Loops are batch, row, column and, innermost, k.
// CHECK-DAG: #[[BATCH_A:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, 0, d2, d4)>
// CHECK-DAG: #[[BATCH_B:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d1, d4, d3)>
// CHECK-DAG: #[[BATCH_Y:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0, d1, d2) -> (d2)>
// CHECK-DAG: #[[ROW_B:.*]] = affine_map<(d0, d1, d2) -> (d0, d2, d1)>
// CHECK-DAG: #[[ROW_Y:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-DAG: #[[DOT:.*]] = affine_map<(d0) -> (d0)>
// CHECK-DAG: #[[DOT_Y:.*]] = affine_map<(d0) -> ()>

// CHECK-LABEL: @batches
func.func private @batches(%a: tensor<5x1x2x3xf32>, %b: tensor<4x3x7xf32>) -> tensor<5x4x2x7xf32> attributes {opml.node} {
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK: %[[START:.*]] = linalg.fill ins(%[[ZERO]]
  // CHECK: linalg.generic {indexing_maps = [#[[BATCH_A]], #[[BATCH_B]], #[[BATCH_Y]]], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]}
  // CHECK-SAME: outs(%[[START]]
  // CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %[[ACC:.*]]: f32):
  // CHECK: math.fma %[[A]], %[[B]], %[[ACC]] : f32
  %0 = opml.MatMul %a, %b : (tensor<5x1x2x3xf32>, tensor<4x3x7xf32>) -> tensor<5x4x2x7xf32>
  return %0 : tensor<5x4x2x7xf32>
}

// CHECK-LABEL: @row_vector
func.func private @row_vector(%a: tensor<3xui32>, %b: tensor<4x3x7xui32>) -> tensor<4x7xui32> attributes {opml.node} {
  // CHECK: linalg.generic {indexing_maps = [#[[ROW]], #[[ROW_B]], #[[ROW_Y]]], iterator_types = ["parallel", "parallel", "reduction"]}
  // CHECK: %[[P:.*]] = arith.muli
  // CHECK: arith.addi %{{.*}}, %[[P]] : i32
  %0 = opml.MatMul %a, %b : (tensor<3xui32>, tensor<4x3x7xui32>) -> tensor<4x7xui32>
  return %0 : tensor<4x7xui32>
}

// CHECK-LABEL: @vectors
func.func private @vectors(%a: tensor<3xf32>, %b: tensor<3xf32>) -> tensor<f32> attributes {opml.node} {
  // CHECK: linalg.generic {indexing_maps = [#[[DOT]], #[[DOT]], #[[DOT_Y]]], iterator_types = ["reduction"]}
  %0 = opml.MatMul %a, %b : (tensor<3xf32>, tensor<3xf32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// An empty sum is +0.
// CHECK-LABEL: @no_inner
func.func private @no_inner(%a: tensor<2x0xf32>, %b: tensor<0x3xf32>) -> tensor<2x3xf32> attributes {opml.node} {
  // CHECK: linalg.fill
  %0 = opml.MatMul %a, %b : (tensor<2x0xf32>, tensor<0x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
