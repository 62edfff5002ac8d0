// RUN: opml-opt %s -split-input-file -verify-diagnostics
// One case for each numbered constraint in the operators' descriptions.

func.func @add_c1(%a: tensor<2xf32>, %b: tensor<2xi32>) {
  // expected-error @+2 {{the element types 'f32' and 'i32' differ}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Add %a, %b : (tensor<2xf32>, tensor<2xi32>) -> tensor<2xf32>
  return
}

// -----

func.func @add_c2(%a: tensor<2x3xf32>, %b: tensor<2xf32>) {
  // expected-error @+2 {{'tensor<2x3xf32>' and 'tensor<2xf32>' do not broadcast}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Add %a, %b : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @add_result(%a: tensor<2x1xf32>, %b: tensor<3xf32>) {
  // expected-error @+2 {{failed to infer returned types}}
  // expected-error @+1 {{'opml.Add' op inferred type(s) 'tensor<2x3xf32>' are incompatible with return type(s) of operation 'tensor<2x1xf32>'}}
  %0 = opml.Add %a, %b : (tensor<2x1xf32>, tensor<3xf32>) -> tensor<2x1xf32>
  return
}

// -----

func.func @relu_unsigned(%a: tensor<2xui8>) {
  // expected-error @+1 {{operand #0 must be signed integer or float32 tensor, but got 'tensor<2xui8>'}}
  %0 = opml.Relu %a : (tensor<2xui8>) -> tensor<2xui8>
  return
}

// -----

func.func @matmul_c1(%a: tensor<f32>, %b: tensor<2xf32>) {
  // expected-error @+2 {{a scalar is not a matrix}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.MatMul %a, %b : (tensor<f32>, tensor<2xf32>) -> tensor<f32>
  return
}

// -----

func.func @matmul_c2(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>) {
  // expected-error @+2 {{the inner dimensions of 'tensor<2x3xf32>' and 'tensor<2x3xf32>' differ}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.MatMul %a, %b : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @matmul_c3(%a: tensor<2x1x3xf32>, %b: tensor<5x3x1xf32>) {
  // expected-error @+2 {{the batch dimensions of 'tensor<2x1x3xf32>' and 'tensor<5x3x1xf32>' do not broadcast}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.MatMul %a, %b : (tensor<2x1x3xf32>, tensor<5x3x1xf32>) -> tensor<2x1x1xf32>
  return
}

// -----

