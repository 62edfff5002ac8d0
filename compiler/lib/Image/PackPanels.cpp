//===- PackPanels.cpp - Weights in panels of 16 columns -------------------===//

#include "opml/Image/PackPanels.h"
#include <cstring>

using namespace opml::compiler;
using opml::runtime::Panels;

std::vector<uint8_t> opml::compiler::packPanels(std::span<const uint8_t> tensor,
                                                const Panels &panels) {
  uint64_t bytes = tensor.size() / panels.elements(); // of one element
  uint64_t panelsOfMatrix =
      (panels.columns + Panels::width - 1) / Panels::width;
  std::vector<uint8_t> packed(panels.paddedElements() * bytes);
  // One element after the other, in the order of the tensor.
  const uint8_t *element = tensor.data();
  auto put = [&](uint64_t matrix, uint64_t inner, uint64_t column) {
    uint64_t panel = matrix * panelsOfMatrix + column / Panels::width;
    uint64_t at =
        (panel * panels.inner + inner) * Panels::width + column % Panels::width;
    std::memcpy(&packed[at * bytes], element, bytes);
    element += bytes;
  };
  for (uint64_t matrix = 0; matrix < panels.matrices; ++matrix)
    if (panels.columnsFirst)
      for (uint64_t column = 0; column < panels.columns; ++column)
        for (uint64_t inner = 0; inner < panels.inner; ++inner)
          put(matrix, inner, column);
    else
      for (uint64_t inner = 0; inner < panels.inner; ++inner)
        for (uint64_t column = 0; column < panels.columns; ++column)
          put(matrix, inner, column);
  return packed;
}
