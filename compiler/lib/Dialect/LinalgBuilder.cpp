//===- LinalgBuilder.cpp - Canonical bodies on tensors --------------------===//

#include "opml/Dialect/LinalgBuilder.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace opml::compiler {

Type storedType(Type element) {
  auto integer = dyn_cast<IntegerType>(element);
  if (!integer)
    return element;
  return IntegerType::get(element.getContext(),
                          std::max(integer.getWidth(), 8U));
}

AffineExpr LinalgBuilder::loop(unsigned position) {
  return builder.getAffineDimExpr(position);
}

LinalgBuilder::Indices LinalgBuilder::loops(unsigned first, unsigned count) {
  Indices result;
  for (unsigned i = 0; i < count; ++i)
    result.push_back(loop(first + i));
  return result;
}

Value LinalgBuilder::reduce(ArrayRef<Operand> inputs, const Operand &init,
                            unsigned parallelLoops, unsigned reductionLoops,
                            Body body) {
  unsigned loopCount = parallelLoops + reductionLoops;
  SmallVector<Value> tensors;
  SmallVector<AffineMap> maps;
  for (const Operand &input : inputs) {
    tensors.push_back(input.tensor);
    maps.push_back(
        AffineMap::get(loopCount, 0, input.indices, builder.getContext()));
  }
  maps.push_back(
      AffineMap::get(loopCount, 0, init.indices, builder.getContext()));
  SmallVector<utils::IteratorType> iterators(parallelLoops,
                                             utils::IteratorType::parallel);
  iterators.append(reductionLoops, utils::IteratorType::reduction);
  auto generic = linalg::GenericOp::create(
      builder, loc, init.tensor.getType(), tensors, init.tensor, maps,
      iterators,
      [&](OpBuilder &nested, Location nestedLoc, ValueRange elements) {
        LinalgBuilder scalars(nested, nestedLoc);
        linalg::YieldOp::create(nested, nestedLoc, body(scalars, elements));
      });
  return generic.getResult(0);
}

Value LinalgBuilder::map(ArrayRef<Operand> inputs, RankedTensorType result,
                         Body body) {
  unsigned rank = result.getRank();
  Operand init{empty(result.getShape(), result.getElementType()),
               loops(0, rank)};
  return reduce(inputs, init, rank, 0, body);
}

Value LinalgBuilder::empty(ArrayRef<int64_t> shape, Type element) {
  return tensor::EmptyOp::create(builder, loc, shape, element);
}

Value LinalgBuilder::filled(RankedTensorType type, Value scalar) {
  return linalg::FillOp::create(builder, loc, scalar,
                                empty(type.getShape(), type.getElementType()))
      .getResult(0);
}

Value LinalgBuilder::padded(Value tensor, ArrayRef<int64_t> begin,
                            ArrayRef<int64_t> end, Value scalar) {
  auto isZero = [](int64_t pad) { return pad == 0; };
  if (llvm::all_of(begin, isZero) && llvm::all_of(end, isZero))
    return tensor;
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<int64_t> shape;
  for (auto [size, before, after] :
       llvm::zip_equal(type.getShape(), begin, end))
    shape.push_back(before + size + after);
  // There is no slice that the elements of an empty tensor could be copied to.
  if (type.getNumElements() == 0)
    return filled(type.clone(shape), scalar);
  return tensor::PadOp::create(
      builder, loc, type.clone(shape), tensor,
      getAsIndexOpFoldResult(builder.getContext(), begin),
      getAsIndexOpFoldResult(builder.getContext(), end), scalar);
}

/// The reassociation in which output `position` stands for two dimensions and
/// every other of `outputs` for one.
static SmallVector<ReassociationIndices> pairAt(unsigned position,
                                                unsigned outputs) {
  SmallVector<ReassociationIndices> groups;
  int64_t next = 0;
  for (unsigned output = 0; output < outputs; ++output) {
    ReassociationIndices &group = groups.emplace_back();
    group.push_back(next++);
    if (output == position)
      group.push_back(next++);
  }
  return groups;
}

Value LinalgBuilder::splitDimension(Value tensor, unsigned position,
                                    int64_t outer) {
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape[position] /= outer;
  shape.insert(shape.begin() + position, outer);
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), tensor,
                                       pairAt(position, type.getRank()));
}

Value LinalgBuilder::mergeDimensions(Value tensor, unsigned position) {
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape[position] *= shape[position + 1];
  shape.erase(shape.begin() + position + 1);
  return tensor::CollapseShapeOp::create(builder, loc, type.clone(shape),
                                         tensor,
                                         pairAt(position, type.getRank() - 1));
}

/// Through a vector, which every shape collapses to and expands from.
Value LinalgBuilder::reshaped(Value tensor, ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(tensor.getType());
  auto allOf = [](unsigned rank) {
    SmallVector<ReassociationIndices> groups;
    if (rank > 0)
      groups.push_back(llvm::to_vector<2>(llvm::seq<int64_t>(rank)));
    return groups;
  };
  auto vector = type.clone({type.getNumElements()});
  if (type.getRank() == 0)
    tensor =
        tensor::ExpandShapeOp::create(builder, loc, vector, tensor, allOf(0));
  else if (type.getRank() > 1)
    tensor = tensor::CollapseShapeOp::create(builder, loc, vector, tensor,
                                             allOf(type.getRank()));
  if (shape.empty())
    return tensor::CollapseShapeOp::create(builder, loc, type.clone(shape),
                                           tensor, allOf(0));
  if (shape.size() == 1)
    return tensor;
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), tensor,
                                       allOf(shape.size()));
}

Value LinalgBuilder::zero(Type element) {
  return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(element));
}

Value LinalgBuilder::constant(Type integer, int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getIntegerAttr(integer, value));
}

