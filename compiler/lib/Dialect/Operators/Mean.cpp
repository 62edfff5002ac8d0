//===- Mean.cpp - opml.Mean -----------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value MeanOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value sum = elements[0];
  for (Value element : elements.drop_front().drop_back())
    sum = scalars.add(sum, element);
  Value count = scalars.floatConstant(getData().size());
  return scalars.create<arith::DivFOp>(sum, count);
}
