//===- Guards.cpp - Integer edge cases, written out -----------------------===//

#include "Guards.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

static Value constant(OpBuilder &builder, Location loc, IntegerType type,
                      const APInt &value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getIntegerAttr(type, value));
}

static bool isConstant(Value value, const APInt &expected) {
  APInt found;
  return matchPattern(value, m_ConstantInt(&found)) && found == expected;
}

/// Matches `cmpi eq, value, expected`.
static bool comparesEqual(Value condition, Value value, const APInt &expected) {
  auto compare = condition.getDefiningOp<arith::CmpIOp>();
  return compare && compare.getPredicate() == CmpIPredicate::eq &&
         compare.getLhs() == value && isConstant(compare.getRhs(), expected);
}

Value opml::guardDivisor(OpBuilder &builder, Location loc, Value dividend,
                         Value divisor, bool isSigned) {
  auto type = cast<IntegerType>(divisor.getType());
  unsigned width = type.getWidth();
  auto equals = [&](Value value, const APInt &expected) -> Value {
    return arith::CmpIOp::create(builder, loc, CmpIPredicate::eq, value,
                                 constant(builder, loc, type, expected));
  };
  Value fails = equals(divisor, APInt::getZero(width));
  if (isSigned) {
    Value least = equals(dividend, APInt::getSignedMinValue(width));
    Value minusOne = equals(divisor, APInt::getAllOnes(width));
    Value overflows = arith::AndIOp::create(builder, loc, least, minusOne);
    fails = arith::OrIOp::create(builder, loc, fails, overflows);
  }
  Value one = constant(builder, loc, type, APInt(width, 1));
  return arith::SelectOp::create(builder, loc, fails, one, divisor);
}

bool opml::isGuardedDivisor(Value dividend, Value divisor, bool isSigned) {
  auto type = dyn_cast<IntegerType>(divisor.getType());
  if (!type)
    return false;
  unsigned width = type.getWidth();
  APInt value;
  if (matchPattern(divisor, m_ConstantInt(&value)))
    return !value.isZero() && !(isSigned && value.isAllOnes());
  auto select = divisor.getDefiningOp<arith::SelectOp>();
  if (!select || !isConstant(select.getTrueValue(), APInt(width, 1)))
    return false;
  Value raw = select.getFalseValue(), isZero = select.getCondition();
  if (isSigned) {
    auto either = isZero.getDefiningOp<arith::OrIOp>();
    auto overflows =
        either ? either.getRhs().getDefiningOp<arith::AndIOp>() : nullptr;
    if (!overflows ||
        !comparesEqual(overflows.getLhs(), dividend,
                       APInt::getSignedMinValue(width)) ||
        !comparesEqual(overflows.getRhs(), raw, APInt::getAllOnes(width)))
      return false;
    isZero = either.getLhs();
  }
  return comparesEqual(isZero, raw, APInt::getZero(width));
}

Value opml::guardShift(OpBuilder &builder, Location loc, Value amount) {
  auto type = cast<IntegerType>(amount.getType());
  unsigned width = type.getWidth();
  return arith::AndIOp::create(
      builder, loc, amount,
      constant(builder, loc, type, APInt(width, width - 1)));
}

bool opml::isGuardedShift(Value amount) {
  auto type = dyn_cast<IntegerType>(amount.getType());
  if (!type)
    return false;
  APInt value;
  if (matchPattern(amount, m_ConstantInt(&value)))
    return value.ult(type.getWidth());
  auto mask = amount.getDefiningOp<arith::AndIOp>();
  return mask &&
         isConstant(mask.getRhs(), APInt(type.getWidth(), type.getWidth() - 1));
}

namespace {

/// The half-open range of floats whose integer part is in an integer type.
struct ConvertibleRange {
  APFloat least, end;

  ConvertibleRange(FloatType from, IntegerType to, bool isSigned)
      : least(from.getFloatSemantics()), end(from.getFloatSemantics()) {
    unsigned width = to.getWidth();
    APInt low = isSigned ? APInt::getSignedMinValue(width).sext(width + 2)
                         : APInt::getZero(width + 2);
    APInt high = APInt::getOneBitSet(width + 2, isSigned ? width - 1 : width);
    least.convertFromAPInt(low, /*IsSigned=*/true,
                           APFloat::rmNearestTiesToEven);
    end.convertFromAPInt(high, /*IsSigned=*/true, APFloat::rmNearestTiesToEven);
  }
};

} // namespace

Value opml::guardConversion(OpBuilder &builder, Location loc, Value value,
                            IntegerType type, bool isSigned) {
  auto floatType = cast<FloatType>(value.getType());
  ConvertibleRange range(floatType, type, isSigned);
  auto compare = [&](CmpFPredicate predicate, const APFloat &bound) -> Value {
    Value limit = arith::ConstantOp::create(
        builder, loc, builder.getFloatAttr(floatType, bound));
    return arith::CmpFOp::create(builder, loc, predicate, value, limit);
  };
  Value inside = arith::AndIOp::create(builder, loc,
                                       compare(CmpFPredicate::OGE, range.least),
                                       compare(CmpFPredicate::OLT, range.end));
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(floatType));
  return arith::SelectOp::create(builder, loc, inside, value, zero);
}

bool opml::isGuardedConversion(Value value, IntegerType type, bool isSigned) {
  auto select = value.getDefiningOp<arith::SelectOp>();
  auto both =
      select ? select.getCondition().getDefiningOp<arith::AndIOp>() : nullptr;
  if (!both || !matchPattern(select.getFalseValue(), m_PosZeroFloat()))
    return false;
  ConvertibleRange range(cast<FloatType>(value.getType()), type, isSigned);
  auto compares = [&](Value condition, CmpFPredicate predicate,
                      const APFloat &bound) {
    auto compare = condition.getDefiningOp<arith::CmpFOp>();
    APFloat limit(bound);
    return compare && compare.getPredicate() == predicate &&
           compare.getLhs() == select.getTrueValue() &&
           matchPattern(compare.getRhs(), m_ConstantFloat(&limit)) &&
           limit.bitwiseIsEqual(bound);
  };
  return compares(both.getLhs(), CmpFPredicate::OGE, range.least) &&
         compares(both.getRhs(), CmpFPredicate::OLT, range.end);
}
