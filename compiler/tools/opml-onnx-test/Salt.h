//===- Salt.h - Tensors of unusual elements ---------------------*- C++ -*-===//

#ifndef OPML_ONNX_TEST_SALT_H
#define OPML_ONNX_TEST_SALT_H

#include "opml/runtime/Tensor.h"
#include <random>

namespace opml::onnxtest {

/// A tensor of the type of `like`. Its elements are those of `like`, ordinary
/// numbers or any bits, and every fourth one is special: zeros, infinities,
/// NaNs with payloads, quiet and signalling, subnormals, the largest and the
/// least, of both signs; for integers the edges of their range. Booleans are 0
/// or 1.
runtime::Tensor salted(const runtime::Tensor &like, std::mt19937_64 &random);

} // namespace opml::onnxtest

#endif // OPML_ONNX_TEST_SALT_H
