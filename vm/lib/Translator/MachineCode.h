//===- MachineCode.h - From LLVM IR to the host's instructions --*- C++ -*-===//

#ifndef OPML_VM_LIB_TRANSLATOR_MACHINECODE_H
#define OPML_VM_LIB_TRANSLATOR_MACHINECODE_H

#include "GuestState.h"
#include "opml/vm/Error.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

namespace opml::vm {

class MachineCode {
public:
  /// Fails if the host has no LLVM target.
  static Expected<std::unique_ptr<MachineCode>> create();

  /// Compiles the function of that name which `build` adds to a module.
  Expected<PieceAddress>
  compile(llvm::StringRef name,
          llvm::function_ref<void(llvm::Module &module)> build);

  /// Calls a piece of code.
  using Enter = uint64_t (*)(PieceAddress, GuestState *, uint8_t *memory,
                             uint64_t memorySize, uint64_t left, uint32_t pc);
  Enter enter = nullptr;

private:
  MachineCode(std::unique_ptr<llvm::orc::LLJIT> jit,
              std::unique_ptr<llvm::TargetMachine> machine);

  std::unique_ptr<llvm::orc::LLJIT> jit;
  std::unique_ptr<llvm::TargetMachine> machine; // knows costs
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_MACHINECODE_H
