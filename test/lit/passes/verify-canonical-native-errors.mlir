// RUN: opml-opt %s --split-input-file --opml-verify-canonical=level=native --verify-diagnostics

// Lanes may be computed and moved, each for itself.
llvm.func @lanes(%a: vector<4xf32>, %s: f32, %i: vector<4xi32>, %p: !llvm.ptr, %m: vector<4xi1>) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %shift = llvm.mlir.constant(dense<31> : vector<4xi32>) : vector<4xi32>
  %poison = llvm.mlir.poison : vector<4xf32>
  %0 = llvm.insertelement %s, %poison[%zero : i64] : vector<4xf32>
  %1 = llvm.shufflevector %0, %poison [0, 0, 0, 0] : vector<4xf32>
  %2 = llvm.intr.fma(%a, %1, %a) : (vector<4xf32>, vector<4xf32>, vector<4xf32>) -> vector<4xf32>
  %3 = llvm.ashr %i, %shift : vector<4xi32>
  llvm.intr.masked.store %2, %p, %m {alignment = 4 : i32} : vector<4xf32>, vector<4xi1> into !llvm.ptr
  llvm.return
}

// -----

llvm.func @sum_of_lanes(%a: vector<4xf32>, %s: f32) {
  // expected-error @below {{'llvm.intr.vector.reduce.fadd' in node 'sum_of_lanes': is not a canonical operation}}
  %0 = "llvm.intr.vector.reduce.fadd"(%s, %a) <{fastmathFlags = #llvm.fastmath<none>}> : (f32, vector<4xf32>) -> f32
  llvm.return
}

// -----

llvm.func @contracted(%a: vector<4xf32>) {
  // expected-error @below {{'llvm.intr.fmuladd' in node 'contracted': is not a canonical operation}}
  %0 = llvm.intr.fmuladd(%a, %a, %a) : (vector<4xf32>, vector<4xf32>, vector<4xf32>) -> vector<4xf32>
  llvm.return
}

// -----

llvm.func @fast_lanes(%a: vector<4xf32>) {
  // expected-error @below {{'llvm.fmul' in node 'fast_lanes': has fast-math flags}}
  %0 = llvm.fmul %a, %a {fastmathFlags = #llvm.fastmath<contract>} : vector<4xf32>
  llvm.return
}

// -----

llvm.func @poison(%a: vector<4xf32>) {
  // expected-error @below {{'llvm.mlir.poison' in node 'poison': computes with poison}}
  %0 = llvm.mlir.poison : vector<4xf32>
  %1 = llvm.fadd %a, %0 : vector<4xf32>
  llvm.return
}

// -----

llvm.func @wide_shift(%i: vector<4xi32>) {
  %c = llvm.mlir.constant(dense<32> : vector<4xi32>) : vector<4xi32>
  // expected-error @below {{'llvm.lshr' in node 'wide_shift': shifts by more than its width}}
  %0 = llvm.lshr %i, %c : vector<4xi32>
  llvm.return
}
