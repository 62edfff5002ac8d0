//===- OpmlInterfaces.td - Interfaces of operators -----------*- tablegen -*-===//

#ifndef OPML_DIALECT_OPMLINTERFACES_TD
#define OPML_DIALECT_OPMLINTERFACES_TD

include "mlir/IR/OpBase.td"

def LowerToLinalgInterface : OpInterface<"LowerToLinalg"> {
  let cppNamespace = "::opml::compiler";
  let description = [{
    Builds the operator's canonical body: linalg on tensors whose scalar
    operations and their order are the operator's meaning on every target
    (docs/numerics.md). The body of opml-lower-to-linalg.
  }];
  let methods = [InterfaceMethod<[{
      Builds the body at `builder`'s insertion point and returns one value per
      result. `operands` are the op's operands, with signless element types;
      the op's own types still say which integers are unsigned.
    }], "::llvm::SmallVector<::mlir::Value>", "lowerToLinalg",
    (ins "::mlir::OpBuilder &":$builder, "::mlir::ValueRange":$operands)>];
}

#endif // OPML_DIALECT_OPMLINTERFACES_TD
