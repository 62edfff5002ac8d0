//===- WeightTable.h - The bytes behind opml.Weight -------------*- C++ -*-===//
//
// Weights are never IR constants: the IR names them, and this table finds
// their bytes in the parsed model file or in mapped external data.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_IMPORT_WEIGHTTABLE_H
#define OPML_IMPORT_WEIGHTTABLE_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace opml::compiler {

class WeightTable {
public:
  /// A weight's elements, little-endian and row-major, as many bytes as its
  /// tensor type has; nothing if there is no weight of this name. Valid as long
  /// as the table.
  std::optional<std::span<const uint8_t>> find(llvm::StringRef name) const;

  void add(llvm::StringRef name, std::span<const uint8_t> bytes);
  /// Keeps what the spans point into.
  void keep(std::shared_ptr<const void> owner);

private:
  llvm::StringMap<std::span<const uint8_t>> weights;
  std::vector<std::shared_ptr<const void>> owners;
};

} // namespace opml::compiler

#endif // OPML_IMPORT_WEIGHTTABLE_H
