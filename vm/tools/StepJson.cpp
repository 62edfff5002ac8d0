//===- StepJson.cpp - Proven steps as JSON --------------------------------===//

#include "StepJson.h"
#include "opml/runtime/Hex.h"

using namespace opml::runtime;
using namespace opml::vm;
using Json = nlohmann::ordered_json;

Json opml::vm::stepJson(uint64_t node, uint64_t step,
                        const ProvenStep &proven) {
  const Witness &witness = proven.witness;
  return {{"node", node},
          {"step", step},
          {"pc", proven.pc},
          {"mnemonic", mnemonic(witness.opcode)},
          {"preState", toHex(witness.preState)},
          {"postState", toHex(witness.postState)},
          {"calldata", toHex(witness.calldata)}};
}

/// "leaf" and "siblings" from a leaf and `depth` siblings in the calldata.
static Json proofJson(std::span<const uint8_t> calldata, unsigned depth) {
  Json siblings = Json::array();
  for (unsigned i = 1; i <= depth; ++i)
    siblings.push_back(toHex(calldata.subspan(i * leafBytes, leafBytes)));
  return {{"leaf", toHex(calldata.first(leafBytes))}, {"siblings", siblings}};
}

Json opml::vm::explainedStepJson(const Manifest &manifest, uint64_t node,
                                 uint64_t step, const ProvenStep &proven) {
  Json json = stepJson(node, step, proven);
  json["modelRoot"] = toHex(manifest.modelRoot);
  json["nodeName"] = manifest.nodes[node].name;
  std::span<const uint8_t> rest = proven.witness.calldata;
  json["packedPreState"] = toHex(rest.first(packedStateBytes));
  json["packedPostState"] = toHex(proven.packedPostState);
  rest = rest.subspan(packedStateBytes);
  if (!rest.empty()) {
    json["codeProof"] = proofJson(rest, manifest.codeDepth);
    rest = rest.subspan((manifest.codeDepth + 1) * leafBytes);
  }
  if (!rest.empty())
    json["memoryProof"] = proofJson(rest, manifest.nodes[node].memDepth);
  return json;
}
