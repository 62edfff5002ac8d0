//===- NativeEngine.cpp - Nodes by this machine's own code ----------------===//

#include "opml/runtime/NativeEngine.h"
#include "FloatEnvironment.h"
#include "HostMemory.h"
#include "MemoryPlan.h"
#include "ThreadPool.h"
#include "opml/runtime/NativeCache.h"
#include <algorithm>

using namespace opml;
using namespace opml::runtime;

struct NativeEngine::Data {
  std::shared_ptr<const NativeLibrary> library;
  ThreadPool threads;
  uint64_t leastParallelWork;
  HostMemory scratch; // of the node that runs
};

/// The places of a function's scratch buffers, and their end.
static uint64_t layOutScratch(const NativeFunction &function,
                              std::vector<uint64_t> &offsets) {
  uint64_t end = 0;
  std::span<const uint64_t> bytes(function.bufferBytes + function.operandCount +
                                      function.resultCount,
                                  function.scratchCount);
  for (uint64_t size : bytes) {
    offsets.push_back(end);
    end += alignedBytes(size);
  }
  return end;
}

NativeEngine::NativeEngine(std::shared_ptr<const NativeLibrary> library,
                           size_t nodes, const NativeOptions &options)
    : data(new Data{std::move(library),
                    ThreadPool(options.threads),
                    options.leastParallelWork,
                    {}}) {
  uint64_t most = 0;
  for (size_t node = 0; node < nodes; ++node) {
    std::vector<uint64_t> offsets;
    most =
        std::max(most, layOutScratch(data->library->function(node), offsets));
  }
  data->scratch = HostMemory(most);
}

NativeEngine::~NativeEngine() = default;

Expected<std::shared_ptr<NativeEngine>>
NativeEngine::create(const Manifest &manifest, const NativeOptions &options) {
  if (options.cache.empty())
    return makeError("the user has no cache directory, where native code lies: "
                     "HOME is not set, or OPML_CACHE_DIR is empty");
  Expected<std::string> level = chooseLevel(options.level);
  if (!level)
    return tl::unexpected(level.error());
  Expected<std::shared_ptr<const NativeLibrary>> library =
      NativeLibrary::open(options.cache, manifest, *level);
  if (!library)
    return tl::unexpected(library.error());
  return std::shared_ptr<NativeEngine>(
      new NativeEngine(std::move(*library), manifest.nodes.size(), options));
}

std::vector<void *>
NativeEngine::buffers(size_t node, std::span<const void *const> operands,
                      std::span<void *const> results) const {
  std::vector<void *> all;
  for (const void *operand : operands)
    all.push_back(const_cast<void *>(operand)); // which nodes only read
  all.insert(all.end(), results.begin(), results.end());
  std::vector<uint64_t> offsets;
  layOutScratch(data->library->function(node), offsets);
  for (uint64_t offset : offsets)
    all.push_back(data->scratch.data() + offset);
  return all;
}

void NativeEngine::run(size_t node, std::span<void *const> buffers) {
  FloatEnvironment environment;
  const NativeFunction &function = data->library->function(node);
  for (const NativeStage &stage :
       std::span(function.stages, function.stageCount)) {
    auto iterations = [&](uint64_t begin, uint64_t end) {
      stage.run(buffers.data(), begin, end);
    };
    if (stage.work < data->leastParallelWork)
      iterations(0, stage.iterations);
    else
      data->threads.run(stage.iterations, iterations);
  }
}
