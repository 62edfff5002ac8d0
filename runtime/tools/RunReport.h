//===- RunReport.h - What opml-run writes and prints ------------*- C++ -*-===//

#ifndef OPML_RUNTIME_TOOLS_RUNREPORT_H
#define OPML_RUNTIME_TOOLS_RUNREPORT_H

#include "NodeEngine.h"

namespace opml::runtime {

/// What a run came to.
struct Result {
  std::vector<NodeStats> nodes;
  NodeStats total;
  Hash contextRoot, outputRoot;
  std::vector<Hash> contexts; // before each node and behind the last one
  std::vector<Tensor> outputs;
};

/// For --stats.
std::string statsText(const Manifest &manifest, const NodeEngine &engine,
                      const Result &result);
/// For --trace: docs/trace.md.
std::string traceText(const Manifest &manifest, const Result &result);
/// `paths` are those of the outputs' files, if they were written.
void print(const Manifest &manifest, const NodeEngine &engine,
           const Result &result, const std::vector<std::string> &paths);

} // namespace opml::runtime

#endif // OPML_RUNTIME_TOOLS_RUNREPORT_H
