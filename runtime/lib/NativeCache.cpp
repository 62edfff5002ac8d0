//===- NativeCache.cpp - Where native code of models is kept --------------===//

#include "opml/runtime/NativeCache.h"
#include "opml/runtime/File.h"
#include "opml/runtime/Hex.h"
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace opml;
using namespace opml::runtime;

/// The XDG base directory specification ignores relative paths.
static std::string absoluteVariable(const char *name) {
  const char *value = std::getenv(name);
  return value && value[0] == '/' ? value : "";
}

static std::string homeDirectory() {
  if (std::string home = absoluteVariable("HOME"); !home.empty())
    return home;
  const passwd *user = getpwuid(geteuid());
  return user && user->pw_dir ? user->pw_dir : "";
}

Expected<std::string> opml::runtime::nativeCacheDirectory() {
  std::string base = absoluteVariable("XDG_CACHE_HOME");
  if (base.empty()) {
    std::string home = homeDirectory();
    if (home.empty())
      return makeError("there is no directory for native code: set HOME or "
                       "XDG_CACHE_HOME");
    base = home + "/.cache";
  }
  return base + "/opml/native";
}

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
