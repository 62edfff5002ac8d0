//===- Info.cpp - opml-vm info --------------------------------------------===//

#include "Commands.h"
#include "opml/runtime/Hex.h"
#include <cstdio>

using namespace opml;
using namespace opml::runtime;
using namespace opml::vm;

static constexpr Option options[] = {
    {"--verify", "",
     "check every weight against its root, and the padding\n"
     "between them"}};

static void printHash(const char *label, const Hash &hash) {
  std::printf("%-16s %s\n", label, toHex(hash).c_str());
}

static void printPorts(const char *label, const std::vector<Port> &ports) {
  for (const Port &port : ports)
    std::printf("%-16s %s %s\n", label, printable(port.name).c_str(),
                port.type.str().c_str());
}

static void printNodes(const Manifest &manifest) {
  for (size_t i = 0; i < manifest.nodes.size(); ++i) {
    const Node &node = manifest.nodes[i];
    std::string operators;
    for (const std::string &name : node.operators)
      operators += (operators.empty() ? "" : "+") + name;
    std::printf(
        "node %-11zu %s (%s): %s, entry 0x%x, memDepth %u, stepBits %u, "
        "%zu operands, %zu results\n",
        i, printable(node.name).c_str(), printable(operators).c_str(),
        printable(node.function).c_str(), node.entry, node.memDepth,
        node.stepBits, node.operands.size(), node.results.size());
  }
}

static Expected<int> info(const Arguments &arguments) {
  Expected<Image> image = Image::open(arguments.positional(0));
  if (!image)
    return tl::unexpected(image.error());
  if (arguments.has("--verify"))
    if (Expected<void> ok = image->verifyWeights(); !ok)
      return tl::unexpected(ok.error());
  const Manifest &manifest = image->manifest();
  std::printf("%-16s %s\n", "producer", printable(manifest.producer).c_str());
  printHash("model root", manifest.modelRoot);
  printHash("code root", manifest.codeRoot);
  printHash("initial context", initialContext(manifest));
  std::printf("%-16s %zu bytes, depth %u\n", "code",
              image->program()->codeBytes().size(), manifest.codeDepth);
  std::printf("%-16s %llu bytes%s\n", "weights",
              (unsigned long long)manifest.weightsBytes,
              arguments.has("--verify") ? ", verified" : "");
  std::printf("%-16s %zu, context depth %u\n", "values", manifest.values.size(),
              manifest.contextDepth());
  printPorts("input", manifest.inputs);
  printPorts("output", manifest.outputs);
  printNodes(manifest);
  return 0;
}

const Subcommand vm::infoCommand = {
    {"opml-vm info", "IMAGE",
     "Prints what an image holds.\n\n"
     "Manifest and program are checked always, weights with --verify.",
     options},
    info};
