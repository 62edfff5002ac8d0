//===- Add.cpp - opml.Add -------------------------------------------------===//

#include "opml/Dialect/Broadcasting.h"
#include "opml/Dialect/ImportedNode.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult AddOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> loc,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &results) {
  auto a = cast<RankedTensorType>(adaptor.getA().getType());
  auto b = cast<RankedTensorType>(adaptor.getB().getType());
  if (a.getElementType() != b.getElementType())
    return emitOptionalError(loc, "the element types ", a.getElementType(),
                             " and ", b.getElementType(), " differ");
  auto shape = broadcastShapes(a.getShape(), b.getShape());
  if (!shape)
    return emitOptionalError(loc, a, " and ", b, " do not broadcast");
  results.push_back(a.clone(*shape));
  return success();
}

SmallVector<Value> AddOp::lowerToLinalg(OpBuilder &builder,
                                        ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  ArrayRef<int64_t> shape = cast<RankedTensorType>(getType()).getShape();
  SmallVector<LinalgBuilder::Operand> inputs;
  for (Value operand : operands)
    inputs.push_back(
        {operand,
         broadcastIndices(cast<RankedTensorType>(operand.getType()).getShape(),
                          shape, getContext())});
  auto element = cast<RankedTensorType>(operands[0].getType()).getElementType();
  return {linalg.map(inputs, RankedTensorType::get(shape, element),
                     [](LinalgBuilder &scalars, ValueRange elements) {
                       return scalars.add(elements[0], elements[1]);
                     })};
}

/// Add-1 and Add-6 broadcast B only if told so, and align its first dimension
/// with dimension `axis` of A (default: its last with the last of A).
llvm::Error AddOp::toNumpyBroadcasting(ImportedNode &node) {
  node.attributes.erase(
      "consumed_inputs"); // a hint for in-place execution in Add-1
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
