//===- Comparison.cpp - Computed and expected tensors ---------------------===//

#include "Comparison.h"
#include <cmath>
#include <cstring>

namespace opml::onnxtest {

static bool isClose(float computed, float expected) {
  if (std::isnan(computed) || std::isnan(expected))
    return std::isnan(computed) && std::isnan(expected);
  if (std::isinf(computed) || std::isinf(expected))
    return computed == expected;
  return std::fabs(computed - expected) <= 1e-7 + 1e-3 * std::fabs(expected);
}

static float elementAt(const runtime::Tensor &tensor, int64_t index) {
  float element;
  std::memcpy(&element, tensor.bytes.data() + index * sizeof(float),
              sizeof(float));
  return element;
}

std::string difference(const runtime::Tensor &computed,
                       const runtime::Tensor &expected) {
  if (computed.type != expected.type)
    return "type " + computed.type.str() + ", expected " + expected.type.str();
  if (expected.type.elementType != runtime::ElementType::Float32)
    return computed.bytes == expected.bytes ? "" : "elements differ";
  for (int64_t i = 0, n = expected.type.elements(); i < n; ++i) {
    float a = elementAt(computed, i), b = elementAt(expected, i);
    if (!isClose(a, b))
      return "element " + std::to_string(i) + " is " + std::to_string(a) +
             ", expected " + std::to_string(b);
  }
  return "";
}

} // namespace opml::onnxtest
