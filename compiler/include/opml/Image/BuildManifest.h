//===- BuildManifest.h - Graph and program to a manifest --------*- C++ -*-===//

#ifndef OPML_IMAGE_BUILDMANIFEST_H
#define OPML_IMAGE_BUILDMANIFEST_H

#include "opml/Image/Graph.h"
#include "opml/Image/GuestProgram.h"

namespace opml::compiler {

/// Fills a manifest for runtime::writeImage.
runtime::Manifest buildManifest(Graph graph, const GuestProgram &program);

} // namespace opml::compiler

#endif // OPML_IMAGE_BUILDMANIFEST_H
