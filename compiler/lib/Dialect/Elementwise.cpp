//===- Elementwise.cpp - What elementwise operators share -----------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Broadcasting.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;

namespace opml::compiler {

LogicalResult inferElementwise(std::optional<Location> loc, ValueRange operands,
                               SmallVectorImpl<Type> &result) {
  if (operands.empty())
    return emitOptionalError(loc, "there is no operand");
  Type element = cast<RankedTensorType>(operands[0].getType()).getElementType();
  for (Value operand : operands.drop_front())
    if (Type other = cast<RankedTensorType>(operand.getType()).getElementType();
        element != other)
      return emitOptionalError(loc, "the element types ", element, " and ",
                               other, " differ");
  return inferBroadcast(loc, operands, element, result);
}

LogicalResult inferBroadcast(std::optional<Location> loc, ValueRange operands,
                             Type element, SmallVectorImpl<Type> &result) {
  auto type = cast<RankedTensorType>(operands[0].getType());
  for (Value operand : operands.drop_front()) {
    auto other = cast<RankedTensorType>(operand.getType());
    auto shape = broadcastShapes(type.getShape(), other.getShape());
    if (!shape)
      return emitOptionalError(loc, type, " and ", other, " do not broadcast");
    type = type.clone(*shape);
  }
  result.push_back(type.clone(element));
  return success();
}

LogicalResult inferPredicate(std::optional<Location> loc, ValueRange operands,
                             SmallVectorImpl<Type> &result) {
  if (failed(inferElementwise(loc, operands, result)))
    return failure();
  result.back() = cast<RankedTensorType>(result.back())
                      .clone(IntegerType::get(result.back().getContext(), 1));
  return success();
}

SmallVector<Value> lowerElementwise(Operation *op, OpBuilder &builder,
                                    ValueRange operands,
                                    LinalgBuilder::Body body) {
  LinalgBuilder linalg(builder, op->getLoc());
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<LinalgBuilder::Operand> inputs;
  for (Value operand : operands)
    inputs.push_back(
        {operand,
         broadcastIndices(cast<RankedTensorType>(operand.getType()).getShape(),
                          result.getShape(), builder.getContext())});
  Type element = storedType(result.getElementType());
  return {linalg.map(inputs, RankedTensorType::get(result.getShape(), element),
                     body)};
}

bool isUnsignedTensor(Value tensor) {
  return cast<RankedTensorType>(tensor.getType())
      .getElementType()
      .isUnsignedInteger();
}

bool isBoolTensor(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getElementType().isInteger(1);
}

llvm::Error dropConsumedInputs(ImportedNode &node) {
  node.attributes.erase("consumed_inputs");
  return llvm::Error::success();
}

llvm::Error fromEqualShapes(ImportedNode &node) {
  for (Value operand : node.operands)
    if (operand && node.operands[0] &&
        cast<RankedTensorType>(operand.getType()).getShape() !=
            cast<RankedTensorType>(node.operands[0].getType()).getShape())
      return llvm::createStringError("the shapes differ");
  return llvm::Error::success();
}

llvm::Error toNumpyBroadcasting(ImportedNode &node) {
  if (llvm::Error failed = dropConsumedInputs(node))
    return failed;
  auto broadcast =
      dyn_cast_if_present<IntegerAttr>(node.attributes.erase("broadcast"));
  auto axisAttr =
      dyn_cast_if_present<IntegerAttr>(node.attributes.erase("axis"));
  if (node.operands.size() != 2 || !node.operands[0] || !node.operands[1])
    return llvm::Error::success();
  auto a = cast<RankedTensorType>(node.operands[0].getType());
  auto b = cast<RankedTensorType>(node.operands[1].getType());
  if (!broadcast || broadcast.getInt() == 0) {
    if (a.getShape() != b.getShape())
      return llvm::createStringError(
          "the shapes differ and the attribute broadcast is not 1");
    return llvm::Error::success();
  }
  if (!axisAttr)
    return llvm::Error::success();
  int64_t axis = axisAttr.getInt() < 0 ? axisAttr.getInt() + a.getRank()
                                       : axisAttr.getInt();
  if (axis < 0 || axis + b.getRank() > a.getRank())
    return llvm::createStringError("axis %lld is out of range",
                                   static_cast<long long>(axisAttr.getInt()));
  Shape shape(b.getShape());
  shape.append(a.getRank() - axis - b.getRank(), 1);
  node.operands[1] =
      ViewOp::create(node.builder, node.loc, b.clone(shape), node.operands[1]);
  return llvm::Error::success();
}

} // namespace opml::compiler
