// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-DAG: #[[A:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[B:.*]] = affine_map<(d0, d1, d2) -> (d2, d1)>
// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0, d1, d2) -> (d0)>
// CHECK-DAG: #[[COLUMN:.*]] = affine_map<(d0, d1, d2) -> (d1)>
// CHECK-DAG: #[[ONE:.*]] = affine_map<(d0, d1, d2) -> ()>
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0, d1, d2) -> (0)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>

// CHECK-LABEL: @slices
func.func private @slices(%a: tensor<2x3xui8>, %b: tensor<3x7xi8>, %za: tensor<2xui8>, %zb: tensor<7xi8>) -> tensor<2x7xi32> attributes {opml.node} {
  // CHECK: linalg.generic {indexing_maps = [#[[A]], #[[B]], #[[ROW]], #[[COLUMN]], #[[Y]]]
  // CHECK: ^bb0(%[[RAWA:.*]]: i8, %[[RAWB:.*]]: i8, %[[ZA:.*]]: i8, %[[ZB:.*]]: i8, %[[SUM:.*]]: i32):
  // CHECK-DAG: %[[WA:.*]] = arith.extui %[[RAWA]] : i8 to i32
  // CHECK-DAG: %[[WB:.*]] = arith.extsi %[[RAWB]] : i8 to i32
  // CHECK-DAG: %[[WZA:.*]] = arith.extui %[[ZA]] : i8 to i32
  // CHECK-DAG: %[[CA:.*]] = arith.subi %[[WA]], %[[WZA]] : i32
  // CHECK-DAG: %[[WZB:.*]] = arith.extsi %[[ZB]] : i8 to i32
  // CHECK-DAG: %[[CB:.*]] = arith.subi %[[WB]], %[[WZB]] : i32
  // CHECK: %[[P:.*]] = arith.muli %[[CA]], %[[CB]] : i32
  // CHECK: arith.addi %[[SUM]], %[[P]] : i32
  %0 = opml.MatMulInteger %a, %b, %za, %zb {operandSegmentSizes = array<i32: 1, 1, 1, 1>} : (tensor<2x3xui8>, tensor<3x7xi8>, tensor<2xui8>, tensor<7xi8>) -> tensor<2x7xi32>
  return %0 : tensor<2x7xi32>
}

// CHECK-LABEL: @one_number
func.func private @one_number(%a: tensor<2x3xi8>, %b: tensor<3x7xi8>, %za: tensor<i8>, %zb: tensor<1xi8>) -> tensor<2x7xi32> attributes {opml.node} {
  // CHECK: linalg.generic {indexing_maps = [#[[A]], #[[B]], #[[ONE]], #[[FIRST]], #[[Y]]]
  %0 = opml.MatMulInteger %a, %b, %za, %zb {operandSegmentSizes = array<i32: 1, 1, 1, 1>} : (tensor<2x3xi8>, tensor<3x7xi8>, tensor<i8>, tensor<1xi8>) -> tensor<2x7xi32>
  return %0 : tensor<2x7xi32>
}

// Without the zero point of A, that of B is B's.
// CHECK-LABEL: @only_b
func.func private @only_b(%a: tensor<2x3xi8>, %b: tensor<3x7xui8>, %zb: tensor<7xui8>) -> tensor<2x7xi32> attributes {opml.node} {
  // CHECK: linalg.generic {indexing_maps = [#[[A]], #[[B]], #[[COLUMN]], #[[Y]]]
  // CHECK: ^bb0(%[[RAWA:.*]]: i8, %[[RAWB:.*]]: i8, %[[ZB:.*]]: i8, %{{.*}}: i32):
  // CHECK-DAG: %[[WA:.*]] = arith.extsi %[[RAWA]] : i8 to i32
  // CHECK-DAG: %[[WZB:.*]] = arith.extui %[[ZB]] : i8 to i32
  // CHECK-DAG: %[[CB:.*]] = arith.subi %{{.*}}, %[[WZB]] : i32
  // CHECK: arith.muli %[[WA]], %[[CB]] : i32
  %0 = opml.MatMulInteger %a, %b, %zb {operandSegmentSizes = array<i32: 1, 1, 0, 1>} : (tensor<2x3xi8>, tensor<3x7xui8>, tensor<7xui8>) -> tensor<2x7xi32>
  return %0 : tensor<2x7xi32>
}
