//===- OpmlStructural.td - Weights, views and node calls -----*- tablegen -*-===//

#ifndef OPML_DIALECT_OPMLSTRUCTURAL_TD
#define OPML_DIALECT_OPMLSTRUCTURAL_TD

include "mlir/IR/SymbolInterfaces.td"
include "opml/Dialect/OpmlBase.td"

def Opml_WeightOp : Op<Opml_Dialect, "Weight", [Pure]> {
  let summary = "an initialiser of the model, by name";
  let description = [{
    The IR holds name and type only; the bytes stay in the model file and are
    found by name through `WeightTable`.

        %0 = opml.Weight "conv1.weight" : tensor<8x1x5x5xf32>

    With `panels`, the tensor has been packed for a contraction (`opml-pack-weights`,
    docs/image-format.md): the file's bytes are [matrices, inner, columns] of
    `panels`, or [matrices, columns, inner] with `columns_first`.

        %1 = opml.Weight "dense" {panels = array<i64: 1, 256, 10>} : tensor<1x256x16xf32>
  }];
  let arguments = (ins StrAttr:$name, OptionalAttr<DenseI64ArrayAttr>:$panels,
                       UnitAttr:$columns_first);
  let results = (outs Opml_Tensor:$result);
  let assemblyFormat = "$name attr-dict `:` type($result)";
  let builders = [OpBuilder<(ins "::mlir::Type":$type, "::llvm::StringRef":$name), [{
    build($_builder, $_state, type, name, nullptr, /*columns_first=*/false);
  }]>];
}

def Opml_ViewOp : Op<Opml_Dialect, "View", [
    Pure, Opml_View, DeclareOpInterfaceMethods<LowerToLinalgInterface>]> {
  let summary = "the same bytes in another shape";
  let description = [{
    Element type and number of elements stay; an alias, never a node.

        %1 = opml.View %0 : tensor<2x3xf32> -> tensor<6xf32>
  }];
  let arguments = (ins Opml_Tensor:$input);
  let results = (outs Opml_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Opml_CallOp : Op<Opml_Dialect, "Call", [
    Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "one graph node: a call of its function";
  let description = [{
    The callee is a function with the unit attribute `opml.node`; equal nodes
    share one. `node` is the anchor's ONNX node name, `operators` the ONNX
    operators fused in it. The callee's types are the operands' and results',
    up to the signedness of integers, which linalg does not know, and bools, which are bytes there.

        %2 = opml.Call @conv(%0, %1) {node = "c1", operators = ["Conv", "Relu"]}
               : (tensor<1x1x8x8xf32>, tensor<4x1x3x3xf32>) -> tensor<1x4x6x6xf32>
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<Opml_Tensor>:$operands,
                       StrAttr:$node, StrArrayAttr:$operators);
  let results = (outs Variadic<Opml_Tensor>:$results);
  let assemblyFormat =
      "$callee `(` $operands `)` attr-dict `:` functional-type($operands, $results)";
}

def Opml_LogisticOp : Op<Opml_Dialect, "logistic", [Pure, SameOperandsAndResultType]> {
  let summary = "1 / (1 + exp(-x)) of a scalar";
  let description = [{
    What the math dialect lacks; like its operations it is gone behind
    opml-canonicalize-arith.
  }];
  let arguments = (ins F32:$x);
  let results = (outs F32:$result);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

#endif // OPML_DIALECT_OPMLSTRUCTURAL_TD
