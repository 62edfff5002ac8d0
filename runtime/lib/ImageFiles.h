//===- ImageFiles.h - The files of an image directory -----------*- C++ -*-===//

#ifndef OPML_RUNTIME_LIB_IMAGEFILES_H
#define OPML_RUNTIME_LIB_IMAGEFILES_H

#include <cstdint>

namespace opml::runtime {

inline constexpr const char *manifestFile = "manifest.json";
inline constexpr const char *programFile = "program.elf";
inline constexpr const char *weightsFile = "weights.bin";

/// What the offset of a weight of so many bytes in weights.bin is a multiple
/// of. From a page on, its pages are mapped into a machine's memory.
constexpr uint64_t weightAlignment(uint64_t bytes) {
  return bytes < 4096 ? 64 : 4096;
}

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_IMAGEFILES_H
