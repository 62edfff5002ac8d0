// RUN: opml-opt %s -opml-lower-to-linalg -split-input-file -verify-diagnostics | FileCheck %s

// CHECK-LABEL: @to_integers
func.func private @to_integers(%x: tensor<3xf32>) -> (tensor<3xi8>, tensor<3xui64>, tensor<3xi1>) attributes {opml.node} {
  // CHECK: arith.fptosi %{{.*}} : f32 to i8
  // CHECK: arith.fptoui %{{.*}} : f32 to i64
  // CHECK: %[[TRUE:.*]] = arith.cmpf une, %{{.*}} : f32
  // CHECK: arith.extui %[[TRUE]] : i1 to i8
  %0 = opml.Cast %x {to = 3} : (tensor<3xf32>) -> tensor<3xi8>
  %1 = opml.Cast %x {to = 13} : (tensor<3xf32>) -> tensor<3xui64>
  %2 = opml.Cast %x {to = 9} : (tensor<3xf32>) -> tensor<3xi1>
  return %0, %1, %2 : tensor<3xi8>, tensor<3xui64>, tensor<3xi1>
}

// CHECK-LABEL: @to_floats
func.func private @to_floats(%x: tensor<3xi16>, %y: tensor<3xui16>, %z: tensor<3xi1>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) attributes {opml.node} {
  // CHECK: arith.sitofp %{{.*}} : i16 to f32
  // CHECK: arith.uitofp %{{.*}} : i16 to f32
  // CHECK: %[[TRUE:.*]] = arith.cmpi ne
  // CHECK: %[[ONE:.*]] = arith.extui %[[TRUE]] : i1 to i8
  // CHECK: arith.uitofp %[[ONE]] : i8 to f32
  %0 = opml.Cast %x {to = 1} : (tensor<3xi16>) -> tensor<3xf32>
  %1 = opml.Cast %y {to = 1} : (tensor<3xui16>) -> tensor<3xf32>
  %2 = opml.Cast %z {to = 1} : (tensor<3xi1>) -> tensor<3xf32>
  return %0, %1, %2 : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: @integers
func.func private @integers(%x: tensor<3xi8>, %y: tensor<3xui8>) -> (tensor<3xui32>, tensor<3xi32>, tensor<3xi8>) attributes {opml.node} {
  // CHECK: arith.extsi %{{.*}} : i8 to i32
  // CHECK: arith.extui %{{.*}} : i8 to i32
  // CHECK: ^bb0(%[[X:.*]]: i8, %{{.*}}: i8):
  // CHECK-NEXT: linalg.yield %[[X]] : i8
  %0 = opml.Cast %x {to = 12} : (tensor<3xi8>) -> tensor<3xui32>
  %1 = opml.Cast %y {to = 6} : (tensor<3xui8>) -> tensor<3xi32>
  %2 = opml.Cast %y {to = 3} : (tensor<3xui8>) -> tensor<3xi8>
  return %0, %1, %2 : tensor<3xui32>, tensor<3xi32>, tensor<3xi8>
}

// -----

func.func private @half(%x: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // expected-error @+2 {{the type 10 is not bool, an integer type or float32}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Cast %x {to = 10} : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
