//===- NativeLibrary.cpp - A model's native code, loaded ------------------===//

#include "opml/runtime/NativeLibrary.h"
#include "opml/runtime/NativeCache.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace opml;
using namespace opml::runtime;

namespace {

/// What compiled the library must be what runs it.
constexpr std::string_view producer = "opml-compile " OPML_VERSION;

constexpr const char *remedy =
    "; compile the model's ONNX file on this machine with opml-compile, and "
    "compare the model root, or use --engine=jit";

struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number >= 0)
      ::close(number);
  }
};

/// The file, if only this user can have written it.
Expected<int> openTrusted(const std::string &path) {
  Descriptor file{
      ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
  if (file.number < 0 && errno == ENOENT)
    return makeError("there is no native code of this model for this user ('" +
                     path + "')" + remedy);
  if (file.number < 0)
    return makeError("cannot open '" + path + "': " + std::strerror(errno));
  struct stat status;
  if (fstat(file.number, &status) != 0 || !S_ISREG(status.st_mode))
    return makeError("cannot open '" + path + "': not a regular file");
  if (status.st_uid != geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)))
    return makeError("'" + path +
                     "' can be written by other users, so it is not run" +
                     remedy);
  return std::exchange(file.number, -1);
}

Error damaged(const std::string &path, const std::string &what) {
  return Error{"'" + path + "' " + what + remedy};
}

uint64_t valueBytes(const Manifest &manifest, const Slot &slot) {
  return manifest.values[slot.value].type.bytes();
}

/// True if the function takes buffers of the sizes of the node's values.
bool fits(const Manifest &manifest, const Node &node,
          const NativeFunction &function) {
  if (function.operandCount != node.operands.size() ||
      function.resultCount != node.results.size())
    return false;
  const uint64_t *bytes = function.bufferBytes;
  for (const auto *slots : {&node.operands, &node.results})
    for (const Slot &slot : *slots)
      if (*bytes++ != valueBytes(manifest, slot))
        return false;
  return true;
}

} // namespace

Expected<std::shared_ptr<const NativeLibrary>>
NativeLibrary::open(const std::string &cache, const Manifest &manifest,
                    std::string_view level) {
  std::string path = nativeLibraryPath(cache, manifest.modelRoot, level);
  Expected<int> opened = openTrusted(path);
  if (!opened)
    return tl::unexpected(opened.error());
  std::shared_ptr<NativeLibrary> library(new NativeLibrary);
  library->file = *opened;
  // By its number, for the name may by now stand for another file.
  std::string checked = "/proc/self/fd/" + std::to_string(library->file);
  library->handle = dlopen(checked.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library->handle)
    return tl::unexpected(
        damaged(path, "is not a library of this machine's kind"));
  library->table = static_cast<const NativeTable *>(
      dlsym(library->handle, nativeTableSymbol));
  Expected<void> ok = library->checkTable(manifest);
  if (ok)
    ok = library->bind(manifest);
  if (!ok)
    return tl::unexpected(damaged(path, ok.error().message));
  return library;
}

NativeLibrary::~NativeLibrary() {
  if (handle)
    dlclose(handle);
  ::close(file);
}

Expected<void> NativeLibrary::checkTable(const Manifest &manifest) const {
  if (!table)
    return makeError("holds no native code of a model");
  if (table->abiVersion != nativeAbiVersion || table->producer != producer)
    return makeError("was made by another version of opml-compile");
  if (!std::ranges::equal(manifest.modelRoot, std::span(table->modelRoot, 32)))
    return makeError("is native code of another model");
  return {};
}

Expected<void> NativeLibrary::bind(const Manifest &manifest) {
  std::span<const NativeFunction> all(table->functions, table->functionCount);
  for (const Node &node : manifest.nodes) {
    auto found = std::ranges::find_if(all, [&](const NativeFunction &function) {
      return node.function == function.name;
    });
    if (found == all.end() || !fits(manifest, node, *found))
      return makeError("has no function for node '" + node.name + "'");
    functions.push_back(&*found);
  }
  return {};
}