func.func @gemm_c1(%a: tensor<2x3xf32>, %b: tensor<3x2xf32>) {
  // expected-error @+2 {{the inner dimensions of 'tensor<2x3xf32>' and 'tensor<3x2xf32>' transposed differ}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Gemm %a, %b {transB = 1} : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @gemm_c2(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>, %c: tensor<2xf32>) {
  // expected-error @+2 {{C of 'tensor<2xf32>' does not broadcast to 'tensor<2x4xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Gemm %a, %b, %c : (tensor<2x3xf32>, tensor<3x4xf32>, tensor<2xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @gemm_c3(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>) {
  // expected-error @+1 {{attribute 'transA' failed to satisfy constraint: 0 or 1}}
  %0 = opml.Gemm %a, %b {transA = 2} : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @conv_c1(%x: tensor<1x3xf32>, %w: tensor<2x3xf32>) {
  // expected-error @+2 {{do not have the same rank of at least 3}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Conv %x, %w : (tensor<1x3xf32>, tensor<2x3xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @conv_c2(%x: tensor<1x4x5xf32>, %w: tensor<3x2x3xf32>) {
  // expected-error @+2 {{the channels of 'tensor<1x4x5xf32>' and 'tensor<3x2x3xf32>' do not fit group 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Conv %x, %w {group = 2} : (tensor<1x4x5xf32>, tensor<3x2x3xf32>) -> tensor<1x3x3xf32>
  return
}

// -----

func.func @conv_c3(%x: tensor<1x1x5xf32>, %w: tensor<1x1x3xf32>) {
  // expected-error @+2 {{kernel_shape is not that of 'tensor<1x1x3xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Conv %x, %w {kernel_shape = array<i64: 2>} : (tensor<1x1x5xf32>, tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @conv_c4_count(%x: tensor<1x1x5xf32>, %w: tensor<1x1x3xf32>) {
  // expected-error @+2 {{strides has 2 numbers, expected 1}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Conv %x, %w {strides = array<i64: 1, 1>} : (tensor<1x1x5xf32>, tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @conv_c4_positive(%x: tensor<1x1x5xf32>, %w: tensor<1x1x3xf32>) {
  // expected-error @+2 {{dilations contains 0, expected 1 to 2147483647}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Conv %x, %w {dilations = array<i64: 0>} : (tensor<1x1x5xf32>, tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @conv_c5_negative(%x: tensor<1x1x5xf32>, %w: tensor<1x1x3xf32>) {
  // expected-error @+2 {{pads contains -1, expected 0 to 2147483647}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Conv %x, %w {pads = array<i64: -1, 0>} : (tensor<1x1x5xf32>, tensor<1x1x3xf32>) -> tensor<1x1x2xf32>
  return
}

// -----

func.func @conv_c5_auto_pad(%x: tensor<1x1x5xf32>, %w: tensor<1x1x3xf32>) {
  // expected-error @+2 {{pads and auto_pad VALID exclude each other}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Conv %x, %w {auto_pad = "VALID", pads = array<i64: 1, 1>} : (tensor<1x1x5xf32>, tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @conv_c6(%x: tensor<1x1x5xf32>, %w: tensor<2x1x3xf32>, %b: tensor<1xf32>) {
  // expected-error @+2 {{B is 'tensor<1xf32>', expected 2 elements}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Conv %x, %w, %b : (tensor<1x1x5xf32>, tensor<2x1x3xf32>, tensor<1xf32>) -> tensor<1x2x3xf32>
  return
}

// -----

func.func @conv_c7(%x: tensor<1x1x2xf32>, %w: tensor<1x1x3xf32>) {
  // expected-error @+2 {{the dilated kernel of 3 does not fit into the padded input of 2 in spatial dimension 0}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Conv %x, %w : (tensor<1x1x2xf32>, tensor<1x1x3xf32>) -> tensor<1x1x0xf32>
  return
}

// -----

func.func @maxpool_c1(%x: tensor<1x3xf32>) {
  // expected-error @+2 {{'tensor<1x3xf32>' has no spatial dimension}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.MaxPool %x {kernel_shape = array<i64>} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  return
}

// -----

func.func @maxpool_c2(%x: tensor<1x1x3xf32>) {
  // expected-error @+2 {{kernel_shape contains 0, expected 1 to 2147483647}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.MaxPool %x {kernel_shape = array<i64: 0>} : (tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @maxpool_c3(%x: tensor<1x1x3xf32>) {
  // expected-error @+2 {{pads has 1 numbers, expected 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.MaxPool %x {kernel_shape = array<i64: 2>, pads = array<i64: 1>} : (tensor<1x1x3xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @maxpool_c4(%x: tensor<1x1x3xf32>) {
  // expected-error @+2 {{the dilated kernel of 5 does not fit into the padded input of 4 in spatial dimension 0}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.MaxPool %x {dilations = array<i64: 2>, kernel_shape = array<i64: 3>, pads = array<i64: 1, 0>} : (tensor<1x1x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @reshape_c1(%x: tensor<6xf32>, %s: tensor<2xi64>) {
  // expected-error @+2 {{the shape is not a constant}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Reshape %x, %s : (tensor<6xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  return
}

// -----

func.func @reshape_c2_twice(%x: tensor<6xf32>) {
  %s = opml.Constant "s" dense<-1> : tensor<2xi64>
  // expected-error @+2 {{shape contains -1 twice}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Reshape %x, %s : (tensor<6xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  return
}

// -----

func.func @reshape_c2_allowzero(%x: tensor<0xf32>) {
  %s = opml.Constant "s" dense<[0, -1]> : tensor<2xi64>
  // expected-error @+2 {{shape contains 0 and -1 although allowzero is 1}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Reshape %x, %s {allowzero = 1} : (tensor<0xf32>, tensor<2xi64>) -> tensor<0x3xf32>
  return
}

// -----

func.func @reshape_c3(%x: tensor<6xf32>) {
  %s = opml.Constant "s" dense<[6, 0]> : tensor<2xi64>
  // expected-error @+2 {{shape copies dimension 1, which data does not have}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Reshape %x, %s : (tensor<6xf32>, tensor<2xi64>) -> tensor<6x1xf32>
  return
}

// -----

func.func @reshape_c4(%x: tensor<6xf32>) {
  %s = opml.Constant "s" dense<[4, -1]> : tensor<2xi64>
  // expected-error @+2 {{'tensor<6xf32>' has 6 elements, which do not fit shape [4, -1]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Reshape %x, %s : (tensor<6xf32>, tensor<2xi64>) -> tensor<4x1xf32>
  return
}

// -----

func.func @flatten_c1(%x: tensor<6xf32>) {
  // expected-error @+2 {{axis -2 is not in [-1, 1]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Flatten %x {axis = -2} : (tensor<6xf32>) -> tensor<1x6xf32>
  return
}

// -----

func.func @transpose_c1(%x: tensor<2x3xf32>) {
  // expected-error @+2 {{perm [0, 0] is not a permutation of the dimensions of 'tensor<2x3xf32>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = opml.Transpose %x {perm = array<i64: 0, 0>} : (tensor<2x3xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func private @max_without_operands() -> tensor<f32> attributes {opml.node} {
  // expected-error @below {{there is no operand}}
  // expected-error @below {{failed to infer returned types}}
  %0 = opml.Max : () -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

func.func private @clip_by_vector(%x: tensor<3xf32>, %a: tensor<1xf32>) -> tensor<3xf32> attributes {opml.node} {
  // expected-error @below {{a bound is 'tensor<1xf32>', not 'tensor<f32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = opml.Clip %x, %a {operandSegmentSizes = array<i32: 1, 1, 0>} : (tensor<3xf32>, tensor<1xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func private @clip_twice(%x: tensor<3xf32>, %a: tensor<f32>) -> tensor<3xf32> attributes {opml.node} {
  // expected-error @below {{bounds are operands and attributes}}
  // expected-error @below {{failed to infer returned types}}
  %0 = opml.Clip %x, %a {upper = 1.0 : f32, operandSegmentSizes = array<i32: 1, 1, 0>} : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func private @slope_too_large(%x: tensor<3xf32>, %s: tensor<2x3xf32>) -> tensor<3xf32> attributes {opml.node} {
  // expected-error @below {{does not broadcast to 'tensor<3xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = opml.PRelu %x, %s : (tensor<3xf32>, tensor<2x3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func private @zero_point_of_another_type(%a: tensor<2x3xui8>, %b: tensor<3x2xi8>, %z: tensor<i8>) -> tensor<2x2xi32> attributes {opml.node} {
  // expected-error @below {{the zero point of 'tensor<2x3xui8>' is 'tensor<i8>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = opml.MatMulInteger %a, %b, %z {operandSegmentSizes = array<i32: 1, 1, 1, 0>} : (tensor<2x3xui8>, tensor<3x2xi8>, tensor<i8>) -> tensor<2x2xi32>
  return %0 : tensor<2x2xi32>
}

// -----

func.func private @zero_points_of_columns(%a: tensor<2x3xui8>, %b: tensor<3x2xi8>, %z: tensor<3xi8>) -> tensor<2x2xi32> attributes {opml.node} {
  // expected-error @below {{the zero point of 'tensor<3x2xi8>' is 'tensor<3xi8>', expected one number or 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = opml.MatMulInteger %a, %b, %z {operandSegmentSizes = array<i32: 1, 1, 0, 1>} : (tensor<2x3xui8>, tensor<3x2xi8>, tensor<3xi8>) -> tensor<2x2xi32>
  return %0 : tensor<2x2xi32>
}

// -----

func.func private @zero_points_of_channels(%x: tensor<1x2x5xui8>, %w: tensor<4x2x3xi8>, %z: tensor<2xui8>) -> tensor<1x4x3xi32> attributes {opml.node} {
  // expected-error @below {{the zero point of 'tensor<1x2x5xui8>' is 'tensor<2xui8>', expected one number}}
  // expected-error @below {{failed to infer returned types}}
  %0 = opml.ConvInteger %x, %w, %z {operandSegmentSizes = array<i32: 1, 1, 1, 0>} : (tensor<1x2x5xui8>, tensor<4x2x3xi8>, tensor<2xui8>) -> tensor<1x4x3xi32>
  return %0 : tensor<1x4x3xi32>
}
