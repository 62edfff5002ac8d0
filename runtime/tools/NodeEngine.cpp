//===- NodeEngine.cpp - What computes the nodes of a run ------------------===//

#include "NodeEngine.h"
#include "opml/runtime/CacheDirectory.h"
#include "opml/runtime/NativeCache.h"

using namespace opml;
using namespace opml::runtime;

static constexpr uint64_t maxThreads = 1024;

static std::string nameIn(const Arguments &arguments) {
  return arguments.value("--engine", engineName(EngineKind::Interpreter));
}

Expected<void> NodeEngine::check(const Arguments &arguments) {
  Expected<std::optional<uint64_t>> threads =
      arguments.number("--threads", maxThreads);
  if (!threads)
    return tl::unexpected(threads.error());
  if (*threads == 0)
    return makeError("'--threads 0': at least one thread is needed");
  Expected<bool> native = asksForNative(arguments);
  if (!native)
    return tl::unexpected(native.error());
  if (*native) {
    Expected<std::string> level = chooseLevel(arguments.value("--cpu", ""));
    return level ? Expected<void>() : tl::unexpected(level.error());
  }
  if (arguments.has("--cpu"))
    return makeError("'--cpu' chooses native code; add --engine=native");
  return {};
}

static Expected<std::shared_ptr<NativeEngine>>
createNative(const Arguments &arguments, const Image &image) {
  NativeOptions options;
  options.cache = cacheDirectory(nativeCacheName);
  options.level = arguments.value("--cpu", "");
  if (auto threads = arguments.number("--threads", maxThreads); *threads)
    options.threads = unsigned(**threads);
  return NativeEngine::create(image.manifest(), options);
}

Expected<NodeEngine> NodeEngine::create(const Arguments &arguments,
                                        const Image &image) {
  NodeEngine result;
  result.engineName = nameIn(arguments);
  if (result.engineName == nativeEngineName) {
    auto native = createNative(arguments, image);
    if (!native)
      return tl::unexpected(native.error());
    result.native = std::move(*native);
    return result;
  }
  auto engine = createEngine(*engineKind(arguments), image.program()->code());
  if (!engine)
    return tl::unexpected(engine.error());
  result.machines = std::move(*engine);
  return result;
}

Run NodeEngine::start(Image image, std::vector<Tensor> inputs) const {
  if (native)
    return Run(std::move(image), std::move(inputs), native);
  return Run(std::move(image), std::move(inputs), machines);
}
