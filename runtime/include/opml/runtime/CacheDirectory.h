//===- CacheDirectory.h - Where machine code is kept ------------*- C++ -*-===//

#ifndef OPML_RUNTIME_CACHEDIRECTORY_H
#define OPML_RUNTIME_CACHEDIRECTORY_H

#include <filesystem>
#include <string_view>

namespace opml::runtime {

/// A directory of the user's cache: $OPML_CACHE_DIR/NAME, by default
/// ~/.cache/opml/NAME as the XDG base directory specification has it. Empty if
/// nothing is to be kept: the variable is set and empty, or there is no home.
std::filesystem::path cacheDirectory(std::string_view name);

} // namespace opml::runtime

#endif // OPML_RUNTIME_CACHEDIRECTORY_H
