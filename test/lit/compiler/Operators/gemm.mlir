// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-DAG: #[[AT:.*]] = affine_map<(d0, d1, d2) -> (d2, d0)>
// CHECK-DAG: #[[BT:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-DAG: #[[Y3:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[C:.*]] = affine_map<(d0, d1) -> (0, d1)>
// CHECK-DAG: #[[A:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[B:.*]] = affine_map<(d0, d1, d2) -> (d2, d1)>

// CHECK-LABEL: @all
func.func private @all(%a: tensor<3x2xf32>, %b: tensor<4x3xf32>, %c: tensor<1x4xf32>) -> tensor<2x4xf32> attributes {opml.node} {
  // CHECK: %[[START:.*]] = linalg.fill
  // CHECK: %[[P:.*]] = linalg.generic {indexing_maps = [#[[AT]], #[[BT]], #[[Y3]]], iterator_types = ["parallel", "parallel", "reduction"]}
  // CHECK-SAME: outs(%[[START]]
  // CHECK: math.fma
  // CHECK: linalg.generic {indexing_maps = [#[[Y]], #[[C]], #[[Y]]], iterator_types = ["parallel", "parallel"]} ins(%[[P]], %arg2
  // CHECK: ^bb0(%[[R:.*]]: f32, %[[CE:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[ALPHA:.*]] = arith.constant 5.000000e-01
  // CHECK: %[[SCALED:.*]] = arith.mulf %[[R]], %[[ALPHA]]
  // CHECK: %[[BETA:.*]] = arith.constant 2.000000e+00
  // CHECK: %[[SC:.*]] = arith.mulf %[[CE]], %[[BETA]]
  // CHECK: arith.addf %[[SCALED]], %[[SC]]
  %0 = opml.Gemm %a, %b, %c {alpha = 0.5 : f32, beta = 2.0 : f32, transA = 1, transB = 1} : (tensor<3x2xf32>, tensor<4x3xf32>, tensor<1x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// A factor of 1 is no multiplication.
// CHECK-LABEL: @bias
func.func private @bias(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>, %c: tensor<f32>) -> tensor<2x4xf32> attributes {opml.node} {
  // CHECK: linalg.generic {indexing_maps = [#[[A]], #[[B]], #[[Y3]]]
  // CHECK-NOT: arith.mulf
  // CHECK: arith.addf
  %0 = opml.Gemm %a, %b, %c : (tensor<2x3xf32>, tensor<3x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: @product
func.func private @product(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>) -> tensor<2x4xf32> attributes {opml.node} {
  // CHECK-COUNT-1: linalg.generic
  // CHECK-NOT: linalg.generic
  // CHECK: return
  %0 = opml.Gemm %a, %b {beta = 3.0 : f32} : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}
