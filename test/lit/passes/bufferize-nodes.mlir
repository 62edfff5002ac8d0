// RUN: opml-opt %s --opml-bufferize-nodes | FileCheck %s

#id = affine_map<(i) -> (i)>

// The result is computed where it is returned.
// CHECK-LABEL: func.func private @sum
// CHECK-SAME: (%[[A:.*]]: memref<4xf32> {llvm.noalias}, %[[OUT:.*]]: memref<4xf32> {bufferize.result, llvm.noalias}) attributes {opml.node}
// CHECK-NOT: memref.alloc
// CHECK: linalg.generic {{.*}} ins(%[[A]] : memref<4xf32>) outs(%[[OUT]] : memref<4xf32>)
// CHECK: return
// CHECK-NOT: memref
func.func private @sum(%a: tensor<4xf32>) -> tensor<4xf32> attributes {opml.node} {
  %e = tensor.empty() : tensor<4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%x: f32, %out: f32):
    %s = arith.addf %x, %x : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// An operand that is returned is copied, by a loop: there is no memrefCopy in the guest.
// CHECK-LABEL: func.func private @copy
// CHECK-SAME: (%[[A:.*]]: memref<4xf32> {llvm.noalias}, %[[OUT:.*]]: memref<4xf32> {bufferize.result, llvm.noalias})
// CHECK: linalg.copy ins(%[[A]] : memref<4xf32>) outs(%[[OUT]] : memref<4xf32>)
func.func private @copy(%a: tensor<4xf32>) -> tensor<4xf32> attributes {opml.node} {
  return %a : tensor<4xf32>
}

// A padded operand is a buffer that is filled and copied into.
// CHECK-LABEL: func.func private @pad
// CHECK: %[[PADDED:.*]] = memref.alloc()
// CHECK: linalg.map outs(%[[PADDED]] : memref<6xf32>)
// CHECK: %[[INNER:.*]] = memref.subview %[[PADDED]][1] [4] [1]
// CHECK: linalg.copy ins(%{{.*}} : memref<4xf32>) outs(%[[INNER]]
func.func private @pad(%a: tensor<4xf32>) -> tensor<4xf32> attributes {opml.node} {
  %zero = arith.constant 0.0 : f32
  %p = tensor.pad %a low[1] high[1] {
  ^bb0(%i: index):
    tensor.yield %zero : f32
  } : tensor<4xf32> to tensor<6xf32>
  %e = tensor.empty() : tensor<4xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i + 2)>, #id], iterator_types = ["parallel"]}
      ins(%p : tensor<6xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%x: f32, %out: f32):
    linalg.yield %x : f32
  } -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
