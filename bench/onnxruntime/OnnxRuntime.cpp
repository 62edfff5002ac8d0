//===- OnnxRuntime.cpp - A session of ONNX Runtime ------------------------===//
//
// The npm package brings the library without its header. What is needed of the
// C API is declared here: OrtGetApiBase, and members of the table OrtApi by
// their position. A position never changes: new members are only appended
// (onnxruntime_c_api.h, "Versioning" in docs/C_API_Guidelines of ONNX Runtime;
// its sources assert that ReleaseCustomOpDomain is and stays number 101).
//
//===----------------------------------------------------------------------===//

#include "OnnxRuntime.h"
#include <dlfcn.h>

using namespace opml;
using namespace opml::bench;

namespace {

struct OrtApiBase {
  void *const *(*getApi)(uint32_t version);
  const char *(*getVersionString)();
};

// Every member that we use stands in the first version of the API.
constexpr uint32_t apiVersion = 1;

// ONNXTensorElementDataType is TensorProto::DataType.
constexpr int dataTypeFloat = 1, dataTypeInt64 = 7;
// ORT_LOGGING_LEVEL_ERROR, ORT_ENABLE_ALL, OrtDeviceAllocator,
// OrtMemTypeDefault.
constexpr int logErrors = 3, optimiseAll = 99, deviceAllocator = 0,
              defaultMemory = 0;

} // namespace

namespace opml::bench {

struct OrtFunctions {
  void *const *table;
  const char *version;

  template <typename Result = void *, typename... Arguments>
  Result call(size_t position, Arguments... arguments) const {
    auto *function =
        reinterpret_cast<Result (*)(Arguments...)>(table[position]);
    return function(arguments...);
  }
};

} // namespace opml::bench

namespace {
enum Position : size_t {
  getErrorMessage = 2,
  createEnv = 3,
  createSession = 7,
  runSession = 9,
  createSessionOptions = 10,
  setSessionGraphOptimizationLevel = 23,
  setIntraOpNumThreads = 24,
  setInterOpNumThreads = 25,
  createTensorWithData = 49,
  createCpuMemoryInfo = 69,
  releaseEnv = 92,
  releaseStatus = 93,
  releaseMemoryInfo = 94,
  releaseSession = 95,
  releaseValue = 96,
  releaseSessionOptions = 100
};
} // namespace

Expected<void> OnnxRuntime::check(void *status) const {
  if (!status)
    return {};
  Error error{std::string("ONNX Runtime: ") +
              functions->call<const char *>(getErrorMessage, status)};
  functions->call<void>(releaseStatus, status);
  return tl::unexpected(error);
}

Expected<std::unique_ptr<OnnxRuntime>>
OnnxRuntime::create(const std::string &library, const std::string &model,
                    int threads) {
  std::unique_ptr<OnnxRuntime> result(new OnnxRuntime);
  result->handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!result->handle)
    return makeError("cannot load ONNX Runtime: " + std::string(dlerror()));
  auto getBase = reinterpret_cast<const OrtApiBase *(*)()>(
      dlsym(result->handle, "OrtGetApiBase"));
  if (!getBase)
    return makeError("'" + library + "' is not ONNX Runtime");
  const OrtApiBase *base = getBase();
  result->functions.reset(
      new OrtFunctions{base->getApi(apiVersion), base->getVersionString()});
  if (Expected<void> ok = result->start(model, threads); !ok)
    return tl::unexpected(ok.error());
  return result;
}

Expected<void> OnnxRuntime::start(const std::string &model, int threads) {
  Expected<void> ok = check(functions->call(createEnv, logErrors, "opml-bench",
                                            static_cast<void *>(&environment)));
  auto then = [&](auto... arguments) {
    if (ok)
      ok = check(functions->call(arguments...));
  };
  then(createSessionOptions, &options);
  then(setIntraOpNumThreads, options, threads);
  then(setInterOpNumThreads, options, 1);
  then(setSessionGraphOptimizationLevel, options, optimiseAll);
  then(createSession, environment, model.c_str(), options, &session);
  then(createCpuMemoryInfo, deviceAllocator, defaultMemory, &memory);
  return ok;
}

OnnxRuntime::~OnnxRuntime() {
  for (auto *values : {&inputValues, &outputValues})
    for (void *value : *values)
      functions->call<void>(releaseValue, value);
  // Each takes a null pointer for nothing.
  if (functions) {
    functions->call<void>(releaseMemoryInfo, memory);
    functions->call<void>(releaseSession, session);
    functions->call<void>(releaseSessionOptions, options);
    functions->call<void>(releaseEnv, environment);
  }
  if (handle)
    dlclose(handle);
}

std::string OnnxRuntime::version() const { return functions->version; }

Expected<void *> OnnxRuntime::wrap(const OrtTensor &tensor) {
  using runtime::ElementType;
  int type = tensor.type.elementType == ElementType::Float32 ? dataTypeFloat
                                                             : dataTypeInt64;
  if (type == dataTypeInt64 && tensor.type.elementType != ElementType::Int64)
    return makeError("'" + tensor.name + "' is " + tensor.type.str() +
                     "; only float32 and int64 are compared");
  void *value = nullptr;
  Expected<void> ok = check(functions->call(
      createTensorWithData, memory, static_cast<void *>(tensor.bytes.data()),
      tensor.bytes.size(), tensor.type.shape.data(), tensor.type.shape.size(),
      type, &value));
  return ok ? Expected<void *>(value) : tl::unexpected(ok.error());
}

Expected<void> OnnxRuntime::bind(const std::vector<OrtTensor> &inputs,
                                 const std::vector<OrtTensor> &outputs) {
  for (const auto *tensors : {&inputs, &outputs})
    for (const OrtTensor &tensor : *tensors) {
      Expected<void *> value = wrap(tensor);
      if (!value)
        return tl::unexpected(value.error());
      (tensors == &inputs ? inputValues : outputValues).push_back(*value);
      names.push_back(tensor.name);
    }
  for (size_t i = 0; i < names.size(); ++i)
    (i < inputs.size() ? inputNames : outputNames).push_back(names[i].c_str());
  return {};
}

Expected<void> OnnxRuntime::run() {
  const void *noOptions = nullptr;
  return check(functions->call(runSession, session, noOptions,
                               inputNames.data(), inputValues.data(),
                               inputNames.size(), outputNames.data(),
                               outputNames.size(), outputValues.data()));
}
