// RUN: opml-opt %s --split-input-file --opml-verify-canonical=level=llvm --verify-diagnostics

llvm.func @fmuladd(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.intr.fmuladd' in node 'fmuladd': is not a canonical operation}}
  %0 = llvm.intr.fmuladd(%a, %a, %a) : (f32, f32, f32) -> f32
  llvm.return
}

// -----

llvm.func @fast_math(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.fadd' in node 'fast_math': has fast-math flags}}
  %0 = llvm.fadd %a, %a {fastmathFlags = #llvm.fastmath<nsz>} : f32
  llvm.return
}

// -----

llvm.func @maxnum(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.intr.maxnum' in node 'maxnum': is not a canonical operation}}
  %0 = llvm.intr.maxnum(%a, %a) : (f32, f32) -> f32
  llvm.return
}

// -----

llvm.func @libm(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.intr.exp' in node 'libm': is not a canonical operation}}
  %0 = llvm.intr.exp(%a) : (f32) -> f32
  llvm.return
}

// -----

llvm.func @raw_division(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.sdiv' in node 'raw_division': divides by a value that is not guarded}}
  %0 = llvm.sdiv %i, %j : i32
  llvm.return
}

// -----

llvm.func @raw_shift(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.shl' in node 'raw_shift': shifts by an amount that is not masked}}
  %0 = llvm.shl %i, %j : i32
  llvm.return
}

// -----

llvm.func @wide_shift(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  %c = llvm.mlir.constant(32 : i32) : i32
  // expected-error @below {{'llvm.lshr' in node 'wide_shift': shifts by more than its width}}
  %0 = llvm.lshr %i, %c : i32
  llvm.return
}

// -----

llvm.func @raw_to_integer(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.fptosi' in node 'raw_to_integer': converts a value that is not clamped to the integer's range}}
  %0 = llvm.fptosi %a : f32 to i32
  llvm.return
}

// -----

llvm.func @undefined(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.mlir.undef' in node 'undefined': is not a canonical operation}}
  %0 = llvm.mlir.undef : f32
  llvm.return
}

// -----

llvm.func @poison(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.mlir.poison' in node 'poison': is not a canonical operation}}
  %0 = llvm.mlir.poison : f32
  llvm.return
}

// -----

llvm.func @large_stack(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.alloca' in node 'large_stack': is not a canonical operation}}
  %0 = llvm.alloca %i x f32 : (i32) -> !llvm.ptr
  llvm.return
}

// -----

llvm.func @vector(%v: vector<4xf32>) {
  // expected-error @below {{'llvm.fadd' in node 'vector': computes with vectors}}
  %0 = llvm.fadd %v, %v : vector<4xf32>
  llvm.return
}

// -----

llvm.func @volatile(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.load' in node 'volatile': is volatile or atomic}}
  %0 = llvm.load volatile %p : !llvm.ptr -> i32
  llvm.return
}

// -----

// expected-error @below {{'llvm.func' in node 'expf': is a function of a library}}
llvm.func @expf(f32) -> f32

// -----

// expected-error @below {{'llvm.func' in node 'malloc': is a function of a library}}
llvm.func @malloc(i32) -> !llvm.ptr

// -----

// expected-error @below {{'llvm.mlir.global' in node 'table': is not a canonical operation}}
llvm.mlir.global internal constant @table(1 : i32) : i32

// -----

llvm.func @zeros_of_zero(%a: f32, %i: i32, %j: i32, %p: !llvm.ptr) {
  // expected-error @below {{'llvm.intr.ctlz' in node 'zeros_of_zero': is poison for zero}}
  %0 = "llvm.intr.ctlz"(%i) <{is_zero_poison = true}> : (i32) -> i32
  llvm.return
}
