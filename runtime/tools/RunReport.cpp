//===- RunReport.cpp - What opml-run writes and prints --------------------===//

#include "RunReport.h"
#include "Outputs.h"
#include "opml/runtime/Hex.h"
#include <cstdio>
#include <nlohmann/json.hpp>

using namespace opml;
using namespace opml::runtime;
using Json = nlohmann::ordered_json;

std::string opml::runtime::statsText(const Manifest &manifest,
                                     const NodeEngine &engine,
                                     const Result &result) {
  auto add = [&](Json &object, const NodeStats &stats) {
    if (engine.countsSteps())
      object["steps"] = stats.steps;
    object["seconds"] = stats.seconds;
  };
  Json stats = {{"modelRoot", toHex(manifest.modelRoot)},
                {"contextRoot", toHex(result.contextRoot)},
                {"outputRoot", toHex(result.outputRoot)},
                {"engine", engine.name()}};
  add(stats, result.total);
  Json nodes = Json::array();
  for (size_t i = 0; i < result.nodes.size(); ++i) {
    Json node = {{"name", manifest.nodes[i].name},
                 {"operators", manifest.nodes[i].operators},
                 {"function", manifest.nodes[i].function},
                 {"memDepth", manifest.nodes[i].memDepth},
                 {"stepBits", manifest.nodes[i].stepBits}};
    add(node, result.nodes[i]);
    nodes.push_back(std::move(node));
  }
  stats["nodes"] = std::move(nodes);
  return stats.dump(2) + "\n";
}

std::string opml::runtime::traceText(const Manifest &manifest,
                                     const Result &result) {
  Json contexts = Json::array();
  for (const Hash &root : result.contexts)
    contexts.push_back(toHex(root));
  Json trace = {{"format", "opml.trace.v1"},
                {"modelRoot", toHex(manifest.modelRoot)},
                {"outputRoot", toHex(result.outputRoot)},
                {"contexts", std::move(contexts)}};
  return trace.dump(2) + "\n";
}

void opml::runtime::print(const Manifest &manifest, const NodeEngine &engine,
                          const Result &result,
                          const std::vector<std::string> &paths) {
  for (size_t i = 0; i < result.outputs.size(); ++i) {
    const Port &port = manifest.outputs[i];
    if (paths.empty())
      std::printf("%s\n", describeOutput(port, result.outputs[i]).c_str());
    else
      std::printf("%s %s: %s\n", printable(port.name).c_str(),
                  port.type.str().c_str(), printable(paths[i]).c_str());
  }
  std::printf("model root:    %s\n", toHex(manifest.modelRoot).c_str());
  std::printf("context root:  %s\n", toHex(result.contextRoot).c_str());
  std::printf("output root:   %s\n", toHex(result.outputRoot).c_str());
  if (engine.countsSteps())
    std::printf("%llu steps in ", (unsigned long long)result.total.steps);
  std::printf("%.3f s\n", result.total.seconds);
}
