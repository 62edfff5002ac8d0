// RUN: opml-opt %s --opml-parallel-loops --opml-split-stages --canonicalize | FileCheck %s

#id = affine_map<(n, i, k) -> (n, i, k)>
#out = affine_map<(n, i, k) -> (n, i)>
#scalar = affine_map<() -> ()>

// Every op is a stage over its outermost parallel loop that goes round more than once; reductions stay inside, in order.
// CHECK-LABEL: func.func @rows.0(
// CHECK-SAME: %[[X:[^:]*]]: memref<1x4x8xf32> {llvm.noalias}, %[[Y:[^:]*]]: memref<1x4xf32> {llvm.noalias},
// CHECK-SAME: %[[BEGIN:[^:]*]]: index, %[[END:[^:]*]]: index)
// CHECK-SAME: attributes {opml.iterations = 4 : i64, opml.node, opml.stage_of = @rows, opml.work = 4 : i64}
// CHECK: scf.for %[[I:.*]] = %[[BEGIN]] to %[[END]]
// CHECK-NEXT: memref.store %{{.*}}, %[[Y]][%{{.*}}, %[[I]]]
// CHECK-LABEL: func.func @rows.1(
// CHECK-SAME: opml.iterations = 4 : i64, opml.node, opml.stage_of = @rows, opml.work = 32 : i64
// CHECK: scf.for %[[I:.*]] = %{{.*}} to
// CHECK-NEXT: scf.for %[[K:.*]] = %c0 to %c8
// CHECK-NOT: scf.for
// CHECK: memref.store
// A stage takes along the views and constants that it needs, and no other.
// CHECK-LABEL: func.func @rows.2(
// CHECK: %[[VIEW:.*]] = memref.collapse_shape
// CHECK: memref.store %{{.*}}, %[[VIEW]]
// CHECK-NOT: func.func @rows
func.func private @rows(%x: memref<1x4x8xf32> {llvm.noalias}, %y: memref<1x4xf32> {llvm.noalias}) attributes {opml.node} {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %view = memref.collapse_shape %y [[0, 1]] : memref<1x4xf32> into memref<4xf32>
  linalg.fill ins(%zero : f32) outs(%y : memref<1x4xf32>)
  linalg.generic {indexing_maps = [#id, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x : memref<1x4x8xf32>) outs(%y : memref<1x4xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %s = arith.addf %acc, %a : f32
    linalg.yield %s : f32
  }
  linalg.fill ins(%one : f32) outs(%view : memref<4xf32>)
  return
}

// A scalar is one iteration.
// CHECK-LABEL: func.func @scalar.0(
// CHECK-SAME: opml.iterations = 1 : i64
func.func private @scalar(%x: memref<f32>, %y: memref<f32>) attributes {opml.node} {
  linalg.generic {indexing_maps = [#scalar, #scalar], iterator_types = []} ins(%x : memref<f32>) outs(%y : memref<f32>) {
  ^bb0(%a: f32, %out: f32):
    %s = arith.addf %a, %a : f32
    linalg.yield %s : f32
  }
  return
}
