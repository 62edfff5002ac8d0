// RUN: opml-opt %s -opml-drop-empty-buffers | FileCheck %s

// A product over nothing keeps its start, and the copy of its operand into scratch goes with its view.
// CHECK-LABEL: func.func @empty_inner(
// CHECK-SAME: %[[A:.*]]: memref<0xf32>, %{{.*}}: memref<0xf32>, %[[Y:.*]]: memref<2x3xf32>)
// CHECK-NEXT: %[[ZERO:.*]] = arith.constant
// CHECK-NEXT: linalg.fill ins(%[[ZERO]] : f32) outs(%[[Y]] : memref<2x3xf32>)
// CHECK-NEXT: return
func.func @empty_inner(%a: memref<2x0xf32>, %scratch: memref<2x1x0xf32>, %y: memref<2x3xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<2x3xf32>)
  %view = memref.expand_shape %a [[0, 1], [2]] output_shape [2, 1, 0] : memref<2x0xf32> into memref<2x1x0xf32>
  linalg.copy ins(%view : memref<2x1x0xf32>) outs(%scratch : memref<2x1x0xf32>)
  linalg.generic {
      indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (i, j)>],
      iterator_types = ["parallel", "parallel", "reduction"]
    } ins(%a : memref<2x0xf32>) outs(%y : memref<2x3xf32>) {
    ^bb0(%x: f32, %sum: f32):
      %next = math.fma %x, %x, %sum : f32
      linalg.yield %next : f32
  }
  return
}

// CHECK-LABEL: func.func @full(
// CHECK-SAME: memref<2x1xf32>
// CHECK-NEXT: linalg.copy
func.func @full(%a: memref<2x1xf32>, %b: memref<2x1xf32>) {
  linalg.copy ins(%a : memref<2x1xf32>) outs(%b : memref<2x1xf32>)
  return
}
