//===- Reshape.cpp - opml.Reshape -----------------------------------------===//

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Matchers.h"
#include "opml/Dialect/ImportedNode.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

/// C2 and C3: `shape` with its zeros replaced, and where its -1 is, if any.
static LogicalResult copyZeros(std::optional<Location> loc,
                               ArrayRef<int64_t> data, bool allowZero,
                               SmallVectorImpl<int64_t> &shape,
                               std::optional<size_t> &inferred) {
  bool hasZero = llvm::is_contained(shape, 0);
  for (auto [index, size] : llvm::enumerate(shape)) {
    if (size < -1)
      return emitOptionalError(loc, "shape contains ", size);
    if (size == -1) {
      if (inferred)
        return emitOptionalError(loc, "shape contains -1 twice");
      if (allowZero && hasZero)
        return emitOptionalError(
            loc, "shape contains 0 and -1 although allowzero is 1");
      inferred = index;
    }
    if (size == 0 && !allowZero) {
      if (index >= data.size())
        return emitOptionalError(loc, "shape copies dimension ", index,
                                 ", which data does not have");
      size = data[index];
    }
  }
  return success();
}

LogicalResult ReshapeOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> loc,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &results) {
  DenseIntElementsAttr constant;
  if (!matchPattern(adaptor.getShape(), m_Constant(&constant)))
    return emitOptionalError(loc, "the shape is not a constant");
  if (constant.getType().getRank() != 1)
    return emitOptionalError(loc, "the shape is ", constant.getType(),
                             ", not a vector");
  auto data = cast<RankedTensorType>(adaptor.getData().getType());
  SmallVector<int64_t> shape(constant.getValues<int64_t>());
  std::optional<size_t> inferred;
  if (failed(copyZeros(loc, data.getShape(), adaptor.getAllowzero() != 0, shape,
                       inferred)))
    return failure();

  int64_t elements = 1;
  for (auto [index, size] : llvm::enumerate(shape))
    if (index != inferred && llvm::MulOverflow(elements, size, elements))
      return emitOptionalError(loc, "shape has too many elements");
  if (inferred && elements != 0 && data.getNumElements() % elements == 0)
    shape[*inferred] = data.getNumElements() / elements;
  else if (inferred || elements != data.getNumElements())
    return emitOptionalError(loc, data, " has ", data.getNumElements(),
                             " elements, which do not fit shape [", shape, "]");
  results.push_back(data.clone(shape));
  return success();
}

/// Reshape-1 has `shape` as an attribute.
llvm::Error ReshapeOp::shapeToInput(ImportedNode &node) {
  node.attributes.erase("consumed_inputs"); // a hint for in-place execution
  auto shape =
      dyn_cast_if_present<DenseI64ArrayAttr>(node.attributes.erase("shape"));
  if (!shape)
    return llvm::createStringError("the attribute shape is missing");
  auto type = RankedTensorType::get(shape.size(), node.builder.getI64Type());
  auto value = DenseIntElementsAttr::get(type, shape.asArrayRef());
  node.operands.push_back(
      ConstantOp::create(node.builder, node.loc, type, "", value));
  return llvm::Error::success();
}
