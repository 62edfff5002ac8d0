//===- Relu.cpp - opml.Relu -----------------------------------------------===//

#include "opml/Dialect/ImportedNode.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult ReluOp::inferReturnTypes(MLIRContext *, std::optional<Location>,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &results) {
  results.push_back(adaptor.getX().getType());
  return success();
}

SmallVector<Value> ReluOp::lowerToLinalg(OpBuilder &builder,
                                         ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  auto type = cast<RankedTensorType>(operands[0].getType());
  return {linalg.map({{operands[0], linalg.loops(0, type.getRank())}}, type,
                     [](LinalgBuilder &scalars, ValueRange elements) {
                       Value zero = scalars.zero(elements[0].getType());
                       return scalars.maximum(elements[0], zero,
                                              /*isUnsigned=*/false);
                     })};
}

llvm::Error ReluOp::dropConsumedInputs(ImportedNode &node) {
  node.attributes.erase("consumed_inputs"); // a hint for in-place execution
  return llvm::Error::success();
}
