// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-DAG: #[[ROTATED:.*]] = affine_map<(d0, d1, d2) -> (d2, d0, d1)>
// CHECK-DAG: #[[REVERSED:.*]] = affine_map<(d0, d1, d2) -> (d2, d1, d0)>
// CHECK-DAG: #[[INORDER:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>

// Bits are moved: a NaN keeps its payload.
// CHECK-LABEL: @rotated
func.func private @rotated(%x: tensor<2x3x4xf32>) -> tensor<3x4x2xf32> attributes {opml.node} {
  // CHECK: linalg.generic {indexing_maps = [#[[ROTATED]], #[[INORDER]]], iterator_types = ["parallel", "parallel", "parallel"]}
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK-NEXT: linalg.yield %[[X]]
  %0 = opml.Transpose %x {perm = array<i64: 1, 2, 0>} : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
  return %0 : tensor<3x4x2xf32>
}

// CHECK-LABEL: @reversed_without_perm
func.func private @reversed_without_perm(%x: tensor<2x3x4xui8>) -> tensor<4x3x2xui8> attributes {opml.node} {
  // CHECK: linalg.generic {indexing_maps = [#[[REVERSED]], #[[INORDER]]]
  %0 = opml.Transpose %x : (tensor<2x3x4xui8>) -> tensor<4x3x2xui8>
  return %0 : tensor<4x3x2xui8>
}
