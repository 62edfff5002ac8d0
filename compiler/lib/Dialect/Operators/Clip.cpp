//===- Clip.cpp - opml.Clip -----------------------------------------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult ClipOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> loc,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &results) {
  auto type = cast<RankedTensorType>(adaptor.getInput().getType());
  for (Value bound : adaptor.getOperands().drop_front())
    if (bound.getType() != type.clone(ArrayRef<int64_t>()))
      return emitOptionalError(loc, "a bound is ", bound.getType(), ", not ",
                               type.clone(ArrayRef<int64_t>()));
  if (adaptor.getLowerAttr() || adaptor.getUpperAttr()) {
    if (adaptor.getOperands().size() > 1)
      return emitOptionalError(loc, "bounds are operands and attributes");
    if (!type.getElementType().isF32())
      return emitOptionalError(loc, "bounds of ", type, " are attributes");
  }
  results.push_back(type);
  return success();
}

SmallVector<Value> ClipOp::lowerToLinalg(OpBuilder &builder,
                                         ValueRange operands) {
  bool isUnsigned = isUnsignedTensor(getInput());
  return lowerElementwise(
      *this, builder, operands,
      [&](LinalgBuilder &scalars, ValueRange elements) {
        Value result = elements[0];
        if (getMin())
          result = scalars.maximum(result, elements[1], isUnsigned);
        else if (std::optional<APFloat> lower = getLower())
          result = scalars.maximum(
              result, scalars.floatConstant(lower->convertToFloat()), false);
        if (getMax())
          result =
              scalars.minimum(result, elements[getMin() ? 2 : 1], isUnsigned);
        else if (std::optional<APFloat> upper = getUpper())
          result = scalars.minimum(
              result, scalars.floatConstant(upper->convertToFloat()), false);
        return result;
      });
}

/// Clip-1 and Clip-6 have the bounds as attributes, which stay attributes.
llvm::Error ClipOp::boundsToOperands(ImportedNode &node) {
  for (auto [from, to] : {std::pair("min", "lower"), {"max", "upper"}})
    if (Attribute bound = node.attributes.erase(from))
      node.attributes.append(to, bound);
  return llvm::Error::success();
}
