//===- NativeCache.cpp - Where native code of models is kept --------------===//

#include "opml/runtime/NativeCache.h"
#include "opml/runtime/File.h"
#include "opml/runtime/Hex.h"
#include <cerrno>
#include <cstring>
#include <sys/stat.h>

using namespace opml;
using namespace opml::runtime;

static std::string modelDirectory(const std::string &cache,
                                  const vm::Hash &modelRoot) {
  return cache + "/" + hexDigits(modelRoot);
}

std::string opml::runtime::nativeLibraryPath(const std::string &cache,
                                             const vm::Hash &modelRoot,
                                             std::string_view level) {
  return modelDirectory(cache, modelRoot) + "/" + std::string(level) + ".so";
}

/// Makes `path` and the directories above it that are missing.
static Expected<void> makeDirectories(const std::string &path) {
  constexpr mode_t onlyOwner = 0700;
  for (size_t end = 1; end != std::string::npos;) {
    end = path.find('/', end + 1);
    std::string prefix = path.substr(0, end);
    if (mkdir(prefix.c_str(), onlyOwner) != 0 && errno != EEXIST)
      return makeError("cannot create the directory '" + prefix +
                       "': " + std::strerror(errno));
  }
  return {};
}

Expected<void> opml::runtime::keepNativeLibrary(
    const std::string &cache, const vm::Hash &modelRoot, std::string_view level,
    std::span<const uint8_t> library) {
  if (auto made = makeDirectories(modelDirectory(cache, modelRoot)); !made)
    return made;
  Expected<AtomicFile> file =
      AtomicFile::create(nativeLibraryPath(cache, modelRoot, level));
  if (!file)
    return tl::unexpected(file.error());
  // Whatever the umask is, nobody else may change what this user will run.
  if (Expected<void> ok = file->makePrivate(); !ok)
    return ok;
  if (Expected<void> ok = file->write(library); !ok)
    return ok;
  return file->commit();
}

Expected<std::string> opml::runtime::chooseLevel(const std::string &requested) {
  std::span<const std::string_view> levels = supportedLevels();
  if (levels.empty())
    return makeError("there is no native engine for this machine; use "
                     "--engine=jit");
  if (requested.empty())
    return std::string(levels.front());
  std::string list;
  for (std::string_view level : levels) {
    if (level == requested)
      return requested;
    list += (list.empty() ? "" : ", ") + std::string(level);
  }
  return makeError("this machine does not have CPU level '" + requested +
                   "'; it has " + list);
}

std::span<const std::string_view> opml::runtime::supportedLevels() {
#if defined(__x86_64__)
  static constexpr std::string_view levels[] = {"x86-64-v4", "x86-64-v3",
                                                "x86-64"};
  static const size_t missing = __builtin_cpu_supports("x86-64-v4")   ? 0
                                : __builtin_cpu_supports("x86-64-v3") ? 1
                                                                      : 2;
  return std::span(levels).subspan(missing);
#elif defined(__aarch64__)
  static constexpr std::string_view levels[] = {"armv8-a"};
  return levels;
#else
  return {};
#endif
}
