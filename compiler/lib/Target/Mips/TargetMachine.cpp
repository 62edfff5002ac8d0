//===- TargetMachine.cpp - The pinned flags of guest code -----------------===//
//
// Triple, processor, features and code-generator options are those that the
// guest runtime was compiled with (cmake/GuestTarget.cmake).
//
//===----------------------------------------------------------------------===//

#include "opml/Target/Mips.h"
#include "opml/runtime/GuestRuntime.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetOptions.h"

using namespace llvm;
using namespace opml::compiler;
namespace guest = opml::guest;

/// Sets "-name[=value]" options of the code generator, which LLVM knows only
/// as options of a command line.
static bool setLlvmOptions(StringRef text) {
  auto &options = cl::getRegisteredOptions();
  SmallVector<StringRef> words;
  text.split(words, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef word : words) {
    auto [name, value] = word.ltrim('-').split('=');
    auto found = options.find(name);
    if (found == options.end() || found->second->addOccurrence(0, name, value))
      reportFatalUsageError("this LLVM has no code generator option '" + word +
                            "'");
  }
  return true;
}

std::unique_ptr<TargetMachine> mips::createTargetMachine() {
  LLVMInitializeMipsTargetInfo();
  LLVMInitializeMipsTarget();
  LLVMInitializeMipsTargetMC();
  LLVMInitializeMipsAsmPrinter();
  static bool optionsSet = setLlvmOptions(guest::llvmOptions());
  (void)optionsSet;

  Triple triple{StringRef(guest::targetTriple())};
  std::string message;
  const Target *target = TargetRegistry::lookupTarget(triple, message);
  if (!target)
    reportFatalUsageError(StringRef(message));
  TargetOptions options;
  options.FunctionSections = true;
  options.FloatABIType = FloatABI::Soft;
  options.AllowFPOpFusion = FPOpFusion::Strict;
  return std::unique_ptr<TargetMachine>(target->createTargetMachine(
      triple, guest::targetCpu(), guest::targetFeatures(), options,
      Reloc::Static, CodeModel::Small, CodeGenOptLevel::Aggressive));
}
