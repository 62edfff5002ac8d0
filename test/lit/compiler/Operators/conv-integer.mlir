// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-DAG: #[[ONE:.*]] = affine_map<(d0, d1, d2) -> ()>
// CHECK-DAG: #[[CHANNEL:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d1)>
// CHECK-DAG: #[[GROUPED:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d1, d2)>

// The padding is what a zero of the input is.
// CHECK-LABEL: @centred
func.func private @centred(%x: tensor<1x2x5xui8>, %w: tensor<4x2x3xi8>, %zx: tensor<ui8>, %zw: tensor<4xi8>) -> tensor<1x4x5xi32> attributes {opml.node} {
  // CHECK: %[[CENTRED:.*]] = linalg.generic {{.*}}#[[ONE]]
  // CHECK: arith.extui %{{.*}} : i8 to i16
  // CHECK: arith.subi %{{.*}} : i16
  // CHECK: tensor.pad %[[CENTRED]]
  // CHECK: tensor.yield %{{.*}} : i16
  // CHECK: linalg.generic {{.*}}#[[CHANNEL]]
  // CHECK: ^bb0(%[[X:.*]]: i16, %[[W:.*]]: i8, %[[Z:.*]]: i8, %[[SUM:.*]]: i32):
  // CHECK: arith.extsi %[[W]] : i8 to i32
  // CHECK: arith.extsi %[[Z]] : i8 to i32
  // CHECK: %[[CW:.*]] = arith.subi
  // CHECK: %[[CX:.*]] = arith.extsi %[[X]] : i16 to i32
  // CHECK: %[[P:.*]] = arith.muli %[[CX]], %[[CW]] : i32
  // CHECK: arith.addi %[[SUM]], %[[P]] : i32
  %0 = opml.ConvInteger %x, %w, %zx, %zw {pads = array<i64: 1, 1>, operandSegmentSizes = array<i32: 1, 1, 1, 1>} : (tensor<1x2x5xui8>, tensor<4x2x3xi8>, tensor<ui8>, tensor<4xi8>) -> tensor<1x4x5xi32>
  return %0 : tensor<1x4x5xi32>
}

// CHECK-LABEL: @groups
func.func private @groups(%x: tensor<1x2x5xui8>, %w: tensor<4x1x3xui8>, %zw: tensor<4xui8>) -> tensor<1x4x3xi32> attributes {opml.node} {
  // CHECK-NOT: tensor.pad
  // CHECK: linalg.generic {{.*}}#[[GROUPED]]
  // CHECK: ^bb0(%[[X:.*]]: i8, %[[W:.*]]: i8, %[[Z:.*]]: i8, %[[SUM:.*]]: i32):
  // CHECK: arith.extui %[[X]] : i8 to i32
  %0 = opml.ConvInteger %x, %w, %zw {group = 2 : i64, operandSegmentSizes = array<i32: 1, 1, 0, 1>} : (tensor<1x2x5xui8>, tensor<4x1x3xui8>, tensor<4xui8>) -> tensor<1x4x3xi32>
  return %0 : tensor<1x4x3xi32>
}
