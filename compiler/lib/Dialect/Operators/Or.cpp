//===- Or.cpp - opml.Or ---------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value OrOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.truth(scalars.create<arith::OrIOp>(
      scalars.isTrue(elements[0]), scalars.isTrue(elements[1])));
}
