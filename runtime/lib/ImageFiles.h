//===- ImageFiles.h - The files of an image directory -----------*- C++ -*-===//

#ifndef OPML_RUNTIME_LIB_IMAGEFILES_H
#define OPML_RUNTIME_LIB_IMAGEFILES_H

#include <cstdint>

namespace opml::runtime {

inline constexpr const char *manifestFile = "manifest.json";
inline constexpr const char *programFile = "program.elf";
inline constexpr const char *weightsFile = "weights.bin";
inline constexpr uint64_t weightAlignment = 64;

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_IMAGEFILES_H
