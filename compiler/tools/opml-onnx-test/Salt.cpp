//===- Salt.cpp - Tensors of unusual elements -----------------------------===//

#include "Salt.h"
#include <cstring>

using opml::runtime::ElementType;
using opml::runtime::Tensor;

namespace {

/// The fields of an IEEE 754 binary format, from the least significant bit.
struct FloatFormat {
  unsigned significand, exponent; // bits
};

FloatFormat formatOf(ElementType type) {
  switch (type) {
  case ElementType::Float16:
    return {10, 5};
  case ElementType::BFloat16:
    return {7, 8};
  case ElementType::Float32:
    return {23, 8};
  case ElementType::Float64:
    return {52, 11};
  default:
    return {0, 0}; // an integer
  }
}

std::vector<uint64_t> specialFloats(FloatFormat format) {
  uint64_t least = 1, one = uint64_t(1) << format.significand;
  uint64_t infinity = ((uint64_t(1) << format.exponent) - 1)
                      << format.significand;
  uint64_t bias = ((uint64_t(1) << (format.exponent - 1)) - 1)
                  << format.significand;
  uint64_t quiet = infinity | one >> 1;
  std::vector<uint64_t> all = {0,         least,        one - 1,          one,
                               bias,      infinity - 1, infinity,         quiet,
                               quiet | 5, infinity | 1, quiet | (one - 1)};
  uint64_t sign = uint64_t(1) << (format.significand + format.exponent);
  for (size_t i = 0, positive = all.size(); i < positive; ++i)
    all.push_back(all[i] | sign);
  return all;
}

/// Of signed and unsigned integers alike.
std::vector<uint64_t> specialIntegers(unsigned bits) {
  uint64_t sign = uint64_t(1) << (bits - 1);
  return {0, 1, 2, sign - 1, sign, sign + 1, UINT64_MAX, UINT64_MAX - 1};
}

/// Within some powers of two of 1.
uint64_t ordinaryFloat(FloatFormat format, std::mt19937_64 &random) {
  constexpr uint64_t powers = 6;
  uint64_t bias = (uint64_t(1) << (format.exponent - 1)) - 1;
  uint64_t exponent = bias - powers / 2 + random() % powers;
  uint64_t sign = (random() & 1) << format.exponent;
  return (sign | exponent) << format.significand |
         (random() & ((uint64_t(1) << format.significand) - 1));
}

enum class Base { Given, Ordinary, AnyBits };

class Salter {
public:
  Salter(ElementType type, std::mt19937_64 &random)
      : type(type), format(formatOf(type)), random(random),
        specials(format.exponent ? specialFloats(format)
                                 : specialIntegers(8 * elementBytes(type))),
        base(Base(random() % 3)) {}

  uint64_t element(uint64_t given) {
    if (type == ElementType::Bool)
      return random() & 1;
    if (random() % 4 == 0)
      return specials[random() % specials.size()];
    if (base == Base::Given)
      return given;
    if (base == Base::Ordinary)
      return format.exponent ? ordinaryFloat(format, random) : random() % 8;
    return random();
  }

private:
  ElementType type;
  FloatFormat format;
  std::mt19937_64 &random;
  std::vector<uint64_t> specials;
  Base base;
};

} // namespace

Tensor opml::onnxtest::salted(const Tensor &like, std::mt19937_64 &random) {
  Tensor tensor = like;
  unsigned size = elementBytes(like.type.elementType);
  Salter salter(like.type.elementType, random);
  for (size_t i = 0; i < tensor.bytes.size(); i += size) {
    uint64_t bits = 0;
    std::memcpy(&bits, &tensor.bytes[i], size); // little-endian
    bits = salter.element(bits);
    std::memcpy(&tensor.bytes[i], &bits, size);
  }
  return tensor;
}
