//===- PackPanels.h - Weights in panels of 16 columns -----------*- C++ -*-===//

#ifndef OPML_IMAGE_PACKPANELS_H
#define OPML_IMAGE_PACKPANELS_H

#include "opml/runtime/Image.h"
#include <span>
#include <vector>

namespace opml::compiler {

/// The bytes [matrices, ceil(columns / 16), inner, 16] of an ONNX tensor's
/// bytes, which are a multiple of panels.elements(); zeros behind the last
/// column (docs/image-format.md, "Panels").
std::vector<uint8_t> packPanels(std::span<const uint8_t> tensor,
                                const runtime::Panels &panels);

} // namespace opml::compiler

#endif // OPML_IMAGE_PACKPANELS_H
