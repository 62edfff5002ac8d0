//===- Sign.cpp - opml.Sign -----------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SignOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  Type type = x.getType();
  Value zero = scalars.zero(type);
  auto choose = [&](Value condition, Value yes, Value no) {
    return scalars.create<arith::SelectOp>(condition, yes, no);
  };
  if (isa<FloatType>(type)) {
    auto compare = [&](arith::CmpFPredicate predicate) {
      return scalars.create<arith::CmpFOp>(predicate, x, zero);
    };
    Value negative = choose(compare(arith::CmpFPredicate::OLT),
                            scalars.floatConstant(-1), zero);
    Value ordered = choose(compare(arith::CmpFPredicate::OGT),
                           scalars.floatConstant(1), negative);
    return choose(compare(arith::CmpFPredicate::UNO),
                  scalars.create<arith::AddFOp>(x, x), ordered);
  }
  bool isUnsigned = isUnsignedTensor(getX());
  Value atMostOne = scalars.minimum(x, scalars.constant(type, 1), isUnsigned);
  return isUnsigned ? atMostOne
                    : scalars.maximum(atMostOne, scalars.constant(type, -1),
                                      /*isUnsigned=*/false);
}
