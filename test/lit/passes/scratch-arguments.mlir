// RUN: opml-opt %s --split-input-file --opml-scratch-arguments --verify-diagnostics | FileCheck %s

// CHECK-LABEL: func.func private @node
// CHECK-SAME: (%{{.*}}: memref<4xf32>, %[[A:.*]]: memref<6xf32> {llvm.noalias, opml.scratch}, %[[B:.*]]: memref<2xi8> {llvm.noalias, opml.scratch})
// CHECK-NOT: memref.alloc
// CHECK: memref.store %{{.*}}, %[[A]][
// CHECK: memref.store %{{.*}}, %[[B]][
// CHECK-NOT: memref.dealloc
func.func private @node(%out: memref<4xf32>) attributes {opml.node} {
  %zero = arith.constant 0 : index
  %f = arith.constant 0.0 : f32
  %c = arith.constant 0 : i8
  %a = memref.alloc() : memref<6xf32>
  memref.store %f, %a[%zero] : memref<6xf32>
  %b = memref.alloc() : memref<2xi8>
  memref.store %c, %b[%zero] : memref<2xi8>
  memref.dealloc %a : memref<6xf32>
  return
}

// -----

func.func private @dynamic(%n: index) attributes {opml.node} {
  // expected-error @below {{in node 'dynamic': a scratch buffer of dynamic shape; the guest has no allocator, so every shape must be static}}
  %a = memref.alloc(%n) : memref<?xf32>
  return
}
