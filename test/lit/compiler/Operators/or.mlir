// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @broadcast
func.func private @broadcast(%a: tensor<2x3xi1>, %b: tensor<3xi1>) -> tensor<2x3xi1> attributes {opml.node} {
  // CHECK: ^bb0(%[[A:.*]]: i8, %[[B:.*]]: i8, %{{.*}}: i8):
  // CHECK: %[[X:.*]] = arith.cmpi ne, %[[A]], %{{.*}} : i8
  // CHECK: %[[Y:.*]] = arith.cmpi ne, %[[B]], %{{.*}} : i8
  // CHECK: %[[C:.*]] = arith.ori %[[X]], %[[Y]] : i1
  // CHECK: arith.extui %[[C]] : i1 to i8
  %0 = opml.Or %a, %b : (tensor<2x3xi1>, tensor<3xi1>) -> tensor<2x3xi1>
  return %0 : tensor<2x3xi1>
}
