// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// A stretched dimension is read at 0, not copied.
// CHECK-DAG: #[[A:.*]] = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
// CHECK-DAG: #[[B:.*]] = affine_map<(d0, d1, d2) -> (d1, 0)>
// CHECK-DAG: #[[C:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>

// CHECK-LABEL: @broadcast
func.func private @broadcast(%a: tensor<2x1x4xf32>, %b: tensor<3x1xf32>) -> tensor<2x3x4xf32> attributes {opml.node} {
  // CHECK: linalg.generic {indexing_maps = [#[[A]], #[[B]], #[[C]]], iterator_types = ["parallel", "parallel", "parallel"]}
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[Y:.*]]: f32, %{{.*}}: f32):
  // CHECK: arith.addf %[[X]], %[[Y]] : f32
  %0 = opml.Add %a, %b : (tensor<2x1x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  return %0 : tensor<2x3x4xf32>
}

// CHECK-LABEL: @scalars
func.func private @scalars(%a: tensor<i32>, %b: tensor<i32>) -> tensor<i32> attributes {opml.node} {
  // CHECK: iterator_types = []
  // CHECK: arith.addi
  %0 = opml.Add %a, %b : (tensor<i32>, tensor<i32>) -> tensor<i32>
  return %0 : tensor<i32>
}

// CHECK-LABEL: @empty
func.func private @empty(%a: tensor<0x4xf32>, %b: tensor<1x4xf32>) -> tensor<0x4xf32> attributes {opml.node} {
  // CHECK: arith.addf
  %0 = opml.Add %a, %b : (tensor<0x4xf32>, tensor<1x4xf32>) -> tensor<0x4xf32>
  return %0 : tensor<0x4xf32>
}
