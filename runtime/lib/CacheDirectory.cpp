//===- CacheDirectory.cpp - Where machine code is kept --------------------===//

#include "opml/runtime/CacheDirectory.h"
#include <cstdlib>

using namespace opml::runtime;

static std::filesystem::path variable(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

std::filesystem::path opml::runtime::cacheDirectory(std::string_view name) {
  if (std::getenv("OPML_CACHE_DIR")) {
    std::filesystem::path ours = variable("OPML_CACHE_DIR");
    return ours.empty() ? ours : ours / name;
  }
  // The specification ignores relative paths.
  std::filesystem::path base = variable("XDG_CACHE_HOME");
  if (!base.is_absolute()) {
    base = variable("HOME");
    if (!base.is_absolute())
      return {};
    base /= ".cache";
  }
  return base / "opml" / name;
}
