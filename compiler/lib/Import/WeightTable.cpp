//===- WeightTable.cpp - The bytes behind opml.Weight ---------------------===//

#include "opml/Import/WeightTable.h"

namespace opml::compiler {

std::optional<std::span<const uint8_t>>
WeightTable::find(llvm::StringRef name) const {
  auto found = weights.find(name);
  if (found == weights.end())
    return std::nullopt;
  return found->second;
}

void WeightTable::add(llvm::StringRef name, std::span<const uint8_t> bytes) {
  weights[name] = bytes;
}

void WeightTable::keep(std::shared_ptr<const void> owner) {
  owners.push_back(std::move(owner));
}

} // namespace opml::compiler
