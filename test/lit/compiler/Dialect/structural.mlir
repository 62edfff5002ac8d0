// RUN: opml-opt %s | opml-opt | FileCheck %s

// CHECK-LABEL: func.func private @node
func.func private @node(%a: tensor<2x3xui8>) -> tensor<2x3xi8> attributes {opml.node} {
  %0 = builtin.unrealized_conversion_cast %a : tensor<2x3xui8> to tensor<2x3xi8>
  return %0 : tensor<2x3xi8>
}

// CHECK-LABEL: func.func @main
func.func @main() -> tensor<6xui8> {
  // CHECK: %[[W:.*]] = opml.Weight "w" : tensor<3x2xui8>
  %w = opml.Weight "w" : tensor<3x2xui8>
  // CHECK: opml.Constant "shape" dense<[3, -1]> : tensor<2xi64>
  %c = opml.Constant "shape" dense<[3, -1]> : tensor<2xi64>
  // CHECK: %[[V:.*]] = opml.View %[[W]] : tensor<3x2xui8> -> tensor<2x3xui8>
  %v = opml.View %w : tensor<3x2xui8> -> tensor<2x3xui8>
  // linalg does not know signedness, so a call may differ in it from its callee.
  // CHECK: opml.Call @node(%[[V]]) {node = "n", operators = ["Relu"]} : (tensor<2x3xui8>) -> tensor<2x3xui8>
  %r = opml.Call @node(%v) {node = "n", operators = ["Relu"]} : (tensor<2x3xui8>) -> tensor<2x3xui8>
  %s = opml.View %r : tensor<2x3xui8> -> tensor<6xui8>
  return %s : tensor<6xui8>
}
