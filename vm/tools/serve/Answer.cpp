//===- Answer.cpp - What opml-vm serve answers ----------------------------===//

#include "Answer.h"
#include "../StepJson.h"
#include "opml/runtime/Hex.h"

using namespace opml;
using namespace opml::runtime;
using namespace opml::vm;
using namespace opml::vm::serve;

namespace {

Json hexList(const std::vector<Hash> &hashes) {
  Json list = Json::array();
  for (const Hash &hash : hashes)
    list.push_back(toHex(hash));
  return list;
}

//===- The model ----------------------------------------------------------===//

Json portsJson(const std::vector<Port> &ports) {
  Json list = Json::array();
  for (const Port &port : ports)
    list.push_back({{"name", port.name},
                    {"value", port.value},
                    {"type", elementTypeName(port.type.elementType)},
                    {"shape", port.type.shape},
                    {"packed", toHex(packPort(port))}});
  return list;
}

/// What modelRoot is the hash of, and how much there is of everything.
Json modelJson(const Manifest &manifest) {
  return {{"modelRoot", toHex(manifest.modelRoot)},
          {"codeRoot", toHex(manifest.codeRoot)},
          {"codeDepth", manifest.codeDepth},
          {"initialContext", toHex(initialContext(manifest))},
          {"contextDepth", manifest.contextDepth()},
          {"nodesRoot", toHex(nodesRoot(manifest))},
          {"nodeBits", manifest.nodeBits()},
          {"maxSlots", manifest.maxSlots()},
          {"signatureHash", toHex(signatureHash(manifest))},
          {"nodes", manifest.nodes.size()},
          {"values", manifest.values.size()},
          {"inputs", portsJson(manifest.inputs)},
          {"outputs", portsJson(manifest.outputs)}};
}

Json slotsJson(const std::vector<Slot> &slots) {
  Json list = Json::array();
  for (const Slot &slot : slots)
    list.push_back({{"value", slot.value},
                    {"address", slot.address},
                    {"depth", slot.depth}});
  return list;
}

/// A descriptor with its proof against nodesRoot; of the padding, the proof
/// that there is none.
Expected<Json> nodeJson(const Manifest &manifest, uint64_t index) {
  if (index >> manifest.nodeBits() != 0)
    return makeError("there is no node " + std::to_string(index) +
                     "; the graph has 2^" +
                     std::to_string(manifest.nodeBits()) +
                     " nodes with its padding, numbered from 0");
  std::vector<Hash> leaves = nodeHashes(manifest);
  Json json = {{"node", index}};
  if (index < manifest.nodes.size()) {
    const Node &node = manifest.nodes[index];
    json.update({{"name", node.name},
                 {"operators", node.operators},
                 {"function", node.function},
                 {"entry", node.entry},
                 {"stackPointer", node.stackPointer},
                 {"memDepth", node.memDepth},
                 {"stepBits", node.stepBits},
                 {"operands", slotsJson(node.operands)},
                 {"results", slotsJson(node.results)},
                 {"descriptor", toHex(packNode(node))},
                 {"nodeHash", toHex(leaves[index])}});
  } else {
    json.update({{"descriptor", "0x"}, {"nodeHash", toHex(Hash{})}});
  }
  json["siblings"] = hexList(leafProof(leaves, manifest.nodeBits(), index));
  return json;
}

//===- Contexts -----------------------------------------------------------===//

Expected<Json> contextJson(Prover &prover, uint64_t nodes,
                           const ProverWatch &watch) {
  Expected<Context> context = prover.context(nodes, watch);
  if (!context)
    return tl::unexpected(context.error());
  Json json = {{"nodes", nodes}, {"root", toHex(context->root)}};
  if (context->failure)
    json["failed"] = context->failure->message;
  return json;
}

Expected<Json> contextsJson(Prover &prover, const ProverWatch &watch) {
  std::vector<Hash> roots;
  for (uint64_t nodes = 0; nodes <= prover.manifest().nodes.size(); ++nodes) {
    Expected<Context> context = prover.context(nodes, watch);
    if (!context)
      return tl::unexpected(context.error());
    roots.push_back(context->root);
  }
  return Json{{"roots", hexList(roots)}};
}

Json proofJson(uint64_t value, const RootProof &proof) {
  return {{"value", value},
          {"root", toHex(proof.root)},
          {"siblings", hexList(proof.siblings)}};
}

Expected<Json> valueJson(Prover &prover, uint64_t nodes, uint64_t value,
                         const ProverWatch &watch) {
  Expected<RootProof> proof = prover.value(nodes, value, watch);
  if (!proof)
    return tl::unexpected(proof.error());
  Json json = {{"nodes", nodes}};
  json.update(proofJson(value, *proof));
  return json;
}

//===- Machines -----------------------------------------------------------===//

Expected<Json> stepsJson(Prover &prover, uint64_t node,
                         const ProverWatch &watch) {
  Expected<uint64_t> steps = prover.steps(node, watch);
  if (!steps)
    return tl::unexpected(steps.error());
  return Json{{"node", node}, {"steps", *steps}};
}

Expected<Json> stateJson(Prover &prover, uint64_t node, uint64_t step,
                         const ProverWatch &watch) {
  Expected<Hash> hash = prover.stateHash(node, step, watch);
  if (!hash)
    return tl::unexpected(hash.error());
  return Json{{"node", node}, {"step", step}, {"hash", toHex(*hash)}};
}

Expected<Json> sectionJson(Prover &prover, const Request &request,
                           const ProverWatch &watch) {
  auto [node, from, to, k] = request.numbers;
  Expected<std::vector<Hash>> hashes = prover.section(node, from, to, k, watch);
  if (!hashes)
    return tl::unexpected(hashes.error());
  Json steps = Json::array();
  for (uint32_t part = 1; part <= k; ++part)
    steps.push_back(sectionEnd(from, to, uint32_t(k), part));
  return Json{{"node", node}, {"steps", steps}, {"hashes", hexList(*hashes)}};
}

Expected<Json> witnessJson(Prover &prover, uint64_t node, uint64_t step,
                           const ProverWatch &watch) {
  Expected<ProvenStep> proven = prover.witness(node, step, watch);
  if (!proven)
    return tl::unexpected(proven.error());
  return explainedStepJson(prover.manifest(), node, step, *proven);
}

Expected<Json> slotRootsJson(Prover &prover, uint64_t node, uint64_t step,
                             const ProverWatch &watch) {
  Expected<SlotRoots> roots = prover.slots(node, step, watch);
  if (!roots)
    return tl::unexpected(roots.error());
  const Node &descriptor = prover.manifest().nodes[node];
  auto list = [](const std::vector<Slot> &slots,
                 const std::vector<RootProof> &proofs) {
    Json all = Json::array();
    for (size_t i = 0; i < slots.size(); ++i)
      all.push_back(proofJson(slots[i].value, proofs[i]));
    return all;
  };
  return Json{{"node", node},
              {"step", step},
              {"steps", roots->steps},
              {"packedState", toHex(roots->packedState)},
              {"operands", list(descriptor.operands, roots->operands)},
              {"results", list(descriptor.results, roots->results)}};
}

} // namespace

Expected<Json> vm::serve::answer(Prover &prover, const Request &request,
                                 const ProverWatch &watch) {
  const auto &[first, second, third, fourth] = request.numbers;
  switch (request.operation) {
  case Operation::Model:
    return modelJson(prover.manifest());
  case Operation::Node:
    return nodeJson(prover.manifest(), first);
  case Operation::Context:
    return contextJson(prover, first, watch);
  case Operation::Contexts:
    return contextsJson(prover, watch);
  case Operation::Value:
    return valueJson(prover, first, second, watch);
  case Operation::Steps:
    return stepsJson(prover, first, watch);
  case Operation::State:
    return stateJson(prover, first, second, watch);
  case Operation::Section:
    return sectionJson(prover, request, watch);
  case Operation::Witness:
    return witnessJson(prover, first, second, watch);
  case Operation::Slots:
    return slotRootsJson(prover, first, second, watch);
  case Operation::Cancel:
    break; // the server's own
  }
  return makeError("this op has no answer");
}
