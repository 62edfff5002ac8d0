// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// Loops are image, output channel, output position, input channel, kernel position.
// CHECK-DAG: #[[X:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d4, d2 * 2 + d5, d3 + d6 * 3)>
// CHECK-DAG: #[[W:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d1, d4, d5, d6)>
// CHECK-DAG: #[[Y:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[BIAS:.*]] = affine_map<(d0, d1, d2, d3) -> (d1)>
// CHECK-DAG: #[[GX:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d4, d3 + d5)>
// CHECK-DAG: #[[GW:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d1, d2, d4, d5)>
// CHECK-DAG: #[[GY:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3)>

// CHECK-LABEL: @two_dimensions
func.func private @two_dimensions(%x: tensor<1x3x8x9xf32>, %w: tensor<4x3x3x2xf32>, %b: tensor<4xf32>) -> tensor<1x4x4x7xf32> attributes {opml.node} {
  // Row 8 - 3 + 2 = 7 is not a multiple of the stride: the end needs no padding.
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK: %[[PADDED:.*]] = tensor.pad %{{.*}} low[0, 0, 1, 0] high[0, 0, 0, 1]
  // CHECK: tensor.yield %[[ZERO]]
  // CHECK: %[[START:.*]] = linalg.generic {indexing_maps = [#[[BIAS]], #{{.*}}], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2
  // CHECK: linalg.generic {indexing_maps = [#[[X]], #[[W]], #[[Y]]], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%[[PADDED]], %arg1
  // CHECK-SAME: outs(%[[START]]
  // CHECK: ^bb0(%[[XE:.*]]: f32, %[[WE:.*]]: f32, %[[ACC:.*]]: f32):
  // CHECK: math.fma %[[XE]], %[[WE]], %[[ACC]]
  %0 = opml.Conv %x, %w, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 3>, pads = array<i64: 1, 0, 1, 1>} : (tensor<1x3x8x9xf32>, tensor<4x3x3x2xf32>, tensor<4xf32>) -> tensor<1x4x4x7xf32>
  return %0 : tensor<1x4x4x7xf32>
}

// CHECK-LABEL: @groups
func.func private @groups(%x: tensor<1x4x5xf32>, %w: tensor<6x2x3xf32>) -> tensor<1x6x3xf32> attributes {opml.node} {
  // CHECK-NOT: tensor.pad
  // CHECK: %[[GX0:.*]] = tensor.expand_shape %arg0 {{\[}}[0], [1, 2], [3]] output_shape [1, 2, 2, 5]
  // CHECK: %[[GW0:.*]] = tensor.expand_shape %arg1 {{\[}}[0, 1], [2], [3]] output_shape [2, 3, 2, 3]
  // CHECK: linalg.fill
  // CHECK: %[[R:.*]] = linalg.generic {indexing_maps = [#[[GX]], #[[GW]], #[[GY]]], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%[[GX0]], %[[GW0]]
  // CHECK: tensor.collapse_shape %[[R]] {{\[}}[0], [1, 2], [3]] : tensor<1x2x3x3xf32> into tensor<1x6x3xf32>
  %0 = opml.Conv %x, %w {group = 2} : (tensor<1x4x5xf32>, tensor<6x2x3xf32>) -> tensor<1x6x3xf32>
  return %0 : tensor<1x6x3xf32>
}

// SAME: the output is the input divided by the stride, rounded up; an odd pad
// goes to the end (UPPER) or the beginning (LOWER).
// CHECK-LABEL: @same_upper
func.func private @same_upper(%x: tensor<1x1x5xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x3xf32> attributes {opml.node} {
  // CHECK: tensor.pad %{{.*}} low[0, 0, 1] high[0, 0, 2]
  %0 = opml.Conv %x, %w {auto_pad = "SAME_UPPER", strides = array<i64: 2>} : (tensor<1x1x5xf32>, tensor<1x1x4xf32>) -> tensor<1x1x3xf32>
  return %0 : tensor<1x1x3xf32>
}

// CHECK-LABEL: @same_lower
func.func private @same_lower(%x: tensor<1x1x5xf32>, %w: tensor<1x1x4xf32>) -> tensor<1x1x3xf32> attributes {opml.node} {
  // CHECK: tensor.pad %{{.*}} low[0, 0, 2] high[0, 0, 1]
  %0 = opml.Conv %x, %w {auto_pad = "SAME_LOWER", strides = array<i64: 2>} : (tensor<1x1x5xf32>, tensor<1x1x4xf32>) -> tensor<1x1x3xf32>
  return %0 : tensor<1x1x3xf32>
}

// CHECK-LABEL: @three_dimensions
func.func private @three_dimensions(%x: tensor<2x1x4x4x4xf32>, %w: tensor<1x1x2x2x2xf32>) -> tensor<2x1x3x3x3xf32> attributes {opml.node} {
  // CHECK: iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]
  %0 = opml.Conv %x, %w {auto_pad = "VALID"} : (tensor<2x1x4x4x4xf32>, tensor<1x1x2x2x2xf32>) -> tensor<2x1x3x3x3xf32>
  return %0 : tensor<2x1x3x3x3xf32>
}
