// RUN: opml-opt %s --opml-bufferize-nodes --verify-diagnostics

func.func private @unknown(%a: tensor<4xf32>) -> tensor<4xf32> attributes {opml.node} {
  // expected-error @below {{op was not bufferized}}
  %0 = opml.Relu %a : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
