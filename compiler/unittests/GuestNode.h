//===- GuestNode.h - Node functions from text, run in the VM ----*- C++ -*-===//

#ifndef OPML_UNITTESTS_GUESTNODE_H
#define OPML_UNITTESTS_GUESTNODE_H

#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>
#include <vector>

namespace opml::compiler {

using TensorBytes = std::vector<uint8_t>;

/// Takes a module whose only function is an opml.node function @node on tensors
/// through all of the compiler behind the import, and runs it on these
/// operands.
llvm::Expected<std::vector<TensorBytes>>
runNode(const std::string &module, const std::vector<TensorBytes> &operands);

} // namespace opml::compiler

#endif // OPML_UNITTESTS_GUESTNODE_H
