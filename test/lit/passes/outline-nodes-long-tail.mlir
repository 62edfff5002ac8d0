// RUN: opml-opt %s --opml-outline-nodes | FileCheck %s

// A node holds at most 32 operators; the tail goes on in the next one.

// CHECK-LABEL: func.func @main
// CHECK: %[[FIRST:.*]] = opml.Call @[[LONG:.*]](%arg0)
// CHECK: opml.Call @[[SHORT:.*]](%[[FIRST]])
// CHECK: func.func private @[[LONG]]
// CHECK-COUNT-32: opml.Relu
// CHECK-NOT: opml.Relu
// CHECK: func.func private @[[SHORT]]
// CHECK-COUNT-1: opml.Relu
// CHECK-NOT: opml.Relu
func.func @main(%arg0: tensor<8xf32> {opml.name = "x"}) -> (tensor<8xf32> {opml.name = "y"}) {
  %1 = opml.Relu %arg0 : (tensor<8xf32>) -> tensor<8xf32>
  %2 = opml.Relu %1 : (tensor<8xf32>) -> tensor<8xf32>
  %3 = opml.Relu %2 : (tensor<8xf32>) -> tensor<8xf32>
  %4 = opml.Relu %3 : (tensor<8xf32>) -> tensor<8xf32>
  %5 = opml.Relu %4 : (tensor<8xf32>) -> tensor<8xf32>
  %6 = opml.Relu %5 : (tensor<8xf32>) -> tensor<8xf32>
  %7 = opml.Relu %6 : (tensor<8xf32>) -> tensor<8xf32>
  %8 = opml.Relu %7 : (tensor<8xf32>) -> tensor<8xf32>
  %9 = opml.Relu %8 : (tensor<8xf32>) -> tensor<8xf32>
  %10 = opml.Relu %9 : (tensor<8xf32>) -> tensor<8xf32>
  %11 = opml.Relu %10 : (tensor<8xf32>) -> tensor<8xf32>
  %12 = opml.Relu %11 : (tensor<8xf32>) -> tensor<8xf32>
  %13 = opml.Relu %12 : (tensor<8xf32>) -> tensor<8xf32>
  %14 = opml.Relu %13 : (tensor<8xf32>) -> tensor<8xf32>
  %15 = opml.Relu %14 : (tensor<8xf32>) -> tensor<8xf32>
  %16 = opml.Relu %15 : (tensor<8xf32>) -> tensor<8xf32>
  %17 = opml.Relu %16 : (tensor<8xf32>) -> tensor<8xf32>
  %18 = opml.Relu %17 : (tensor<8xf32>) -> tensor<8xf32>
  %19 = opml.Relu %18 : (tensor<8xf32>) -> tensor<8xf32>
  %20 = opml.Relu %19 : (tensor<8xf32>) -> tensor<8xf32>
  %21 = opml.Relu %20 : (tensor<8xf32>) -> tensor<8xf32>
  %22 = opml.Relu %21 : (tensor<8xf32>) -> tensor<8xf32>
  %23 = opml.Relu %22 : (tensor<8xf32>) -> tensor<8xf32>
  %24 = opml.Relu %23 : (tensor<8xf32>) -> tensor<8xf32>
  %25 = opml.Relu %24 : (tensor<8xf32>) -> tensor<8xf32>
  %26 = opml.Relu %25 : (tensor<8xf32>) -> tensor<8xf32>
  %27 = opml.Relu %26 : (tensor<8xf32>) -> tensor<8xf32>
  %28 = opml.Relu %27 : (tensor<8xf32>) -> tensor<8xf32>
  %29 = opml.Relu %28 : (tensor<8xf32>) -> tensor<8xf32>
  %30 = opml.Relu %29 : (tensor<8xf32>) -> tensor<8xf32>
  %31 = opml.Relu %30 : (tensor<8xf32>) -> tensor<8xf32>
  %32 = opml.Relu %31 : (tensor<8xf32>) -> tensor<8xf32>
  %33 = opml.Relu %32 : (tensor<8xf32>) -> tensor<8xf32>
  return %33 : tensor<8xf32>
}