Value LinalgBuilder::floatConstant(float value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getF32FloatAttr(value));
}

Value LinalgBuilder::extreme(Type element, bool isUnsigned, bool isLeast) {
  if (auto floatType = dyn_cast<FloatType>(element)) {
    APFloat infinity =
        APFloat::getInf(floatType.getFloatSemantics(), /*Negative=*/isLeast);
    return arith::ConstantOp::create(builder, loc,
                                     builder.getFloatAttr(floatType, infinity));
  }
  unsigned width = element.getIntOrFloatBitWidth();
  APInt least =
      isUnsigned ? APInt::getMinValue(width) : APInt::getSignedMinValue(width);
  return arith::ConstantOp::create(
      builder, loc, builder.getIntegerAttr(element, isLeast ? least : ~least));
}

Value LinalgBuilder::lowest(Type element, bool isUnsigned) {
  return extreme(element, isUnsigned, /*isLeast=*/true);
}

Value LinalgBuilder::greatest(Type element, bool isUnsigned) {
  return extreme(element, isUnsigned, /*isLeast=*/false);
}

Value LinalgBuilder::add(Value a, Value b) {
  if (isa<FloatType>(a.getType()))
    return arith::AddFOp::create(builder, loc, a, b);
  return arith::AddIOp::create(builder, loc, a, b);
}

Value LinalgBuilder::subtract(Value a, Value b) {
  if (isa<FloatType>(a.getType()))
    return arith::SubFOp::create(builder, loc, a, b);
  return arith::SubIOp::create(builder, loc, a, b);
}

Value LinalgBuilder::multiply(Value a, Value b) {
  if (isa<FloatType>(a.getType()))
    return arith::MulFOp::create(builder, loc, a, b);
  return arith::MulIOp::create(builder, loc, a, b);
}

Value LinalgBuilder::multiplyAdd(Value a, Value b, Value accumulator) {
  if (isa<FloatType>(a.getType()))
    return math::FmaOp::create(builder, loc, a, b, accumulator);
  return add(accumulator, multiply(a, b));
}

Value LinalgBuilder::maximum(Value a, Value b, bool isUnsigned) {
  if (isa<FloatType>(a.getType()))
    return arith::MaximumFOp::create(builder, loc, a, b);
  if (isUnsigned)
    return arith::MaxUIOp::create(builder, loc, a, b);
  return arith::MaxSIOp::create(builder, loc, a, b);
}

Value LinalgBuilder::minimum(Value a, Value b, bool isUnsigned) {
  if (isa<FloatType>(a.getType()))
    return arith::MinimumFOp::create(builder, loc, a, b);
  if (isUnsigned)
    return arith::MinUIOp::create(builder, loc, a, b);
  return arith::MinSIOp::create(builder, loc, a, b);
}

Value LinalgBuilder::compare(Comparison comparison, Value a, Value b,
                             bool isUnsigned) {
  if (isa<FloatType>(a.getType())) {
    arith::CmpFPredicate predicate =
        comparison == Comparison::Equal  ? arith::CmpFPredicate::OEQ
        : comparison == Comparison::Less ? arith::CmpFPredicate::OLT
                                         : arith::CmpFPredicate::OLE;
    return arith::CmpFOp::create(builder, loc, predicate, a, b);
  }
  arith::CmpIPredicate predicate = arith::CmpIPredicate::eq;
  if (comparison == Comparison::Less)
    predicate =
        isUnsigned ? arith::CmpIPredicate::ult : arith::CmpIPredicate::slt;
  else if (comparison == Comparison::LessOrEqual)
    predicate =
        isUnsigned ? arith::CmpIPredicate::ule : arith::CmpIPredicate::sle;
  return arith::CmpIOp::create(builder, loc, predicate, a, b);
}

Value LinalgBuilder::isTrue(Value number) {
  Value none = zero(number.getType());
  if (isa<FloatType>(number.getType()))
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNE,
                                 number, none);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, number,
                               none);
}

Value LinalgBuilder::truth(Value condition) {
  return arith::ExtUIOp::create(builder, loc, builder.getI8Type(), condition);
}

Value LinalgBuilder::withCanonicalNaN(Value number) {
  auto type = dyn_cast<FloatType>(number.getType());
  if (!type)
    return number;
  Type bits = builder.getI32Type();
  Value magnitude = arith::AndIOp::create(
      builder, loc, arith::BitcastOp::create(builder, loc, bits, number),
      constant(bits, 0x7fffffff));
  Value isNaN = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ugt,
                                      magnitude, constant(bits, 0x7f800000));
  Value canonical = arith::ConstantOp::create(
      builder, loc,
      builder.getFloatAttr(type, APFloat::getQNaN(type.getFloatSemantics())));
  return arith::SelectOp::create(builder, loc, isNaN, canonical, number);
}

Value LinalgBuilder::converted(Value number, Type type, bool fromUnsigned,
                               bool toUnsigned) {
  Type from = number.getType();
  if (from == type)
    return number;
  if (isa<FloatType>(type))
    return fromUnsigned ? create<arith::UIToFPOp>(type, number)
                        : create<arith::SIToFPOp>(type, number);
  if (isa<FloatType>(from))
    return toUnsigned ? create<arith::FPToUIOp>(type, number)
                      : create<arith::FPToSIOp>(type, number);
  if (from.getIntOrFloatBitWidth() > type.getIntOrFloatBitWidth())
    return arith::TruncIOp::create(builder, loc, type, number);
  return widened(number, type, fromUnsigned);
}

Value LinalgBuilder::widened(Value integer, Type type, bool isUnsigned) {
  if (isUnsigned)
    return arith::ExtUIOp::create(builder, loc, type, integer);
  return arith::ExtSIOp::create(builder, loc, type, integer);
}

} // namespace opml::compiler
