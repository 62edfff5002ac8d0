//===- Comparison.h - Computed and expected tensors -------------*- C++ -*-===//

#ifndef OPML_ONNX_TEST_COMPARISON_H
#define OPML_ONNX_TEST_COMPARISON_H

#include "opml/runtime/Tensor.h"

namespace opml::onnxtest {

/// What differs, or nothing: float32 within the tolerances of ONNX's own runner
/// (relative 1e-3, absolute 1e-7, NaN equal to NaN), all else bit for bit.
std::string difference(const runtime::Tensor &computed,
                       const runtime::Tensor &expected);

} // namespace opml::onnxtest

#endif // OPML_ONNX_TEST_COMPARISON_H
