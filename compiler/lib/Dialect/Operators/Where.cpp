//===- Where.cpp - opml.Where ---------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult WhereOp::inferReturnTypes(MLIRContext *,
                                        std::optional<Location> loc,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &results) {
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  if (x.getElementType() !=
      cast<RankedTensorType>(adaptor.getY().getType()).getElementType())
    return emitOptionalError(loc, "the types of X and Y, ", x, " and ",
                             adaptor.getY().getType(), ", differ");
  return inferBroadcast(loc, adaptor.getOperands(), x.getElementType(),
                        results);
}

SmallVector<Value> WhereOp::lowerToLinalg(OpBuilder &builder,
                                          ValueRange operands) {
  return lowerElementwise(
      *this, builder, operands, [](LinalgBuilder &scalars, ValueRange e) {
        Value chosen =
            scalars.create<arith::SelectOp>(scalars.isTrue(e[0]), e[1], e[2]);
        // One rule for what was computed before and for what was not, however
        // nodes are cut.
        return scalars.withCanonicalNaN(chosen);
      });
}
