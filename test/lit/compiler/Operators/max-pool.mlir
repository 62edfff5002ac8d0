// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2 * 3 + d3)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3) -> (d3)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
// CHECK-DAG: #[[X2:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2 * 3 + d4, d3 * 3 + d5 * 2)>

// CHECK-LABEL: @padding_is_minus_infinity
func.func private @padding_is_minus_infinity(%x: tensor<1x1x5xf32>) -> tensor<1x1x2xf32> attributes {opml.node} {
  // CHECK: %[[LOWEST:.*]] = arith.constant 0xFF800000 : f32
  // CHECK: tensor.pad %{{.*}} low[0, 0, 1] high[0, 0, 0]
  // CHECK: tensor.yield %[[LOWEST]]
  // CHECK: %[[START:.*]] = linalg.fill ins(%[[LOWEST]]
  // CHECK: linalg.generic {indexing_maps = [#[[X]], #[[K]], #[[Y]]], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
  // CHECK-SAME: outs(%[[START]]
  // CHECK: ^bb0(%[[E:.*]]: f32, %{{.*}}: f32, %[[ACC:.*]]: f32):
  // CHECK: arith.maximumf %[[ACC]], %[[E]]
  %0 = opml.MaxPool %x {kernel_shape = array<i64: 2>, strides = array<i64: 3>, pads = array<i64: 1, 1>} : (tensor<1x1x5xf32>) -> tensor<1x1x2xf32>
  return %0 : tensor<1x1x2xf32>
}

// ceil_mode adds windows that reach over the end.
// CHECK-LABEL: @ceil_mode
func.func private @ceil_mode(%x: tensor<1x1x5x5xui8>) -> tensor<1x1x2x2xui8> attributes {opml.node} {
  // CHECK: %[[LOWEST:.*]] = arith.constant 0 : i8
  // CHECK: tensor.pad %{{.*}} low[0, 0, 0, 0] high[0, 0, 1, 1]
  // CHECK: linalg.generic {indexing_maps = [#[[X2]],
  // CHECK: arith.maxui
  %0 = opml.MaxPool %x {kernel_shape = array<i64: 3, 2>, strides = array<i64: 3, 3>, dilations = array<i64: 1, 2>, ceil_mode = 1} : (tensor<1x1x5x5xui8>) -> tensor<1x1x2x2xui8>
  return %0 : tensor<1x1x2x2xui8>
}

// The third window would start in the padding at the end.
// CHECK-LABEL: @ceil_mode_leaves_out
func.func private @ceil_mode_leaves_out(%x: tensor<1x1x4xi8>) -> tensor<1x1x2xi8> attributes {opml.node} {
  // CHECK: arith.constant -128 : i8
  // CHECK-NOT: tensor.pad
  // CHECK: arith.maxsi
  %0 = opml.MaxPool %x {kernel_shape = array<i64: 1>, strides = array<i64: 3>, pads = array<i64: 0, 1>, ceil_mode = 1} : (tensor<1x1x4xi8>) -> tensor<1x1x2xi8>
  return %0 : tensor<1x1x2xi8>
}
