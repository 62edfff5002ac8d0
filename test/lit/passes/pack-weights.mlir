// RUN: opml-opt %s --opml-pack-weights --split-input-file | FileCheck %s

// The last parallel loop of B that A does not have is cut by 16; inner loops stay in their order.
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (k, j)>
#bT = affine_map<(i, j, k) -> (j, k)>
#c = affine_map<(i, j, k) -> (i, j)>

// CHECK: #[[PANELS:.*]] = affine_map<(d0, d1, d2) -> (d1 floordiv 16, d2, d1 mod 16)>
// CHECK-LABEL: func.func @main
// CHECK-DAG: %[[B:.*]] = opml.Weight "b" {panels = array<i64: 1, 64, 40>} : tensor<3x64x16xf32>
// CHECK-DAG: %[[T:.*]] = opml.Weight "t" {columns_first, panels = array<i64: 1, 64, 40>} : tensor<3x64x16xf32>
// CHECK-DAG: %[[BIAS:.*]] = opml.Weight "bias" : tensor<2x40xf32>
// CHECK-NOT: opml.Weight
// CHECK: opml.Call @rows(%arg0, %[[B]], %[[BIAS]])
// CHECK-SAME: (tensor<2x64xf32>, tensor<3x64x16xf32>, tensor<2x40xf32>)
// CHECK: opml.Call @columns(%arg0, %[[T]])
func.func @main(%x: tensor<2x64xf32>) -> (tensor<2x40xf32>, tensor<2x40xf32>) {
  %b = opml.Weight "b" : tensor<2560xf32>
  %b2 = opml.View %b : tensor<2560xf32> -> tensor<64x40xf32>
  %t = opml.Weight "t" : tensor<40x64xf32>
  %bias = opml.Weight "bias" : tensor<2x40xf32>
  %0 = opml.Call @rows(%x, %b2, %bias) {node = "r", operators = ["Gemm"]}
      : (tensor<2x64xf32>, tensor<64x40xf32>, tensor<2x40xf32>) -> tensor<2x40xf32>
  %1 = opml.Call @columns(%x, %t) {node = "c", operators = ["Gemm"]}
      : (tensor<2x64xf32>, tensor<40x64xf32>) -> tensor<2x40xf32>
  return %0, %1 : tensor<2x40xf32>, tensor<2x40xf32>
}
// CHECK-LABEL: func.func private @rows
// CHECK-SAME: %{{.*}}: tensor<2x64xf32>, %[[ARG:[a-z0-9]+]]: tensor<3x64x16xf32>, %{{.*}}: tensor<2x40xf32>
// CHECK: linalg.generic {indexing_maps = [#{{.*}}, #[[PANELS]], #{{.*}}]{{.*}} ins(%{{.*}}, %[[ARG]]
func.func private @rows(%a: tensor<2x64xf32>, %b: tensor<64x40xf32>, %c: tensor<2x40xf32>) -> tensor<2x40xf32>
    attributes {opml.node} {
  %0 = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<2x64xf32>, tensor<64x40xf32>) outs(%c : tensor<2x40xf32>) {
  ^bb0(%x: f32, %y: f32, %acc: f32):
    %f = math.fma %x, %y, %acc : f32
    linalg.yield %f : f32
  } -> tensor<2x40xf32>
  return %0 : tensor<2x40xf32>
}
// CHECK-LABEL: func.func private @columns
// CHECK: linalg.generic {indexing_maps = [#{{.*}}, #[[PANELS]], #{{.*}}]
func.func private @columns(%a: tensor<2x64xf32>, %b: tensor<40x64xf32>) -> tensor<2x40xf32> attributes {opml.node} {
  %e = tensor.empty() : tensor<2x40xf32>
  %zero = arith.constant 0.0 : f32
  %fill = linalg.fill ins(%zero : f32) outs(%e : tensor<2x40xf32>) -> tensor<2x40xf32>
  %0 = linalg.generic {indexing_maps = [#a, #bT, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<2x64xf32>, tensor<40x64xf32>) outs(%fill : tensor<2x40xf32>) {
  ^bb0(%x: f32, %y: f32, %acc: f32):
    %f = math.fma %x, %y, %acc : f32
    linalg.yield %f : f32
  } -> tensor<2x40xf32>
  return %0 : tensor<2x40xf32>
}

// -----

// A grouped convolution: a matrix for each group, the kernel's loops are the inner ones.
// CHECK: #[[PANELS:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1 floordiv 16, d3, d4, d1 mod 16)>
// CHECK-LABEL: func.func @main
// CHECK: opml.Weight "w" {columns_first, panels = array<i64: 2, 15, 12>} : tensor<2x1x5x3x16xf32>
func.func @main(%x: tensor<2x5x10xf32>) -> tensor<2x12x8xf32> {
  %w = opml.Weight "w" : tensor<24x5x3xf32>
  %0 = opml.Call @conv(%x, %w) {node = "c", operators = ["Conv"]}
      : (tensor<2x5x10xf32>, tensor<24x5x3xf32>) -> tensor<2x12x8xf32>
  return %0 : tensor<2x12x8xf32>
}
// CHECK-LABEL: func.func private @conv
// CHECK-SAME: %[[ARG:[a-z0-9]+]]: tensor<2x1x5x3x16xf32>)
// CHECK-NOT: expand_shape
// CHECK: linalg.generic {indexing_maps = [#{{.*}}, #[[PANELS]], #{{.*}}]{{.*}} ins(%{{.*}}, %[[ARG]]
func.func private @conv(%x: tensor<2x5x10xf32>, %w: tensor<24x5x3xf32>) -> tensor<2x12x8xf32> attributes {opml.node} {
  %e = tensor.empty() : tensor<2x12x8xf32>
  %zero = arith.constant 0.0 : f32
  %fill = linalg.fill ins(%zero : f32) outs(%e : tensor<2x12x8xf32>) -> tensor<2x12x8xf32>
  %w2 = tensor.expand_shape %w [[0, 1], [2], [3]] output_shape [2, 12, 5, 3]
      : tensor<24x5x3xf32> into tensor<2x12x5x3xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(g, m, x, c, s) -> (g, c, x + s)>,
                                        affine_map<(g, m, x, c, s) -> (g, m, c, s)>,
                                        affine_map<(g, m, x, c, s) -> (g, m, x)>],
                       iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w2 : tensor<2x5x10xf32>, tensor<2x12x5x3xf32>) outs(%fill : tensor<2x12x8xf32>) {
  ^bb0(%p: f32, %q: f32, %acc: f32):
    %f = math.fma %p, %q, %acc : f32
    linalg.yield %f : f32
  } -> tensor<2x12x8xf32>
  return %0 : tensor<2x12x8xf32>
}

