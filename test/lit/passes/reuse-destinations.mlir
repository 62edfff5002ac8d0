// RUN: opml-opt %s --opml-reuse-destinations | FileCheck %s

#id = affine_map<(i, j) -> (i, j)>
#swap = affine_map<(i, j) -> (j, i)>

// CHECK-LABEL: @tail
// CHECK: %[[FILLED:.*]] = linalg.fill
// CHECK: linalg.generic {{.*}} outs(%[[FILLED]] : tensor<2x2xf32>)
// CHECK-NEXT: ^bb0(%[[OUT:.*]]: f32):
// CHECK-NEXT: arith.addf %[[OUT]], %[[OUT]]
func.func private @tail() -> tensor<2x2xf32> attributes {opml.node} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x2xf32>
  %0 = linalg.fill ins(%zero : f32) outs(%e : tensor<2x2xf32>) -> tensor<2x2xf32>
  %e2 = tensor.empty() : tensor<2x2xf32>
  %1 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%0 : tensor<2x2xf32>) outs(%e2 : tensor<2x2xf32>) {
  ^bb0(%x: f32, %out: f32):
    %s = arith.addf %x, %x : f32
    linalg.yield %s : f32
  } -> tensor<2x2xf32>
  return %1 : tensor<2x2xf32>
}

// An operand of the node is never written, nor what is read elsewhere or at another place.
// CHECK-LABEL: @kept
// CHECK: %[[FRESH:.*]] = tensor.empty
// CHECK: linalg.generic {{.*}} ins(%arg0 : tensor<2x2xf32>) outs(%[[FRESH]] : tensor<2x2xf32>)
// CHECK: linalg.generic {{.*}} outs(%[[FRESH]] : tensor<2x2xf32>)
// CHECK: linalg.generic {{.*}} outs(%[[FRESH]] : tensor<2x2xf32>)
func.func private @kept(%a: tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) attributes {opml.node} {
  %e = tensor.empty() : tensor<2x2xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) {
  ^bb0(%x: f32, %out: f32):
    %s = arith.addf %x, %x : f32
    linalg.yield %s : f32
  } -> tensor<2x2xf32>
  %1 = linalg.generic {indexing_maps = [#swap, #id], iterator_types = ["parallel", "parallel"]}
      ins(%0 : tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) {
  ^bb0(%x: f32, %out: f32):
    linalg.yield %x : f32
  } -> tensor<2x2xf32>
  %2 = linalg.generic {indexing_maps = [#swap, #id], iterator_types = ["parallel", "parallel"]}
      ins(%1 : tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) {
  ^bb0(%x: f32, %out: f32):
    linalg.yield %x : f32
  } -> tensor<2x2xf32>
  return %0, %1, %2 : tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>
}
