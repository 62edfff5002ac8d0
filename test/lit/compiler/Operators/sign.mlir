// RUN: opml-opt %s -opml-lower-to-linalg | FileCheck %s

// CHECK-LABEL: @float
func.func private @float(%a: tensor<3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // CHECK: arith.cmpf olt
  // CHECK: arith.cmpf ogt
  // CHECK: arith.cmpf uno
  %0 = opml.Sign %a : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: @signed
func.func private @signed(%a: tensor<3xi8>) -> tensor<3xi8> attributes {opml.node} {
  // CHECK: arith.minsi
  // CHECK: arith.maxsi
  %0 = opml.Sign %a : (tensor<3xi8>) -> tensor<3xi8>
  return %0 : tensor<3xi8>
}

// CHECK-LABEL: @unsigned
func.func private @unsigned(%a: tensor<3xui8>) -> tensor<3xui8> attributes {opml.node} {
  // CHECK: arith.minui
  // CHECK: linalg.yield
  %0 = opml.Sign %a : (tensor<3xui8>) -> tensor<3xui8>
  return %0 : tensor<3xui8>
}
