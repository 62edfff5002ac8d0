// RUN: opml-opt %s -opml-lower-to-linalg -split-input-file -verify-diagnostics | FileCheck %s

// CHECK-LABEL: @bias
func.func private @bias(%x: tensor<2x3x4xf32>, %scale: tensor<3x4xf32>, %b: tensor<4xf32>) -> tensor<2x3x4xf32> attributes {opml.node} {
  // CHECK: iterator_types = ["parallel", "reduction", "reduction"]
  // CHECK: arith.addf
  // CHECK: arith.constant 1.200000e+01 : f32
  // CHECK: arith.divf
  // CHECK: arith.subf
  // CHECK: iterator_types = ["parallel", "reduction", "reduction"]
  // CHECK: ^bb0(%[[D:.*]]: f32, %[[SUM:.*]]: f32):
  // CHECK: math.fma %[[D]], %[[D]], %[[SUM]] : f32
  // CHECK: arith.divf
  // CHECK: arith.constant 9.99999974E-6 : f32
  // CHECK: math.sqrt
  // CHECK: arith.divf
  // CHECK: ^bb0(%[[D:.*]]: f32, %[[I:.*]]: f32, %[[SCALE:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[NORMAL:.*]] = arith.mulf %[[D]], %[[I]] : f32
  // CHECK: %[[SCALED:.*]] = arith.mulf %[[NORMAL]], %[[SCALE]] : f32
  // CHECK: arith.addf %[[SCALED]], %[[B]] : f32
  %y, %mean, %inverse = opml.LayerNormalization %x, %scale, %b {axis = 1} : (tensor<2x3x4xf32>, tensor<3x4xf32>, tensor<4xf32>) -> (tensor<2x3x4xf32>, tensor<2x1x1xf32>, tensor<2x1x1xf32>)
  return %y : tensor<2x3x4xf32>
}

// -----

func.func private @shape(%x: tensor<2x3xf32>, %scale: tensor<2x2x3xf32>) -> tensor<2x3xf32> attributes {opml.node} {
  // expected-error @+2 {{'tensor<2x2x3xf32>' does not broadcast to 'tensor<2x3xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %y, %mean, %inverse = opml.LayerNormalization %x, %scale : (tensor<2x3xf32>, tensor<2x2x3xf32>) -> (tensor<2x3xf32>, tensor<2x1xf32>, tensor<2x1xf32>)
  return %y : tensor<2x3xf32>
}
