//===- TensorType.cpp - Element types and static shapes -------------------===//

#include "opml/runtime/Tensor.h"

using namespace opml;
using namespace opml::runtime;

namespace {

struct ElementTypeInfo {
  std::string_view name;
  unsigned bytes;
};

// In the order of ElementType; the position is part of the image format.
constexpr ElementTypeInfo elementTypes[] = {
    {"bool", 1},   {"int8", 1},    {"uint8", 1},    {"int16", 2},
    {"uint16", 2}, {"int32", 4},   {"uint32", 4},   {"int64", 8},
    {"uint64", 8}, {"float16", 2}, {"bfloat16", 2}, {"float32", 4},
    {"float64", 8}};

} // namespace

unsigned opml::runtime::elementBytes(ElementType type) {
  return elementTypes[size_t(type)].bytes;
}

std::string_view opml::runtime::elementTypeName(ElementType type) {
  return elementTypes[size_t(type)].name;
}

Expected<ElementType> opml::runtime::parseElementType(std::string_view name) {
  for (size_t i = 0; i < std::size(elementTypes); ++i)
    if (elementTypes[i].name == name)
      return ElementType(i);
  return makeError("unknown element type '" + std::string(name) + "'");
}

int64_t TensorType::elements() const {
  int64_t count = 1;
  for (int64_t dim : shape)
    count *= dim;
  return count;
}

bool TensorType::isValid() const {
  if (shape.size() > maxRank)
    return false;
  // Zero dimensions are left out, so that no partial product overflows in any
  // order of the dimensions.
  uint64_t size = elementBytes(elementType);
  for (int64_t dim : shape) {
    if (dim < 0)
      return false;
    if (dim != 0 && __builtin_mul_overflow(size, uint64_t(dim), &size))
      return false;
  }
  return size <= maxBytes;
}

std::string TensorType::str() const {
  std::string text(elementTypeName(elementType));
  text += '[';
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i ? "," : "") + std::to_string(shape[i]);
  return text + ']';
}
