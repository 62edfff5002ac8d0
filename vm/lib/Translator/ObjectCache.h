//===- ObjectCache.h - Translations kept between runs -----------*- C++ -*-===//
//
// Files of machine code in a directory of the user's own, never beside an
// image: what came with an image must not be executed. A file is named by a
// hash of all that its code depends on, begins with a hash of what it holds,
// and is put in place whole. What cannot be read, or is not what it should be,
// is as good as absent; what cannot be written is left out.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_TRANSLATOR_OBJECTCACHE_H
#define OPML_VM_LIB_TRANSLATOR_OBJECTCACHE_H

#include "opml/vm/Keccak.h"
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace opml::vm {

/// A compiled piece of guest code.
struct Translation {
  struct Extent {
    uint32_t address, instructions;
  };
  std::vector<uint32_t> entries; // addresses at which it is entered
  std::vector<Extent> blocks;
  std::string object; // an ELF object file
};

class ObjectCache {
public:
  static constexpr uint64_t defaultLimit = uint64_t(1) << 28;

  /// Keeps about `limit` bytes there, in files of whole blocks, dropping what
  /// was not used for longest.
  explicit ObjectCache(std::filesystem::path directory,
                       uint64_t limit = defaultLimit);

  std::optional<Translation> load(const Hash &key) const;
  void store(const Hash &key, const Translation &translation);

private:
  std::filesystem::path fileOf(const Hash &key) const;
  void evict();

  std::filesystem::path directory;
  uint64_t limit;
  bool isUsable;
  bool hasLooked = false; // at what others have left there
  uint64_t total = 0;     // what is there, as far as this process knows
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_OBJECTCACHE_H
