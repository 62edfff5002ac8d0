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

  /// The object file of a module which `build` fills.
  Expected<std::string>
  compile(llvm::StringRef name,
          llvm::function_ref<void(llvm::Module &module)> build);

  /// Takes an object file that compile() made into this process; the address
  /// of its function `name`. Names are unique.
  Expected<Piece *> load(llvm::StringRef name, llvm::StringRef object);

  /// All that compile() depends on beside the module: LLVM and the host's CPU.
  std::string description() const;

private:
  MachineCode(std::unique_ptr<llvm::orc::LLJIT> jit,
              std::unique_ptr<llvm::TargetMachine> machine);

  std::unique_ptr<llvm::orc::LLJIT> jit;
  std::unique_ptr<llvm::TargetMachine> machine;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_MACHINECODE_H
