// RUN: opml-opt %s --split-input-file --opml-verify-canonical --verify-diagnostics

// One case for each thing that docs/numerics.md keeps off the list.

func.func private @vector_fma(%v: vector<4xf32>, %s: f32) attributes {opml.node} {
  // expected-error @below {{'vector.fma' in node 'vector_fma': is not a canonical operation}}
  %0 = vector.fma %v, %v, %v : vector<4xf32>
  return
}

// -----

func.func private @vector_reduction(%v: vector<4xf32>, %s: f32) attributes {opml.node} {
  // expected-error @below {{'vector.reduction' in node 'vector_reduction': is not a canonical operation}}
  %0 = vector.reduction <add>, %v : vector<4xf32> into f32
  return
}

// -----

func.func private @vector_outerproduct(%v: vector<4xf32>, %s: f32) attributes {opml.node} {
  // expected-error @below {{'vector.outerproduct' in node 'vector_outerproduct': is not a canonical operation}}
  %0 = vector.outerproduct %v, %v : vector<4xf32>, vector<4xf32>
  return
}

// -----

func.func private @vector_contract(%v: vector<4xf32>, %s: f32) attributes {opml.node} {
  // expected-error @below {{'vector.contract' in node 'vector_contract': is not a canonical operation}}
  %0 = vector.contract {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> ()>],
      iterator_types = ["reduction"], kind = #vector.kind<add>} %v, %v, %s : vector<4xf32>, vector<4xf32> into f32
  return
}

// -----

func.func private @fast_math(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.addf' in node 'fast_math': has fast-math flags}}
  %0 = arith.addf %a, %b fastmath<reassoc> : f32
  return
}

// -----

func.func private @contracted(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'math.fma' in node 'contracted': has fast-math flags}}
  %0 = math.fma %a, %b, %a fastmath<contract> : f32
  return
}

// -----

func.func private @overflow_flags(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.addi' in node 'overflow_flags': has overflow flags, whose violation is poison}}
  %0 = arith.addi %i, %j overflow<nsw> : i32
  return
}

// -----

func.func private @exact(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  %c = arith.constant 4 : i32
  // expected-error @below {{'arith.divui' in node 'exact': is exact, whose violation is poison}}
  %0 = arith.divui %i, %c exact : i32
  return
}

// -----

func.func private @maxnum(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.maxnumf' in node 'maxnum': is not a canonical operation}}
  %0 = arith.maxnumf %a, %b : f32
  return
}

// -----

func.func private @minnum(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.minnumf' in node 'minnum': is not a canonical operation}}
  %0 = arith.minnumf %a, %b : f32
  return
}

// -----

func.func private @maximum(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.maximumf' in node 'maximum': is not a canonical operation}}
  %0 = arith.maximumf %a, %b : f32
  return
}

// -----

func.func private @remainder(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.remf' in node 'remainder': is not a canonical operation}}
  %0 = arith.remf %a, %b : f32
  return
}

// -----

func.func private @libm(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'math.exp' in node 'libm': is not a canonical operation}}
  %0 = math.exp %a : f32
  return
}

// -----

func.func private @raw_to_signed(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.fptosi' in node 'raw_to_signed': converts a value that is not clamped to the integer's range}}
  %0 = arith.fptosi %a : f32 to i32
  return
}

// -----

func.func private @raw_to_unsigned(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.fptoui' in node 'raw_to_unsigned': converts a value that is not clamped to the integer's range}}
  %0 = arith.fptoui %a : f32 to i8
  return
}

// -----

func.func private @raw_division(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.divsi' in node 'raw_division': divides by a value that may be 0, or -1 with the least dividend}}
  %0 = arith.divsi %i, %j : i32
  return
}

// -----

func.func private @raw_remainder(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.remui' in node 'raw_remainder': divides by a value that may be 0, or -1 with the least dividend}}
  %0 = arith.remui %i, %j : i32
  return
}

// -----

func.func private @division_by_zero(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  %c = arith.constant 0 : i32
  // expected-error @below {{'arith.divui' in node 'division_by_zero': divides by a value that may be 0, or -1 with the least dividend}}
  %0 = arith.divui %i, %c : i32
  return
}

// -----

