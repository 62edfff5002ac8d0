// RUN: opml-opt %s -split-input-file -verify-diagnostics

func.func @elements(%a: tensor<2x3xf32>) -> tensor<5xf32> {
  // expected-error @+1 {{changes the number of elements from 6 to 5}}
  %0 = opml.View %a : tensor<2x3xf32> -> tensor<5xf32>
  return %0 : tensor<5xf32>
}

// -----

func.func @element_type(%a: tensor<2xf32>) -> tensor<2xi32> {
  // expected-error @+1 {{changes the element type}}
  %0 = opml.View %a : tensor<2xf32> -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// -----

func.func @dynamic(%a: tensor<?xf32>) {
  // expected-error @+1 {{operand #0 must be bool, integer or float tensor}}
  %0 = opml.View %a : tensor<?xf32> -> tensor<2xf32>
  return
}

// -----

func.func @no_callee(%a: tensor<2xf32>) {
  // expected-error @+1 {{calls 'f', which is not a function}}
  %0 = opml.Call @f(%a) {node = "n", operators = []} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func private @f(tensor<2xf32>) -> tensor<2xf32>
func.func @not_a_node(%a: tensor<2xf32>) {
  // expected-error @+1 {{calls 'f', which is not an opml.node function}}
  %0 = opml.Call @f(%a) {node = "n", operators = []} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func private @f(tensor<2xf32>) -> tensor<2xf32> attributes {opml.node}
func.func @operand_count(%a: tensor<2xf32>) {
  // expected-error @+1 {{has 2 operands and 1 results, but 'f' has 1 and 1}}
  %0 = opml.Call @f(%a, %a) {node = "n", operators = []} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func private @f(tensor<2xf32>) -> tensor<2xf32> attributes {opml.node}
func.func @operand_type(%a: tensor<1x2xf32>) {
  // expected-error @+1 {{operand #0 is 'tensor<1x2xf32>', but 'f' takes 'tensor<2xf32>'}}
  %0 = opml.Call @f(%a) {node = "n", operators = []} : (tensor<1x2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func private @f(tensor<2xf32>) -> tensor<2xf32> attributes {opml.node}
func.func @result_type(%a: tensor<2xf32>) {
  // expected-error @+1 {{result #0 is 'tensor<2xi32>', but 'f' returns 'tensor<2xf32>'}}
  %0 = opml.Call @f(%a) {node = "n", operators = []} : (tensor<2xf32>) -> tensor<2xi32>
  return
}
