// RUN: opml-opt %s --opml-bufferize-pipeline --opml-guest-loops=sums=4 | FileCheck %s
// RUN: opml-opt %s --opml-bufferize-pipeline --opml-guest-loops=sums=4 --cse | FileCheck %s --check-prefix=PANELS

#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (k, j)>
#panels = affine_map<(i, j, k) -> (j floordiv 16, k, j mod 16)>
#y = affine_map<(i, j, k) -> (i, j)>

// Fifteen columns: twice four at a time, then four and the three that are left; three are not less
// than half. Each has its own sum, over k in order.
// CHECK-LABEL: func.func private @integers
// CHECK-DAG: %[[SEVEN:.*]] = arith.constant 7 : index
// CHECK: scf.for
// CHECK: %[[END:.*]] = arith.constant 12 : index
// CHECK: %[[FOUR:.*]] = arith.constant 4 : index
// CHECK: scf.for %[[J:.*]] = %{{.*}} to %[[END]] step %[[FOUR]]
// CHECK-NEXT: scf.for %{{.*}} = %{{.*}} to %[[SEVEN]] step
// CHECK-COUNT-4: arith.addi %{{.*}}, %{{.*}} : i32
// CHECK-NOT: arith.addi {{.*}} : i32
// CHECK: scf.for %{{.*}} = %{{.*}} to %[[SEVEN]] step
// CHECK-COUNT-3: arith.addi %{{.*}}, %{{.*}} : i32
// CHECK-NOT: arith.addi {{.*}} : i32
// CHECK: return
func.func private @integers(%a: tensor<5x7xi8>, %b: tensor<7x15xi8>) -> tensor<5x15xi32> attributes {opml.node} {
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<5x15xi32>
  %f = linalg.fill ins(%zero : i32) outs(%e : tensor<5x15xi32>) -> tensor<5x15xi32>
  %0 = linalg.generic {indexing_maps = [#a, #b, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<5x7xi8>, tensor<7x15xi8>) outs(%f : tensor<5x15xi32>) {
  ^bb0(%x: i8, %w: i8, %sum: i32):
    %wideX = arith.extsi %x : i8 to i32
    %wideW = arith.extsi %w : i8 to i32
    %p = arith.muli %wideX, %wideW : i32
    %s = arith.addi %sum, %p : i32
    linalg.yield %s : i32
  } -> tensor<5x15xi32>
  return %0 : tensor<5x15xi32>
}

// Six columns at once: the two that are left over join the first four.
// CHECK-LABEL: func.func private @at_once
// CHECK: scf.for %{{.*}} = %{{.*}} to %{{.*}} step
// CHECK: memref.store %c0
// CHECK-COUNT-6: arith.addi %{{.*}}, %{{.*}} : i32
// CHECK-NOT: arith.addi {{.*}} : i32
// CHECK: return
func.func private @at_once(%a: tensor<5x7xi8>, %b: tensor<7x6xi8>) -> tensor<5x6xi32> attributes {opml.node} {
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<5x6xi32>
  %f = linalg.fill ins(%zero : i32) outs(%e : tensor<5x6xi32>) -> tensor<5x6xi32>
  %0 = linalg.generic {indexing_maps = [#a, #b, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<5x7xi8>, tensor<7x6xi8>) outs(%f : tensor<5x6xi32>) {
  ^bb0(%x: i8, %w: i8, %sum: i32):
    %wideX = arith.extsi %x : i8 to i32
    %wideW = arith.extsi %w : i8 to i32
    %p = arith.muli %wideX, %wideW : i32
    %s = arith.addi %sum, %p : i32
    linalg.yield %s : i32
  } -> tensor<5x6xi32>
  return %0 : tensor<5x6xi32>
}

// Panels of 16 columns: each four have one panel and one place in it, from which the others are counted.
// PANELS-DAG: #[[PANEL:.*]] = affine_map<(d0) -> (d0 floordiv 16)>
// PANELS-DAG: #[[PLACE:.*]] = affine_map<(d0) -> (d0 mod 16)>
// PANELS-LABEL: func.func private @panels
// PANELS: scf.for %[[J:[^ ]+]] = %{{.*}} to %c32 step %c4
// PANELS-NEXT: scf.for
// PANELS: %[[P:.*]] = affine.apply #[[PANEL]](%[[J]])
// PANELS: %[[L:.*]] = affine.apply #[[PLACE]](%[[J]])
// PANELS: memref.load %arg1[%[[P]], %{{.*}}, %[[L]]]
// PANELS-NOT: affine.apply #[[PANEL]]
// PANELS-NOT: affine.apply #[[PLACE]]
// PANELS: %[[L1:.*]] = arith.addi %[[L]], %c1
// PANELS: memref.load %arg1[%[[P]], %{{.*}}, %[[L1]]]
// PANELS: %[[L2:.*]] = arith.addi %[[L]], %c2
// PANELS: memref.load %arg1[%[[P]], %{{.*}}, %[[L2]]]
// PANELS: %[[L3:.*]] = arith.addi %[[L]], %c3
// PANELS: memref.load %arg1[%[[P]], %{{.*}}, %[[L3]]]
// PANELS-NOT: affine.apply #[[PANEL]]
// PANELS: return
func.func private @panels(%a: tensor<5x7xi8>, %b: tensor<2x7x16xi8>) -> tensor<5x32xi32> attributes {opml.node} {
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<5x32xi32>
  %f = linalg.fill ins(%zero : i32) outs(%e : tensor<5x32xi32>) -> tensor<5x32xi32>
  %0 = linalg.generic {indexing_maps = [#a, #panels, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<5x7xi8>, tensor<2x7x16xi8>) outs(%f : tensor<5x32xi32>) {
  ^bb0(%x: i8, %w: i8, %sum: i32):
    %wideX = arith.extsi %x : i8 to i32
    %wideW = arith.extsi %w : i8 to i32
    %p = arith.muli %wideX, %wideW : i32
    %s = arith.addi %sum, %p : i32
    linalg.yield %s : i32
  } -> tensor<5x32xi32>
  return %0 : tensor<5x32xi32>
}

// CHECK-LABEL: func.func private @floats
// CHECK: math.fma
// CHECK-NOT: math.fma
func.func private @floats(%a: tensor<5x7xf32>, %b: tensor<7x6xf32>, %c: tensor<5x6xf32>) -> tensor<5x6xf32> attributes {opml.node} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<5x6xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<5x6xf32>) -> tensor<5x6xf32>
  %0 = linalg.generic {indexing_maps = [#a, #b, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<5x7xf32>, tensor<7x6xf32>) outs(%f : tensor<5x6xf32>) {
  ^bb0(%x: f32, %w: f32, %sum: f32):
    %s = math.fma %x, %w, %sum : f32
    linalg.yield %s : f32
  } -> tensor<5x6xf32>
  return %0 : tensor<5x6xf32>
}
