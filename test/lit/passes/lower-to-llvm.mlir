// RUN: opml-opt %s --opml-bufferize-pipeline --opml-lower-to-llvm-pipeline | FileCheck %s

#x = affine_map<(i, k) -> (k)>
#w = affine_map<(i, k) -> (k, i)>
#y = affine_map<(i, k) -> (i)>

// Bare pointers, 32-bit indices, loops in the written order: the output element outside, k inside.
// CHECK-LABEL: llvm.func @product
// CHECK-SAME: (%[[X:.*]]: !llvm.ptr {llvm.noalias}, %{{.*}}: !llvm.ptr {llvm.noalias}, %[[Y:.*]]: !llvm.ptr {bufferize.result, llvm.noalias})
// CHECK-NOT: i64
// CHECK-DAG: %[[THREE:.*]] = llvm.mlir.constant(3 : index) : i32
// CHECK-DAG: %[[SEVEN:.*]] = llvm.mlir.constant(7 : index) : i32
// CHECK: llvm.icmp "slt" %[[I:.*]], %[[THREE]] : i32
// CHECK: llvm.icmp "slt" %[[I2:.*]], %[[THREE]] : i32
// CHECK: llvm.icmp "slt" %[[K:.*]], %[[SEVEN]] : i32
// CHECK: llvm.getelementptr inbounds|nuw %[[X]][%[[K]]]
// CHECK: %[[ACC:.*]] = llvm.load
// CHECK: llvm.intr.fma(%{{.*}}, %{{.*}}, %{{.*}})  : (f32, f32, f32) -> f32
func.func private @product(%x: tensor<7xf32>, %w: tensor<7x3xf32>) -> tensor<3xf32> attributes {opml.node} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<3xf32>) -> tensor<3xf32>
  %0 = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "reduction"]}
      ins(%x, %w : tensor<7xf32>, tensor<7x3xf32>) outs(%f : tensor<3xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %s = math.fma %a, %b, %acc : f32
    linalg.yield %s : f32
  } -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
