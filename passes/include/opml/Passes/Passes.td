//===- Passes.td - The passes from opml to the LLVM dialect -----*- tablegen -*-===//

#ifndef OPML_PASSES_PASSES
#define OPML_PASSES_PASSES

include "mlir/Pass/PassBase.td"

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

#endif // OPML_PASSES_PASSES
