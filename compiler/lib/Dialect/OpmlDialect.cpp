//===- OpmlDialect.cpp - Registration and structural ops ------------------===//

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"
#include "opml/Dialect/Reduction.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace opml::compiler;

#include "opml/Dialect/OpmlDialect.cpp.inc"
#include "opml/Dialect/OpmlInterfaces.cpp.inc"
#define GET_OP_CLASSES
#include "opml/Dialect/OpmlOps.cpp.inc"

void OpmlDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "opml/Dialect/OpmlOps.cpp.inc"
      >();
}

LogicalResult ViewOp::verify() {
  auto from = cast<RankedTensorType>(getInput().getType());
  auto to = cast<RankedTensorType>(getResult().getType());
  if (from.getElementType() != to.getElementType())
    return emitOpError("changes the element type");
  if (from.getNumElements() != to.getNumElements())
    return emitOpError("changes the number of elements from ")
           << from.getNumElements() << " to " << to.getNumElements();
  return success();
}

OpFoldResult ViewOp::fold(FoldAdaptor) {
  Value source = getInput();
  if (auto inner = source.getDefiningOp<ViewOp>())
    source = inner.getInput();
  if (source.getType() == getType())
    return source;
  if (source == getInput())
    return {};
  getInputMutable().set(source);
  return getResult();
}

SmallVector<Value> ViewOp::lowerToLinalg(OpBuilder &builder,
                                         ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  return {linalg.reshaped(operands[0], getType().getShape())};
}

/// Equal up to the signedness of integer elements and bools being bytes.
static bool sameStorage(Type a, Type b) {
  auto tensorA = cast<RankedTensorType>(a);
  auto tensorB = dyn_cast<RankedTensorType>(b);
  if (!tensorB || tensorA.getShape() != tensorB.getShape())
    return false;
  return storedType(tensorA.getElementType()) ==
         storedType(tensorB.getElementType());
}

LogicalResult CallOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  auto callee = symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(
      *this, getCalleeAttr());
  if (!callee)
    return emitOpError("calls '")
           << getCallee() << "', which is not a function";
  if (!callee->hasAttr(nodeAttrName))
    return emitOpError("calls '")
           << getCallee() << "', which is not an opml.node function";
  if (callee.getNumArguments() != getNumOperands() ||
      callee.getNumResults() != getNumResults())
    return emitOpError("has ")
           << getNumOperands() << " operands and " << getNumResults()
           << " results, but '" << getCallee() << "' has "
           << callee.getNumArguments() << " and " << callee.getNumResults();
  for (auto [index, operand, argument] :
       llvm::enumerate(getOperandTypes(), callee.getArgumentTypes()))
    if (!sameStorage(operand, argument))
      return emitOpError("operand #") << index << " is " << operand << ", but '"
                                      << getCallee() << "' takes " << argument;
  for (auto [index, result, returned] :
       llvm::enumerate(getResultTypes(), callee.getResultTypes()))
    if (!sameStorage(result, returned))
      return emitOpError("result #") << index << " is " << result << ", but '"
                                     << getCallee() << "' returns " << returned;
  return success();
}
