//===- NativeLibrary.h - A model's native code, loaded ----------*- C++ -*-===//

#ifndef OPML_RUNTIME_NATIVELIBRARY_H
#define OPML_RUNTIME_NATIVELIBRARY_H

#include "opml/runtime/Image.h"
#include "opml/runtime/NativeAbi.h"

namespace opml::runtime {

class NativeLibrary {
public:
  /// Loads a model's code for one CPU level out of a cache. Refused are files
  /// that others than this user could have written, libraries of another model
  /// or another version of opml-compile, and ones whose functions do not take
  /// what the manifest's nodes give them.
  static Expected<std::shared_ptr<const NativeLibrary>>
  open(const std::string &cache, const Manifest &manifest,
       std::string_view level);
  ~NativeLibrary();
  NativeLibrary(const NativeLibrary &) = delete;

  /// The function of each of the manifest's nodes.
  const NativeFunction &function(size_t node) const { return *functions[node]; }

private:
  NativeLibrary() = default;
  Expected<void> checkTable(const Manifest &manifest) const;
  Expected<void> bind(const Manifest &manifest);

  // Open as long as the library is: the loader knows it by this number.
  int file = -1;
  void *handle = nullptr;
  const NativeTable *table = nullptr;
  std::vector<const NativeFunction *> functions;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_NATIVELIBRARY_H
