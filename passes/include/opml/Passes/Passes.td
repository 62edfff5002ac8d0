//===- Passes.td - The passes from opml to the LLVM dialect -----*- tablegen -*-===//

#ifndef OPML_PASSES_PASSES
#define OPML_PASSES_PASSES

include "mlir/Pass/PassBase.td"

def Simplify : Pass<"opml-simplify", "::mlir::func::FuncOp"> {
  let summary = "Make views of reshaping operators and weights of data constants";
  let description = [{
    Operators with the trait `View` become `opml.View`, or their operand where the
    type stays. An `opml.Constant` that nothing has folded by then is data, and
    becomes the `opml.Weight` of its name. What has no use is removed.
  }];
  let dependentDialects = ["::opml::compiler::OpmlDialect"];
}

def LowerToLinalg : Pass<"opml-lower-to-linalg", "::mlir::func::FuncOp"> {
  let summary = "Lower the operators of a node function to linalg on tensors";
  let description = [{
    Every operator builds its own body (interface `LowerToLinalg`): parallel loops
    outermost, then reduction loops in the order in which the operator accumulates.
    Integers lose their signedness, in the function's signature too. Functions
    without `opml.node` are left alone.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect", "::mlir::tensor::TensorDialect"];
}

def OutlineNodes : Pass<"opml-outline-nodes", "::mlir::ModuleOp"> {
  let summary = "Put every graph node into a function of its own";
  let description = [{
    Cuts @main into nodes: an operator with the elementwise operators that follow
    it, as long as each is the only user of the one before and keeps its shape. A node
    becomes a private function with the unit attribute `opml.node` and a call of it,
    `opml.Call`. Equal nodes (same operators, attributes, types) share a
    function. Weights and views stay in @main; a node gets each value once, whatever views
    of it its operators read. Node names are unique.
  }];
  let options = [Option<"singleNode", "single-node", "bool", "false",
                        "make the whole graph one node">];
  let dependentDialects = ["::opml::compiler::OpmlDialect", "::mlir::func::FuncDialect"];
}

def CanonicalizeArith : Pass<"opml-canonicalize-arith", "::mlir::func::FuncOp"> {
  let summary = "Leave only arithmetic that has one result on every target";
  let description = [{
    In node functions (docs/numerics.md):

    - `arith.{maximumf,minimumf,negf}` and `math.{absf,ceil,floor,roundeven}` become
      integer operations on the bits: a NaN operand gives the canonical NaN, and -0 is
      less than +0.
    - `math.{exp,log,tanh,erf,sin,cos,powf}` and `opml.logistic` are written out in integer
      arithmetic (passes/lib/Expand), at most one unit in the last place from the correctly
      rounded result.
    - Division and remainder get a divisor that cannot fail: x / 0 is x with remainder
      0, and INT_MIN / -1 is INT_MIN with remainder 0.
    - The amount of a shift is taken modulo the width.
    - A float that is converted to an integer is clamped to its range first; NaN
      gives 0.
    - A NaN in a returned tensor that a float operation may have made becomes
      the canonical one, 0x7fc00000, chosen on its bits.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def PackWeights : Pass<"opml-pack-weights", "::mlir::ModuleOp"> {
  let summary = "Store weights of contractions in panels of 16 columns";
  let description = [{
    A weight that a `linalg.generic` multiplies by is read along its columns, the one
    parallel loop that the other operands do not have, by vectors, and along its reduction
    loops one after the other. It becomes an argument
    [matrices…, ceil(columns / 16), reduction loops…, 16], padded with zeros, and the
    weight in @main says so. The guest reads the same bytes: only
    the indexing map changes, so the operations and their order stay.

    A weight stays as it is where its panels would make a deeper Merkle tree, which a
    dispute pays for, where anything else reads it in the function, or where one of the
    function's callers passes something else.
  }];
  let dependentDialects = ["::opml::compiler::OpmlDialect"];
}

def VerifyCanonical : Pass<"opml-verify-canonical", "::mlir::ModuleOp"> {
  let summary = "Refuse whatever is not on the list of canonical operations";
  let description = [{
    Checks every operation of every node function against the allow-list in
    docs/numerics.md, on linalg (`level=linalg`) or on the LLVM dialect
    (`level=llvm`; `level=native` has vectors too). The error names the operation and the node.
  }];
  let options = [Option<"level", "level", "std::string", "\"linalg\"",
                        "the list to check against: linalg, llvm or native">];
}

def FuseElementwise : Pass<"opml-fuse-elementwise", "::mlir::func::FuncOp"> {
  let summary = "Fuse chains of elementwise linalg.generic ops";
  let description = [{
    Merges an elementwise `linalg.generic` into its only user when that user is
    elementwise too. The rounded operations behind an output element and their
    order stay as they are; only a pass over memory is saved. A reduction is
    never a consumer, since its producer would be recomputed for every step.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect", "::mlir::affine::AffineDialect"];
}

def ReuseDestinations : Pass<"opml-reuse-destinations", "::mlir::func::FuncOp"> {
  let summary = "Let elementwise ops write into an operand that dies there";
  let description = [{
    An elementwise `linalg.generic` whose init is a fresh `tensor.empty` takes as
    init an input of the same type that it reads elementwise and alone, and that was
    produced in the function. So the tail of a node needs no second buffer.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

def BufferizeNodes : Pass<"opml-bufferize-nodes", "::mlir::ModuleOp"> {
  let summary = "Bufferize node functions: operands in, results out as arguments";
  let description = [{
    One-shot bufferization across function boundaries. Each tensor argument
    becomes a memref argument in row-major layout, each result a trailing memref
    argument with the attribute `bufferize.result`, written in place. All arguments are
    `llvm.noalias`: a node's slots are disjoint.
  }];
  let dependentDialects = ["::mlir::bufferization::BufferizationDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::memref::MemRefDialect"];
}

def ScratchArguments : Pass<"opml-scratch-arguments", "::mlir::func::FuncOp"> {
  let summary = "Turn allocations into scratch arguments";
  let description = [{
    There is no allocator in the guest. Every `memref.alloc` of static shape becomes a
    trailing argument with the attributes `opml.scratch` and `llvm.noalias`, whose
    memory the layout of the node provides; it is zero when the node starts.
    An allocation of dynamic shape is an error.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect"];
}

def DropEmptyBuffers : Pass<"opml-drop-empty-buffers", "::mlir::func::FuncOp"> {
  let summary = "Remove what iterates over nothing, and the shape of empty arguments";
  let description = [{
    A bufferized `linalg` op with a loop of no iterations is erased, then every view without a use.
    An argument without elements becomes a `memref<0x…>`, the one form of it that has a
    bare pointer.
  }];
}

def VectorizeTiles : Pass<"opml-vectorize-tiles", "::mlir::func::FuncOp"> {
  let summary = "Compute reductions in tiles of vector registers";
  let description = [{
    A bufferized reduction (Gemm, MatMul, Conv, MaxPool), with the op that fills its buffer and
    the elementwise op that follows it, becomes a `scf.forall` over tiles of outputs. A
    tile has one vector register for each row and `lanes` columns; the lanes are neighbouring
    outputs. Every output has one accumulator, and the steps of its reduction stay in their
    order, so the rounded operations are those of the scalar loops. A long reduction is taken in
    parts, which caches hold; the accumulators wait in the buffer meanwhile.

    Which outputs are rows and how many rows and vectors a tile has is decided by the number of
    steps that this takes with so many registers. Ops that index their operands in other ways
    than linearly, or that write them where others read, are left as they are.
  }];
  let options = [Option<"lanes", "lanes", "int64_t", "4", "32-bit lanes of a vector register">,
                 Option<"registers", "registers", "int64_t", "16",
                        "vector registers that a tile may use">];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

def GuestLoops : Pass<"opml-guest-loops", "::mlir::func::FuncOp"> {
  let summary = "Lower bufferized linalg to loops; sums of integers several at a time";
  let description = [{
    Every `linalg` op becomes loops in the order of its iterators. A reduction of integers then runs
    over `sums` elements of its innermost parallel dimension at a time (the last ones up to half
    as many more), each with an accumulator of its own, as many as there are registers for. In the
    VM, where an instruction is an instruction, the loops and what the elements share otherwise
    cost as much as the sums. Elements that lie side by side in one panel of weights are read by
    one pointer. Floats gain nothing: a call of soft float leaves few registers.
  }];
  let options = [Option<"sums", "sums", "unsigned", /*default=*/"8", "Elements at a time">];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect"];
}

def ParallelLoops : Pass<"opml-parallel-loops", "::mlir::func::FuncOp"> {
  let summary = "Lower bufferized linalg to loops, the outermost parallel one a scf.forall";
  let description = [{
    Every `linalg` op becomes loops in the order of its iterators, as for the guest, inside
    a `scf.forall` over the first parallel loop that goes round more than once, or over one iteration.
    Iterations of a `scf.forall` write disjoint elements, so they may run on any threads.
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect"];
}

def SplitStages : Pass<"opml-split-stages", "::mlir::ModuleOp"> {
  let summary = "Make a function of every parallel loop of a node";
  let description = [{
    Replaces each node function by one function for each of its top-level `scf.forall`, a stage:
    it takes the node's buffers and the range of iterations to run. `opml.stage_of` names the
    node function, `opml.iterations` says how many iterations there are and `opml.work` what they do
    together, in innermost loop bodies. A node is its stages in the module's order, one after the other.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::scf::SCFDialect"];
}

#endif // OPML_PASSES_PASSES
