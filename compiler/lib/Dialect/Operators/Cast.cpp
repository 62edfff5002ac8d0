//===- Cast.cpp - opml.Cast -----------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

/// The type that ONNX has the number for; null if it is not one to compute
/// with.
static Type typeOf(MLIRContext *context, int64_t number) {
  auto integer = [&](unsigned bits, bool isUnsigned = false) -> Type {
    return IntegerType::get(context, bits,
                            isUnsigned ? IntegerType::Unsigned
                                       : IntegerType::Signless);
  };
  switch (number) {
  case 1:
    return Float32Type::get(context);
  case 2:
    return integer(8, true);
  case 3:
    return integer(8);
  case 4:
    return integer(16, true);
  case 5:
    return integer(16);
  case 6:
    return integer(32);
  case 7:
    return integer(64);
  case 9:
    return integer(1);
  case 12:
    return integer(32, true);
  case 13:
    return integer(64, true);
  default:
    return Type();
  }
}

LogicalResult CastOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> loc,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &results) {
  Type element = typeOf(context, adaptor.getTo());
  if (!element)
    return emitOptionalError(loc, "the type ", adaptor.getTo(),
                             " is not bool, an integer type or float32");
  results.push_back(
      cast<RankedTensorType>(adaptor.getInput().getType()).clone(element));
  return success();
}

SmallVector<Value> CastOp::lowerToLinalg(OpBuilder &builder,
                                         ValueRange operands) {
  bool fromUnsigned = isUnsignedTensor(getInput()) || isBoolTensor(getInput());
  bool toUnsigned = isUnsignedTensor(getOutput());
  Type to = storedType(getType().getElementType());
  return lowerElementwise(
      *this, builder, operands, [&](LinalgBuilder &scalars, ValueRange e) {
        Value x = isBoolTensor(getInput()) ? scalars.truth(scalars.isTrue(e[0]))
                                           : e[0];
        if (isBoolTensor(getOutput()))
          return scalars.truth(scalars.isTrue(x));
        return scalars.converted(x, to, fromUnsigned, toUnsigned);
      });
}
