//===- StepJson.h - Proven steps as JSON ------------------------*- C++ -*-===//

#ifndef OPML_VM_TOOLS_STEPJSON_H
#define OPML_VM_TOOLS_STEPJSON_H

#include "opml/runtime/Image.h"
#include "opml/vm/Replay.h"
#include <nlohmann/json.hpp>

namespace opml::vm {

/// What the contract is given and must find, in the names that opml-dispute
/// reads.
nlohmann::ordered_json stepJson(uint64_t node, uint64_t step,
                                const ProvenStep &proven);

/// The same, and what is in the calldata.
nlohmann::ordered_json explainedStepJson(const runtime::Manifest &manifest,
                                         uint64_t node, uint64_t step,
                                         const ProvenStep &proven);

} // namespace opml::vm

#endif // OPML_VM_TOOLS_STEPJSON_H
