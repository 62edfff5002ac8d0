//===- NativeCache.h - Where native code of models is kept ------*- C++ -*-===//
//
// Native code is trusted as a program is: it could do anything. So it is no
// part of an image, which may come from a stranger, but lies in its user's own
// cache, where only opml-compile of the same user puts it:
// DIRECTORY/<modelRoot>/<CPU level>.so.
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

/// $XDG_CACHE_HOME/opml/native, by default ~/.cache/opml/native. Fails if the
/// user has no home.
Expected<std::string> nativeCacheDirectory();

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

} // namespace opml::runtime

#endif // OPML_RUNTIME_NATIVECACHE_H
