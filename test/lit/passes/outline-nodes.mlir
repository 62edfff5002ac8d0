// RUN: opml-opt %s --split-input-file --opml-outline-nodes | FileCheck %s
// RUN: opml-opt %s --split-input-file --opml-outline-nodes=single-node | FileCheck %s --check-prefix=SINGLE

// An anchor takes the elementwise operators behind it; an equal node shares its function.
// CHECK-LABEL: func.func @main
// CHECK-DAG: %[[W1:.*]] = opml.Weight "w1"
// CHECK-DAG: %[[W2:.*]] = opml.Weight "w2"
// CHECK: %[[A:.*]] = opml.Call @MatMul_Relu_0(%arg0, %[[W1]]) {node = "first", operators = ["MatMul", "Relu"]}
// CHECK: %[[B:.*]] = opml.Call @MatMul_Relu_0(%[[A]], %[[W2]]) {node = "second", operators = ["MatMul", "Relu"]}
// CHECK: %[[C:.*]] = opml.Call @MatMul_0(%[[B]], %[[W2]]) {node = "first_1", operators = ["MatMul"]}
// CHECK: return %[[C]]
// CHECK: func.func private @MatMul_Relu_0(%{{.*}}: tensor<4x4xf32>, %{{.*}}: tensor<4x4xf32>) -> tensor<4x4xf32> attributes {opml.node}
// CHECK-NEXT: opml.MatMul
// CHECK-NEXT: opml.Relu
// CHECK-NEXT: return
// CHECK: func.func private @MatMul_0

// SINGLE-LABEL: func.func @main
// SINGLE: opml.Call @Graph_0(%arg0, %{{.*}}, %{{.*}}) {node = "graph", operators = ["MatMul", "Relu", "MatMul", "Relu", "MatMul"]}
func.func @main(%x: tensor<4x4xf32> {opml.name = "x"}) -> (tensor<4x4xf32> {opml.name = "y"}) {
  %w1 = opml.Weight "w1" : tensor<4x4xf32>
  %w2 = opml.Weight "w2" : tensor<4x4xf32>
  %0 = opml.MatMul %x, %w1 : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32> loc("first")
  %1 = opml.Relu %0 : (tensor<4x4xf32>) -> tensor<4x4xf32> loc("relu")
  %2 = opml.MatMul %1, %w2 : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32> loc("second")
  %3 = opml.Relu %2 : (tensor<4x4xf32>) -> tensor<4x4xf32>
  %4 = opml.MatMul %3, %w2 : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32> loc("first")
  return %4 : tensor<4x4xf32>
}

// -----

// A result with two users ends its node; one that nobody uses is dropped.
// SINGLE-LABEL: func.func @main
// SINGLE-NEXT: %[[A:.*]]:2 = opml.Call @Graph_0(%arg0, %arg1)
// SINGLE-NEXT: return %[[A]]#0, %[[A]]#1
// CHECK-LABEL: func.func @main
// CHECK: %[[A:.*]] = opml.Call @MatMul_0(%arg0, %arg1)
// CHECK: %[[B:.*]] = opml.Call @Relu_0(%[[A]])
// CHECK-NEXT: return %[[A]], %[[B]]
func.func @main(%x: tensor<2x2xf32>, %y: tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xf32>) {
  %0 = opml.MatMul %x, %y : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = opml.Relu %0 : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %2 = opml.Add %x, %y : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %0, %1 : tensor<2x2xf32>, tensor<2x2xf32>
}

// -----

// An elementwise operator that broadcasts its producer does not join its node.
// SINGLE-LABEL: func.func @main
// CHECK-LABEL: func.func @main
// CHECK: opml.Call @Relu_0
// CHECK: opml.Call @Add_0
func.func @main(%x: tensor<2xf32>, %y: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %0 = opml.Relu %x : (tensor<2xf32>) -> tensor<2xf32>
  %1 = opml.Add %0, %y : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}

// -----

// A value comes in once, whatever views of it are read; a view ends a node.
// CHECK-LABEL: func.func @main
// CHECK: %[[A:.*]] = opml.Call @MatMul_0(%arg0) {
// CHECK: %[[W:.*]] = opml.View %[[A]] : tensor<1x2x2xf32> -> tensor<4xf32>
// CHECK: opml.Call @Relu_0(%[[W]])
// CHECK: func.func private @MatMul_0(%[[X:.*]]: tensor<2x2xf32>) -> tensor<1x2x2xf32>
// CHECK-NEXT: %[[Y:.*]] = opml.View %[[X]] : tensor<2x2xf32> -> tensor<1x2x2xf32>
// CHECK-NEXT: opml.MatMul %[[X]], %[[Y]]

// SINGLE-LABEL: func.func @main
// SINGLE-NEXT: opml.Call @Graph_0(%arg0) {
// SINGLE-NEXT: return
// SINGLE: func.func private @Graph_0(
func.func @main(%x: tensor<2x2xf32>) -> tensor<4xf32> {
  %0 = opml.View %x : tensor<2x2xf32> -> tensor<1x2x2xf32>
  %1 = opml.MatMul %x, %0 : (tensor<2x2xf32>, tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  %2 = opml.View %1 : tensor<1x2x2xf32> -> tensor<4xf32>
  %3 = opml.Relu %2 : (tensor<4xf32>) -> tensor<4xf32>
  return %3 : tensor<4xf32>
}

// -----

// A view that is returned stays in @main.
// CHECK-LABEL: func.func @main
// CHECK: opml.View
// SINGLE-LABEL: func.func @main
// SINGLE-NEXT: %[[A:.*]] = opml.Call @Graph_0(%arg0)
// SINGLE-NEXT: %[[V:.*]] = opml.View %[[A]]
// SINGLE-NEXT: return %[[V]]
func.func @main(%x: tensor<2x2xf32>) -> tensor<4xf32> {
  %0 = opml.Relu %x : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = opml.View %0 : tensor<2x2xf32> -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// A graph of views has no node.
// CHECK-LABEL: func.func @main
// CHECK-NEXT: opml.View
// CHECK-NEXT: return
// CHECK-NOT: opml.node
// SINGLE-LABEL: func.func @main
// SINGLE-NEXT: opml.View
// SINGLE-NEXT: return
// SINGLE-NOT: opml.node
func.func @main(%x: tensor<2x2xf32>) -> tensor<4xf32> {
  %0 = opml.View %x : tensor<2x2xf32> -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
