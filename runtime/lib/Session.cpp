//===- Session.cpp - A model ready to run on many inputs ------------------===//

#include "opml/runtime/Session.h"
#include "HostMemory.h"
#include "MemoryPlan.h"

using namespace opml;
using namespace opml::runtime;

struct Session::Data {
  Image image;
  std::shared_ptr<NativeEngine> engine;
  HostMemory memory;
  std::vector<std::span<uint8_t>> values;
  std::vector<std::vector<void *>> buffers; // of each node

  explicit Data(Image opened, std::shared_ptr<NativeEngine> given)
      : image(std::move(opened)), engine(std::move(given)) {}
  Expected<void> findValues();
  void bindNodes();
};

Session::Session(std::unique_ptr<Data> ready) : data(std::move(ready)) {}
Session::~Session() = default;

Expected<std::unique_ptr<Session>>
Session::create(Image image, std::shared_ptr<NativeEngine> engine) {
  auto data = std::make_unique<Data>(std::move(image), std::move(engine));
  if (Expected<void> ok = data->findValues(); !ok)
    return tl::unexpected(ok.error());
  data->bindNodes();
  return std::unique_ptr<Session>(new Session(std::move(data)));
}

Expected<void> Session::Data::findValues() {
  MemoryPlan plan = planMemory(image.manifest());
  memory = HostMemory(plan.bytes);
  const std::vector<Value> &all = image.manifest().values;
  for (uint32_t i = 0; i < all.size(); ++i) {
    if (all[i].kind != Value::Kind::Weight) {
      values.emplace_back(memory.data() + plan.offsets[i], all[i].type.bytes());
      continue;
    }
    Expected<std::span<const uint8_t>> weight = image.weight(i);
    if (!weight)
      return tl::unexpected(weight.error());
    // Nodes only read what comes in as an operand.
    values.emplace_back(const_cast<uint8_t *>(weight->data()), weight->size());
  }
  return {};
}

void Session::Data::bindNodes() {
  const std::vector<Node> &nodes = image.manifest().nodes;
  for (size_t i = 0; i < nodes.size(); ++i) {
    std::vector<const void *> operands;
    std::vector<void *> results;
    for (const Slot &slot : nodes[i].operands)
      operands.push_back(values[slot.value].data());
    for (const Slot &slot : nodes[i].results)
      results.push_back(values[slot.value].data());
    buffers.push_back(engine->buffers(i, operands, results));
  }
}

const Manifest &Session::manifest() const { return data->image.manifest(); }

std::span<uint8_t> Session::input(size_t index) {
  return data->values[manifest().inputs[index].value];
}

std::span<const uint8_t> Session::output(size_t index) const {
  return data->values[manifest().outputs[index].value];
}

std::span<const uint8_t> Session::value(uint32_t index) const {
  return data->values[index];
}

void Session::run(const NodeDone &done) {
  for (size_t node = 0; node < data->buffers.size(); ++node) {
    data->engine->run(node, data->buffers[node]);
    if (done)
      done(node);
  }
}
