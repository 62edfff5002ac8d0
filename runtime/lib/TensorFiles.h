//===- TensorFiles.h - The two tensor file formats --------------*- C++ -*-===//

#ifndef OPML_RUNTIME_LIB_TENSORFILES_H
#define OPML_RUNTIME_LIB_TENSORFILES_H

#include "opml/runtime/Tensor.h"
#include <span>

namespace opml::runtime {

/// NumPy's format 1.0 to 3.0, C order, little-endian. bfloat16, which NumPy
/// lacks, is "|V2", as ml_dtypes writes it.
Expected<Tensor> readNpy(std::span<const uint8_t> file);
/// What precedes the tensor's bytes in a .npy file of version 1.0.
std::string npyHeader(const TensorType &type);

/// ONNX TensorProto with its data inside, raw or in a typed field.
Expected<Tensor> readTensorProto(std::span<const uint8_t> file);
std::string writeTensorProto(const Tensor &tensor);

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_TENSORFILES_H
