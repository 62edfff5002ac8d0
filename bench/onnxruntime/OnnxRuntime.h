//===- OnnxRuntime.h - A session of ONNX Runtime ----------------*- C++ -*-===//

#ifndef OPML_BENCH_ONNXRUNTIME_ONNXRUNTIME_H
#define OPML_BENCH_ONNXRUNTIME_ONNXRUNTIME_H

#include "opml/runtime/Image.h"

namespace opml::bench {

struct OrtFunctions;

/// One input or output: a tensor's bytes as ONNX Runtime is told of them.
struct OrtTensor {
  std::string name;
  runtime::TensorType type;
  std::span<uint8_t> bytes;
};

/// A warm session that reads its inputs from and writes its outputs to memory
/// of the caller's: nothing is allocated or copied for a run.
class OnnxRuntime {
public:
  /// `library` is the path of libonnxruntime.so.1; `threads` counts the
  /// caller's own.
  static Expected<std::unique_ptr<OnnxRuntime>>
  create(const std::string &library, const std::string &model, int threads);
  ~OnnxRuntime();
  OnnxRuntime(const OnnxRuntime &) = delete;

  std::string version() const;
  Expected<void> bind(const std::vector<OrtTensor> &inputs,
                      const std::vector<OrtTensor> &outputs);
  Expected<void> run();

private:
  OnnxRuntime() = default;
  Expected<void> start(const std::string &model, int threads);
  Expected<void> check(void *status) const;
  Expected<void *> wrap(const OrtTensor &tensor);

  void *handle = nullptr;
  std::unique_ptr<OrtFunctions> functions;
  void *environment = nullptr, *options = nullptr, *session = nullptr,
       *memory = nullptr;
  std::vector<std::string> names; // of inputs, then of outputs
  std::vector<const char *> inputNames, outputNames;
  std::vector<void *> inputValues, outputValues;
};

} // namespace opml::bench

#endif // OPML_BENCH_ONNXRUNTIME_ONNXRUNTIME_H
