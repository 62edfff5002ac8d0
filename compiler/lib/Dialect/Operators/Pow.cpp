//===- Pow.cpp - opml.Pow -------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/Broadcasting.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult PowOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> loc,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &results) {
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto y = cast<RankedTensorType>(adaptor.getY().getType());
  auto shape = broadcastShapes(x.getShape(), y.getShape());
  if (!shape)
    return emitOptionalError(loc, x, " and ", y, " do not broadcast");
  results.push_back(x.clone(*shape));
  return success();
}

SmallVector<Value> PowOp::lowerToLinalg(OpBuilder &builder,
                                        ValueRange operands) {
  bool isUnsigned = isUnsignedTensor(getY());
  return lowerElementwise(
      *this, builder, operands, [&](LinalgBuilder &scalars, ValueRange e) {
        Value x = e[0], y = e[1];
        if (isa<IntegerType>(y.getType()))
          y = isUnsigned ? scalars.create<arith::UIToFPOp>(x.getType(), y)
                         : scalars.create<arith::SIToFPOp>(x.getType(), y);
        return scalars.create<math::PowFOp>(x, y);
      });
}