func.func private @division_by_minus_one(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  %c = arith.constant -1 : i32
  // expected-error @below {{'arith.divsi' in node 'division_by_minus_one': divides by a value that may be 0, or -1 with the least dividend}}
  %0 = arith.divsi %i, %c : i32
  return
}

// -----

// The guard is that of another divisor.
func.func private @wrong_guard(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %fails = arith.cmpi eq, %i, %zero : i32
  %safe = arith.select %fails, %one, %j : i32
  // expected-error @below {{'arith.divui' in node 'wrong_guard': divides by a value that may be 0, or -1 with the least dividend}}
  %0 = arith.divui %i, %safe : i32
  return
}

// -----

func.func private @raw_shift(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.shli' in node 'raw_shift': shifts by an amount that is not masked}}
  %0 = arith.shli %i, %j : i32
  return
}

// -----

func.func private @wide_shift(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  %c = arith.constant 32 : i32
  // expected-error @below {{'arith.shrui' in node 'wide_shift': shifts by an amount that is not masked}}
  %0 = arith.shrui %i, %c : i32
  return
}

// -----

func.func private @index_from_data(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.index_cast' in node 'index_from_data': makes an index from data}}
  %0 = arith.index_cast %i : i32 to index
  return
}

// -----

func.func private @index_arithmetic(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  %c = arith.constant 4 : index
  // expected-error @below {{'arith.addi' in node 'index_arithmetic': computes with index values}}
  %0 = arith.addi %c, %c : index
  return
}

// -----

func.func private @double(%a: f64) attributes {opml.node} {
  // expected-error @below {{'arith.addf' in node 'double': computes with floats other than f32, for which the guest has no arithmetic}}
  %0 = arith.addf %a, %a : f64
  return
}

// -----

func.func private @poison(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'ub.poison' in node 'poison': is not a canonical operation}}
  %0 = ub.poison : f32
  return
}

// -----

func.func private @malloc(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'memref.alloc' in node 'malloc': is not a canonical operation}}
  %0 = memref.alloc() : memref<4xf32>
  return
}

// -----

func.func private @other()

func.func private @library(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'func.call' in node 'library': is not a canonical operation}}
  func.call @other() : () -> ()
  return
}

// -----

func.func private @constant_tensor(%a: f32, %b: f32, %i: i32, %j: i32) attributes {opml.node} {
  // expected-error @below {{'arith.constant' in node 'constant_tensor': is a tensor; constant tensors are weights}}
  %0 = arith.constant dense<1.0> : tensor<4xf32>
  return
}

// -----

func.func private @unwritten() -> tensor<4xf32> attributes {opml.node} {
  // expected-error @below {{'tensor.empty' in node 'unwritten': is read before it is written}}
  %0 = tensor.empty() : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// The accumulator's start is what nobody wrote.
#in = affine_map<(i) -> (i)>
#out = affine_map<(i) -> ()>
func.func private @unwritten_start(%a: tensor<4xf32>) -> tensor<f32> attributes {opml.node} {
  // expected-error @below {{'tensor.empty' in node 'unwritten_start': is read before it is written}}
  %e = tensor.empty() : tensor<f32>
  %0 = linalg.generic {indexing_maps = [#in, #out], iterator_types = ["reduction"]}
      ins(%a : tensor<4xf32>) outs(%e : tensor<f32>) {
  ^bb0(%x: f32, %acc: f32):
    %s = arith.addf %x, %acc : f32
    linalg.yield %s : f32
  } -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

// A named op hides a product and a sum that are rounded apart or together.
func.func private @named(%a: tensor<4x4xf32>, %c: tensor<4x4xf32>) -> tensor<4x4xf32> attributes {opml.node} {
  // expected-error @below {{'linalg.matmul' in node 'named': is not a canonical operation}}
  %0 = linalg.matmul ins(%a, %a : tensor<4x4xf32>, tensor<4x4xf32>) outs(%c : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %0 : tensor<4x4xf32>
}

// -----

func.func private @dynamic(%a: tensor<?xf32>) -> tensor<?xf32> attributes {opml.node} {
  %c = arith.constant true
  // expected-error @below {{'arith.select' in node 'dynamic': has a type that is not a tensor of static shape}}
  %0 = arith.select %c, %a, %a : tensor<?xf32>
  return %0 : tensor<?xf32>
}