// -----

// Left alone: panels of 8 columns take a deeper tree; another caller passes no weight; a second use.
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (k, j)>
#c = affine_map<(i, j, k) -> (i, j)>
// CHECK-LABEL: func.func @main
// CHECK-NOT: panels
func.func @main(%x: tensor<16x16xf32>) -> (tensor<16x8xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>) {
  %narrow = opml.Weight "narrow" : tensor<16x8xf32>
  %w = opml.Weight "w" : tensor<16x16xf32>
  %0 = opml.Call @narrow(%x, %narrow) {node = "n", operators = ["MatMul"]}
      : (tensor<16x16xf32>, tensor<16x8xf32>) -> tensor<16x8xf32>
  %1 = opml.Call @shared(%x, %w) {node = "s", operators = ["MatMul"]}
      : (tensor<16x16xf32>, tensor<16x16xf32>) -> tensor<16x16xf32>
  %2 = opml.Call @shared(%1, %x) {node = "t", operators = ["MatMul"]}
      : (tensor<16x16xf32>, tensor<16x16xf32>) -> tensor<16x16xf32>
  %3 = opml.Call @square(%w) {node = "q", operators = ["MatMul"]} : (tensor<16x16xf32>) -> tensor<16x16xf32>
  return %0, %1, %2, %3 : tensor<16x8xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
}
func.func private @narrow(%a: tensor<16x16xf32>, %b: tensor<16x8xf32>) -> tensor<16x8xf32> attributes {opml.node} {
  %e = tensor.empty() : tensor<16x8xf32>
  %zero = arith.constant 0.0 : f32
  %fill = linalg.fill ins(%zero : f32) outs(%e : tensor<16x8xf32>) -> tensor<16x8xf32>
  %0 = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<16x16xf32>, tensor<16x8xf32>) outs(%fill : tensor<16x8xf32>) {
  ^bb0(%x: f32, %y: f32, %acc: f32):
    %f = math.fma %x, %y, %acc : f32
    linalg.yield %f : f32
  } -> tensor<16x8xf32>
  return %0 : tensor<16x8xf32>
}
func.func private @shared(%a: tensor<16x16xf32>, %b: tensor<16x16xf32>) -> tensor<16x16xf32> attributes {opml.node} {
  %e = tensor.empty() : tensor<16x16xf32>
  %zero = arith.constant 0.0 : f32
  %fill = linalg.fill ins(%zero : f32) outs(%e : tensor<16x16xf32>) -> tensor<16x16xf32>
  %0 = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<16x16xf32>, tensor<16x16xf32>) outs(%fill : tensor<16x16xf32>) {
  ^bb0(%x: f32, %y: f32, %acc: f32):
    %f = math.fma %x, %y, %acc : f32
    linalg.yield %f : f32
  } -> tensor<16x16xf32>
  return %0 : tensor<16x16xf32>
}
func.func private @square(%a: tensor<16x16xf32>) -> tensor<16x16xf32> attributes {opml.node} {
  %e = tensor.empty() : tensor<16x16xf32>
  %zero = arith.constant 0.0 : f32
  %fill = linalg.fill ins(%zero : f32) outs(%e : tensor<16x16xf32>) -> tensor<16x16xf32>
  %0 = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %a : tensor<16x16xf32>, tensor<16x16xf32>) outs(%fill : tensor<16x16xf32>) {
  ^bb0(%x: f32, %y: f32, %acc: f32):
    %f = math.fma %x, %y, %acc : f32
    linalg.yield %f : f32
  } -> tensor<16x16xf32>
  return %0 : tensor<16x16xf32>
}
