//===- PRelu.cpp - opml.PRelu ---------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/Broadcasting.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult PReluOp::inferReturnTypes(MLIRContext *,
                                        std::optional<Location> loc,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &results) {
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto slope = cast<RankedTensorType>(adaptor.getSlope().getType());
  if (broadcastShapes(x.getShape(), slope.getShape()) != Shape(x.getShape()))
    return emitOptionalError(loc, "slope of ", slope, " does not broadcast to ",
                             x);
  results.push_back(x);
  return success();
}

SmallVector<Value> PReluOp::lowerToLinalg(OpBuilder &builder,
                                          ValueRange operands) {
  return lowerElementwise(
      *this, builder, operands,
      [](LinalgBuilder &scalars, ValueRange elements) {
        Value x = elements[0];
        Value isNegative = scalars.create<arith::CmpFOp>(
            arith::CmpFPredicate::OLT, x, scalars.zero(x.getType()));
        return scalars.create<arith::SelectOp>(
            isNegative, scalars.multiply(elements[1], x), x);
      });
}

/// PRelu-1 and PRelu-6 have one slope, or one for each channel.
llvm::Error PReluOp::slopesOfChannels(ImportedNode &node) {
  if (node.operands.size() != 2 || !node.operands[0] || !node.operands[1])
    return llvm::Error::success();
  auto x = cast<RankedTensorType>(node.operands[0].getType());
  auto slope = cast<RankedTensorType>(node.operands[1].getType());
  if (x.getRank() < 2 || slope.getRank() != 1 || slope.getNumElements() == 1)
    return llvm::Error::success();
  Shape shape(x.getRank() - 1, 1);
  shape[0] = slope.getNumElements();
  node.operands[1] = ViewOp::create(node.builder, node.loc, slope.clone(shape),
                                    node.operands[1]);
  return llvm::Error::success();
}
