// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @bool
func.func private @bool(%a: tensor<3xi1>) -> tensor<3xi1> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: i8, %{{.*}}: i8):
  // CHECK: %[[ZERO:.*]] = arith.constant 0 : i8
  // CHECK: %[[C:.*]] = arith.cmpi eq, %[[A]], %[[ZERO]] : i8
  // CHECK: arith.extui %[[C]] : i1 to i8
  %0 = opml.Not %a : (tensor<3xi1>) -> tensor<3xi1>
  return %0 : tensor<3xi1>
}
