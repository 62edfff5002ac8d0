// RUN: opml-opt %s --pass-pipeline='builtin.module(func.func(opml-vectorize-tiles{lanes=8 registers=16}, canonicalize, cse))' \
// RUN:   --split-input-file | FileCheck %s

// A product with its start and its tail: one vector for each row and panel half, k in the only loop, and the tail's
// addition on the accumulators. The buffer is written once.
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (j floordiv 16, k, j mod 16)>
#c = affine_map<(i, j, k) -> (i, j)>
// CHECK-LABEL: @product
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : vector<8xf32>
// CHECK-NOT: linalg
// CHECK: scf.forall (%{{.*}}) in (4)
// CHECK: %[[SUMS:.*]]:12 = scf.for %[[K:.*]] = %{{.*}} to %c64 step %{{.*}} iter_args(%[[ACC:[a-z0-9]+]] = %[[ZERO]], {{.*}}) -> (vector<8xf32>,
// CHECK-DAG:   %[[COLUMNS:.*]] = vector.load %arg1[%{{.*}}, %[[K]], %c0] : memref<2x64x16xf32>, vector<8xf32>
// CHECK-DAG:   %[[ROW:.*]] = memref.load %arg0[%{{.*}}, %[[K]]]
// CHECK-DAG:   %[[LANES:.*]] = vector.broadcast %[[ROW]] : f32 to vector<8xf32>
// CHECK:   math.fma %[[LANES]], %[[COLUMNS]], %[[ACC]] : vector<8xf32>
// CHECK-COUNT-11: math.fma
// CHECK-NOT: math.fma
// CHECK: scf.yield
// CHECK: %[[BIAS:.*]] = vector.load %arg2
// CHECK: %[[SUM:.*]] = arith.addf %[[SUMS]]#0, %[[BIAS]] : vector<8xf32>
// CHECK: vector.store %[[SUM]], %arg3
// CHECK-NOT: linalg
func.func private @product(%a: memref<12x64xf32>, %b: memref<2x64x16xf32>, %c: memref<32xf32>, %out: memref<12x32xf32>) attributes {opml.node} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%out : memref<12x32xf32>)
  linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<12x64xf32>, memref<2x64x16xf32>) outs(%out : memref<12x32xf32>) {
  ^bb0(%x: f32, %y: f32, %acc: f32):
    %f = math.fma %x, %y, %acc : f32
    linalg.yield %f : f32
  }
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<32xf32>) outs(%out : memref<12x32xf32>) {
  ^bb0(%x: f32, %y: f32):
    %s = arith.addf %y, %x : f32
    linalg.yield %s : f32
  }
  return
}

// -----

// Eleven columns: the second vector has three lanes, which alone are read and written.
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (k, j)>
#c = affine_map<(i, j, k) -> (i, j)>
// CHECK-LABEL: @rest
// CHECK: %[[MASK:.*]] = vector.constant_mask [3] : vector<8xi1>
// CHECK: vector.maskedload %arg2[%{{.*}}, %c8], %[[MASK]]
// CHECK: scf.for
// CHECK: vector.maskedload %arg1[%{{.*}}, %c8], %[[MASK]]
// CHECK: vector.maskedstore %arg2[%{{.*}}, %c8], %[[MASK]]
func.func private @rest(%a: memref<1x64xf32>, %b: memref<64x11xf32>, %out: memref<1x11xf32>) attributes {opml.node} {
  linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<1x64xf32>, memref<64x11xf32>) outs(%out : memref<1x11xf32>) {
  ^bb0(%x: f32, %y: f32, %acc: f32):
    %f = math.fma %x, %y, %acc : f32
    linalg.yield %f : f32
  }
  return
}

// -----

// Windows two apart: two loads of neighbours and a shuffle, the second load ending at the last element that is read.
#x = affine_map<(c, i, k) -> (c, i * 2 + k)>
#w = affine_map<(c, i, k) -> (k)>
#y = affine_map<(c, i, k) -> (c, i)>
// CHECK-LABEL: @strided
// CHECK: %[[LOW:.*]] = vector.load %arg0
// CHECK: %[[HIGH:.*]] = vector.load %arg0
// CHECK: vector.shuffle %[[LOW]], %[[HIGH]] [0, 2, 4, 6, 9, 11, 13, 15] : vector<8xi32>, vector<8xi32>
// CHECK: arith.maxsi %{{.*}}, %{{.*}} : vector<8xi32>
func.func private @strided(%x: memref<3x18xi32>, %window: memref<4xi32>, %out: memref<3x8xi32>) attributes {opml.node} {
  linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %window : memref<3x18xi32>, memref<4xi32>) outs(%out : memref<3x8xi32>) {
  ^bb0(%a: i32, %b: i32, %acc: i32):
    %m = arith.maxsi %a, %acc : i32
    linalg.yield %m : i32
  }
  return
}

// -----

// Left as they are: an operand that is the output, and elements smaller than a byte.
#a = affine_map<(i, j, k) -> (i, k)>
#c = affine_map<(i, j, k) -> (i, j)>
// CHECK-LABEL: @kept
// CHECK-NOT: scf.forall
// CHECK-COUNT-2: linalg.generic
func.func private @kept(%a: memref<8x8xf32>, %bits: memref<8x8xi1>, %flags: memref<8x8xi1>) attributes {opml.node} {
  linalg.generic {indexing_maps = [#a, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a : memref<8x8xf32>) outs(%a : memref<8x8xf32>) {
  ^bb0(%x: f32, %acc: f32):
    %f = arith.addf %x, %acc : f32
    linalg.yield %f : f32
  }
  linalg.generic {indexing_maps = [#a, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%bits : memref<8x8xi1>) outs(%flags : memref<8x8xi1>) {
  ^bb0(%x: i1, %acc: i1):
    %f = arith.ori %x, %acc : i1
    linalg.yield %f : i1
  }
  return
}
