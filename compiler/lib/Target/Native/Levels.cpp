//===- Levels.cpp - CPU feature levels ------------------------------------===//

#include "opml/Target/Native.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetOptions.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;
using namespace opml::compiler;
using native::Level;

// The x86-64 levels are those of the System V ABI; the plain one has SSE2.
static constexpr StringLiteral linuxX86 = "x86_64-unknown-linux-gnu";
static constexpr StringLiteral linuxArm = "aarch64-unknown-linux-gnu";
static constexpr Level levels[] = {
    {"x86-64-v4", "x86-64-v4", linuxX86, "-prefer-256-bit", true, {16, 32}},
    {"x86-64-v3", "x86-64-v3", linuxX86, "", true, {8, 16}},
    // Half of its registers, for a multiply-add in binary64 takes the others.
    {"x86-64", "x86-64", linuxX86, "", false, {4, 8}},
    {"armv8-a", "generic", linuxArm, "", true, {4, 32}},
};

ArrayRef<Level> native::hostLevels() {
  Triple host(sys::getProcessTriple());
  ArrayRef<Level> all(levels);
  return host.isAArch64() ? all.drop_front(3) : all.take_front(3);
}

const Level *native::findLevel(StringRef name) {
  const Level *found =
      find_if(levels, [&](const Level &level) { return level.name == name; });
  return found == std::end(levels) ? nullptr : found;
}

std::unique_ptr<TargetMachine> native::createTargetMachine(const Level &level) {
  LLVMInitializeX86TargetInfo();
  LLVMInitializeX86Target();
  LLVMInitializeX86TargetMC();
  LLVMInitializeX86AsmPrinter();
  LLVMInitializeAArch64TargetInfo();
  LLVMInitializeAArch64Target();
  LLVMInitializeAArch64TargetMC();
  LLVMInitializeAArch64AsmPrinter();
  Triple triple{level.triple};
  std::string message;
  const Target *target = TargetRegistry::lookupTarget(triple, message);
  if (!target)
    reportFatalUsageError(StringRef(message));
  TargetOptions options;
  options.AllowFPOpFusion = FPOpFusion::Strict;
  return std::unique_ptr<TargetMachine>(target->createTargetMachine(
      triple, level.processor, level.features, options, Reloc::PIC_,
      CodeModel::Small, CodeGenOptLevel::Aggressive));
}
