//===- NativeEngine.cpp - Nodes by this machine's own code ----------------===//

#include "opml/runtime/NativeEngine.h"
#include "FloatEnvironment.h"
#include "ThreadPool.h"
#include "opml/runtime/NativeCache.h"
#include <cstdlib>

using namespace opml;
using namespace opml::runtime;

// A cache line, and the largest vector.
static constexpr uint64_t alignment = 64;
// Less than some ten microseconds of work is not worth waking threads for.
static constexpr uint64_t leastParallelWork = uint64_t(1) << 15;

namespace {
struct Free {
  void operator()(void *memory) const { std::free(memory); }
};
} // namespace

struct NativeEngine::Data {
  std::shared_ptr<const NativeLibrary> library;
  ThreadPool threads;
  std::unique_ptr<uint8_t, Free> scratch;
  uint64_t scratchBytes = 0;
  std::vector<void *> buffers; // of the current node

  uint8_t *reserveScratch(uint64_t bytes) {
    if (bytes > scratchBytes) {
      scratch.reset(
          static_cast<uint8_t *>(std::aligned_alloc(alignment, bytes)));
      scratchBytes = bytes;
    }
    return scratch.get();
  }
};

static uint64_t aligned(uint64_t bytes) {
  return (bytes + alignment - 1) / alignment * alignment;
}

NativeEngine::NativeEngine(std::shared_ptr<const NativeLibrary> library,
                           unsigned threads)
    : data(new Data{std::move(library), ThreadPool(threads), nullptr, 0, {}}) {}

NativeEngine::~NativeEngine() = default;

Expected<std::shared_ptr<NativeEngine>>
NativeEngine::create(const Manifest &manifest, const NativeOptions &options) {
  Expected<std::string> level = chooseLevel(options.level);
  if (!level)
    return tl::unexpected(level.error());
  Expected<std::shared_ptr<const NativeLibrary>> library =
      NativeLibrary::open(options.cache, manifest, *level);
  if (!library)
    return tl::unexpected(library.error());
  return std::shared_ptr<NativeEngine>(
      new NativeEngine(std::move(*library), options.threads));
}

void NativeEngine::run(size_t node, std::span<const void *const> operands,
                       std::span<void *const> results) {
  FloatEnvironment environment;
  const NativeFunction &function = data->library->function(node);
  std::vector<void *> &buffers = data->buffers;
  buffers.clear();
  for (const void *operand : operands)
    buffers.push_back(const_cast<void *>(operand));
  buffers.insert(buffers.end(), results.begin(), results.end());
  std::span<const uint64_t> scratch(function.bufferBytes + buffers.size(),
                                    function.scratchCount);
  uint64_t total = 0;
  for (uint64_t bytes : scratch)
    total += aligned(bytes);
  uint8_t *memory = data->reserveScratch(total);
  for (uint64_t bytes : scratch) {
    buffers.push_back(memory);
    memory += aligned(bytes);
  }
  for (const NativeStage &stage :
       std::span(function.stages, function.stageCount)) {
    auto iterations = [&](uint64_t begin, uint64_t end) {
      stage.run(buffers.data(), begin, end);
    };
    if (stage.work < leastParallelWork)
      iterations(0, stage.iterations);
    else
      data->threads.run(stage.iterations, iterations);
  }
}
