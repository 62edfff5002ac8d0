//===- DescribeOutput.cpp - Outputs as text -------------------------------===//

#include "Outputs.h"
#include "opml/runtime/CommandLine.h"
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstring>

using namespace opml::runtime;

namespace {

constexpr int64_t maxShown = 32;

template <typename T> T load(const Tensor &tensor, size_t index) {
  T value;
  std::memcpy(&value, &tensor.bytes[index * sizeof(T)], sizeof(T));
  return value;
}

/// IEEE 754 binary16.
double fromHalf(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double magnitude = exponent == 31 ? (fraction ? NAN : INFINITY)
                     : exponent == 0
                         ? std::ldexp(fraction, -24)
                         : std::ldexp(fraction + 1024, exponent - 25);
  return bits & 0x8000 ? -magnitude : magnitude;
}

/// For comparing, so that 64-bit integers may round.
double element(const Tensor &tensor, size_t index) {
  switch (tensor.type.elementType) {
  case ElementType::Bool:
  case ElementType::UInt8:
    return load<uint8_t>(tensor, index);
  case ElementType::Int8:
    return load<int8_t>(tensor, index);
  case ElementType::Int16:
    return load<int16_t>(tensor, index);
  case ElementType::UInt16:
    return load<uint16_t>(tensor, index);
  case ElementType::Int32:
    return load<int32_t>(tensor, index);
  case ElementType::UInt32:
    return load<uint32_t>(tensor, index);
  case ElementType::Int64:
    return double(load<int64_t>(tensor, index));
  case ElementType::UInt64:
    return double(load<uint64_t>(tensor, index));
  case ElementType::Float16:
    return fromHalf(load<uint16_t>(tensor, index));
  case ElementType::BFloat16:
    return std::bit_cast<float>(uint32_t(load<uint16_t>(tensor, index)) << 16);
  case ElementType::Float32:
    return load<float>(tensor, index);
  case ElementType::Float64:
    return load<double>(tensor, index);
  }
}

std::string elementText(const Tensor &tensor, size_t index) {
  if (tensor.type.elementType == ElementType::Int64)
    return std::to_string(load<int64_t>(tensor, index));
  if (tensor.type.elementType == ElementType::UInt64)
    return std::to_string(load<uint64_t>(tensor, index));
  // 9 digits tell all binary32 values apart, 17 all binary64 values.
  bool isDouble = tensor.type.elementType == ElementType::Float64;
  char text[40];
  std::snprintf(text, sizeof text, isDouble ? "%.17g" : "%.9g",
                element(tensor, index));
  return text;
}

/// The index of the greatest element.
size_t topClass(const Tensor &tensor) {
  size_t best = 0;
  for (size_t i = 1; i < size_t(tensor.type.elements()); ++i)
    if (element(tensor, i) > element(tensor, best))
      best = i;
  return best;
}

/// One row of scores: [10] or [1,10].
bool looksLikeScores(const TensorType &type) {
  return !type.shape.empty() && type.shape.back() > 1 &&
         type.elements() == type.shape.back() &&
         type.elementType != ElementType::Bool;
}

} // namespace

std::string opml::runtime::describeOutput(const Port &port,
                                          const Tensor &tensor) {
  std::string name = printable(port.name);
  std::string text = name + " " + tensor.type.str() + ":";
  int64_t count = tensor.type.elements();
  for (int64_t i = 0; i < std::min(count, maxShown); ++i)
    text += " " + elementText(tensor, size_t(i));
  if (count > maxShown)
    text += " … (" + std::to_string(count) + " elements)";
  if (looksLikeScores(tensor.type))
    text += "\n" + name + " top class: " + std::to_string(topClass(tensor));
  return text;
}
