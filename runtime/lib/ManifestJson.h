//===- ManifestJson.h - manifest.json ---------------------------*- C++ -*-===//

#ifndef OPML_RUNTIME_LIB_MANIFESTJSON_H
#define OPML_RUNTIME_LIB_MANIFESTJSON_H

#include "opml/runtime/Image.h"

namespace opml::runtime {

/// The one text of a manifest, with its manifestHash. Requires that
/// checkManifest accepts it.
std::string writeManifest(const Manifest &manifest);

/// Reads a manifest that checkManifest accepts. Fails on any text that
/// writeManifest does not give, damaged or merely spelled differently; roots
/// are read but not recomputed.
Expected<Manifest> readManifest(std::string_view text);

/// Last key of the file; its hash covers the file with 64 zeros in its place.
inline constexpr std::string_view manifestHashPrefix =
    "  \"manifestHash\": \"0x";
inline constexpr std::string_view manifestHashSuffix = "\"\n}\n";
inline constexpr size_t hashDigits = 64;

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_MANIFESTJSON_H
