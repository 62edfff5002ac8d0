//===- KeepTestNative.cpp - Puts native code of the test image in place ---===//

#include "TestNative.h"
#include "opml/runtime/CommandLine.h"
#include "opml/runtime/File.h"
#include "opml/runtime/Image.h"
#include "opml/runtime/NativeCache.h"
#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace opml;
using namespace opml::runtime;

void test::keepTestNative(const std::string &file, const std::string &cache,
                          const Manifest &manifest, uint32_t wrongNode) {
  Expected<MappedFile> mapped = MappedFile::open(file);
  if (!mapped)
    std::exit(reportError(mapped.error()));
  std::vector<uint8_t> library(mapped->bytes().begin(), mapped->bytes().end());
  NativeSettings settings;
  auto found = std::ranges::search(library, settings.label);
  std::ranges::copy(manifest.modelRoot, settings.modelRoot);
  settings.wrongNode = wrongNode;
  std::memcpy(found.data(), &settings, sizeof settings);
  for (std::string_view level : supportedLevels())
    if (Expected<void> ok =
            keepNativeLibrary(cache, manifest.modelRoot, level, library);
        !ok)
      std::exit(reportError(ok.error()));
}
