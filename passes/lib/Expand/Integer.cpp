//===- Integer.cpp - Integer expressions that become arith ops ------------===//

#include "Integer.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace opml::expand {

Int Int::constant(uint64_t bits) const {
  auto type = cast<IntegerType>(value.getType());
  APInt word(64, bits);
  return {*site,
          arith::ConstantOp::create(
              site->builder, site->loc,
              site->builder.getIntegerAttr(type, word.trunc(type.getWidth())))};
}

Int Int::masked(Int amount) const {
  return amount & (cast<IntegerType>(value.getType()).getWidth() - 1);
}

Bool Int::is(arith::CmpIPredicate predicate, Int other) const {
  return {*site, arith::CmpIOp::create(site->builder, site->loc, predicate,
                                       value, other.value)};
}

Int select(Bool condition, Int yes, Int no) {
  return {*no.site,
          arith::SelectOp::create(no.site->builder, no.site->loc,
                                  condition.get(), yes.value, no.value)};
}

Int multiplyHigh(Int a, Int b) {
  return {*a.site, arith::MulUIExtendedOp::create(a.site->builder, a.site->loc,
                                                  a.value, b.value)
                       .getHigh()};
}

Int multiplyHighSigned(Int a, Int b) {
  return {*a.site, arith::MulSIExtendedOp::create(a.site->builder, a.site->loc,
                                                  a.value, b.value)
                       .getHigh()};
}

Int Int::zeroExtended() const {
  return {*site, arith::ExtUIOp::create(site->builder, site->loc,
                                        site->builder.getI64Type(), value)};
}

Int Int::signExtended() const {
  return {*site, arith::ExtSIOp::create(site->builder, site->loc,
                                        site->builder.getI64Type(), value)};
}

Int Int::low() const {
  return {*site, arith::TruncIOp::create(site->builder, site->loc,
                                         site->builder.getI32Type(), value)};
}

Int Int::high() const { return (*this >> 32).low(); }

Int Int::leadingZeros() const {
  return {*site,
          math::CountLeadingZerosOp::create(site->builder, site->loc, value)};
}

} // namespace opml::expand
