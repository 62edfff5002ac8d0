//===- ArmNode.cpp - One node by AArch64's native code --------------------===//
//
// usage: arm-node LIBRARY FUNCTION OPERAND… RESULT…
//
// A program for AArch64, run by ArmTest under qemu-aarch64: reads the operands'
// files, runs the stages of the function, each in three parts in reverse order,
// and writes the results' files.
//
//===----------------------------------------------------------------------===//

#include "../../runtime/lib/FloatEnvironment.h"
#include "opml/runtime/NativeAbi.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>

using namespace opml::runtime;

[[noreturn]] static void fail(const char *what) {
  std::fprintf(stderr, "arm-node: %s\n", what);
  std::exit(1);
}

static const NativeFunction &find(const char *library, const char *name) {
  void *handle = dlopen(library, RTLD_NOW);
  if (!handle)
    fail(dlerror());
  auto *table =
      static_cast<const NativeTable *>(dlsym(handle, nativeTableSymbol));
  if (!table || table->abiVersion != nativeAbiVersion)
    fail("no native code of a model");
  for (uint64_t i = 0; i < table->functionCount; ++i)
    if (std::strcmp(table->functions[i].name, name) == 0)
      return table->functions[i];
  fail("no such function");
}

static void transfer(const char *path, const char *mode, void *buffer,
                     uint64_t bytes) {
  std::FILE *file = std::fopen(path, mode);
  if (!file)
    fail(path);
  uint64_t done = *mode == 'r' ? std::fread(buffer, 1, bytes, file)
                               : std::fwrite(buffer, 1, bytes, file);
  if (done != bytes || std::fclose(file) != 0)
    fail(path);
}

int main(int argc, char **argv) {
  if (argc < 3)
    fail("usage: arm-node LIBRARY FUNCTION OPERAND... RESULT...");
  const NativeFunction &function = find(argv[1], argv[2]);
  uint64_t files = function.operandCount + function.resultCount;
  uint64_t count = files + function.scratchCount;
  if (uint64_t(argc) != 3 + files)
    fail("another number of operands and results");
  constexpr uint64_t alignment = 64;
  void **buffers = new void *[count];
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t bytes = function.bufferBytes[i];
    buffers[i] =
        std::aligned_alloc(alignment, (bytes / alignment + 1) * alignment);
    std::memset(buffers[i], 0xa5, bytes); // nodes read nothing unwritten
    if (i < function.operandCount)
      transfer(argv[3 + i], "r", buffers[i], bytes);
  }
  {
    FloatEnvironment environment;
    for (uint64_t i = 0; i < function.stageCount; ++i) {
      const NativeStage &stage = function.stages[i];
      constexpr uint64_t parts = 3;
      for (uint64_t part = parts; part-- > 0;)
        stage.run(buffers, stage.iterations * part / parts,
                  stage.iterations * (part + 1) / parts);
    }
  }
  for (uint64_t i = function.operandCount; i < files; ++i)
    transfer(argv[3 + i], "w", buffers[i], function.bufferBytes[i]);
  return 0;
}
