// RUN: opml-opt %s --opml-linalg-pipeline --opml-bufferize-pipeline --opml-guest-loops | FileCheck %s

// The elementwise operators of a node are one pass over its elements, whatever types come in between.
// Nothing of these is stored: there is no buffer but the operands and the result.
// CHECK-LABEL: @chain
// CHECK-NOT: memref.alloc
// CHECK: scf.for
// CHECK: scf.for
// CHECK-NOT: scf.for
// CHECK: memref.store %{{.*}}, %arg3
// CHECK-NOT: memref.store
// CHECK-NOT: scf.for
// CHECK: return
func.func private @chain(%x: tensor<2x3xf32>, %b: tensor<3xf32>, %i: tensor<2x3xi32>) -> tensor<2x3xf32> attributes {opml.node} {
  %0 = opml.Add %x, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %1 = opml.Gelu %0 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = opml.Less %1, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  %3 = opml.Cast %i {to = 1} : (tensor<2x3xi32>) -> tensor<2x3xf32>
  %4 = opml.Where %2, %x, %3 : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %5 = opml.HardSwish %4 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %5 : tensor<2x3xf32>
}
