//===- RecordedSteps.h - SingleStepTests/r3000 ------------------*- C++ -*-===//
//
// 1,000 recorded single steps for each MIPS I operation.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_UNITTESTS_RECORDEDSTEPS_H
#define OPML_VM_UNITTESTS_RECORDEDSTEPS_H

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace opml::vm::test {

struct RecordedAccess {
  bool write;
  uint32_t address, bytes;
  uint64_t value;
};

struct RecordedState {
  uint32_t gpr[32], hi, lo, pc;
  bool inDelaySlot, branchTaken;
  uint32_t branchTarget;
  int32_t pendingRegister; // of the load in flight, -1 if none
  uint32_t pendingValue;
};

struct RecordedStep {
  /// Without what the R3000 ignores and release 2 reserves.
  uint32_t word;
  RecordedState before, after;
  std::vector<RecordedAccess> accesses; // without the fetch
};

/// The steps of an operation, from the file named for it in `folder`.
std::vector<RecordedStep> readRecordedSteps(const std::filesystem::path &folder,
                                            const std::string &operation);

} // namespace opml::vm::test

#endif // OPML_VM_UNITTESTS_RECORDEDSTEPS_H
