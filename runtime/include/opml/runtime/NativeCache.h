//===- NativeCache.h - Where native code of models is kept ------*- C++ -*-===//
//
// Native code is trusted as a program is: it could do anything. So it is no
// part of an image, which may come from a stranger, but lies in its user's own
// cache directory, where only opml-compile of the same user puts it:
// native/<modelRoot>/<CPU level>.so.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_NATIVECACHE_H
#define OPML_RUNTIME_NATIVECACHE_H

#include "opml/vm/Error.h"
#include "opml/vm/Keccak.h"
#include <span>
#include <string>
#include <string_view>

namespace opml::runtime {

/// Its directory in the user's cache (CacheDirectory.h).
inline constexpr std::string_view nativeCacheName = "native";

/// The library's path in a cache.
std::string nativeLibraryPath(const std::string &cache,
                              const vm::Hash &modelRoot,
                              std::string_view level);

/// Puts a library there, replacing an older one; makes the directories it
/// needs, for this user alone.
Expected<void> keepNativeLibrary(const std::string &cache,
                                 const vm::Hash &modelRoot,
                                 std::string_view level,
                                 std::span<const uint8_t> library);

/// The CPU levels that code is compiled for and this machine can run, best
/// first.
std::span<const std::string_view> supportedLevels();
/// `requested` if this machine can run it, or the best level if it is empty.
Expected<std::string> chooseLevel(const std::string &requested);

} // namespace opml::runtime

#endif // OPML_RUNTIME_NATIVECACHE_H
