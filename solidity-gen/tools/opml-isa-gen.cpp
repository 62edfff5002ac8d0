//===- opml-isa-gen.cpp - One instruction-set spec, many outputs ----------===//
//
//   opml-isa-gen --emit=cpp|llvm|solidity|vectors|doc|smt SPEC.td -o FILE
//
// The spec (vm/isa/Mips32.td) says once what an instruction is: its encoding,
// assembly, meaning, prose and tests. This tool
//
//   1. lets TableGen parse the file into records,
//   2. reads the records into a checked opml::isa::Spec (lib/Spec): encodings
//      are complete and disjoint, every semantics is type-checked, nothing
//      goes without Doc and Tests; mistakes are reported with their line,
//   3. prints the spec (lib/Emit): as handlers and decoder of the C++
//      interpreter, as C++ that builds LLVM IR for the translator, as the
//      Solidity contract that executes a single step, as test vectors, as the
//      instruction reference docs/isa.md; and as proof obligations (lib/Smt)
//      that these agree.
//
// To add an instruction, add one `def` to vm/isa/Mips32*.td. To add an
// operation of the semantics' language, add one row to vm/isa/Primitives.td.
// Then `ninja isa-regenerate` renews the committed files.
//
//===----------------------------------------------------------------------===//

#include "opml/isa/Emit.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/TableGen/Main.h"
#include "llvm/TableGen/Record.h"

using namespace llvm;
using namespace opml::isa;

namespace {
enum class Output { Cpp, Solidity, Vectors, Doc, Smt, Llvm };
} // namespace

static cl::opt<Output> emit(
    "emit", cl::Required, cl::desc("What to make of the spec:"),
    cl::values(clEnumValN(Output::Cpp, "cpp", "the interpreter's C++"),
               clEnumValN(Output::Solidity, "solidity", "the step contract"),
               clEnumValN(Output::Vectors, "vectors", "test vectors, JSON"),
               clEnumValN(Output::Doc, "doc", "the instruction reference"),
               clEnumValN(Output::Smt, "smt", "proof obligations, SMT-LIB"),
               clEnumValN(Output::Llvm, "llvm", "the translator's C++")));

/// Returns true on error, as TableGenMain wants it.
static bool run(raw_ostream &os, const RecordKeeper &records) {
  std::optional<Spec> spec = readSpec(records);
  if (!spec)
    return true;
  switch (emit) {
  case Output::Cpp:
    emitCpp(*spec, os);
    break;
  case Output::Solidity:
    emitSolidity(*spec, os);
    break;
  case Output::Vectors:
    emitVectors(*spec, os);
    break;
  case Output::Doc:
    emitManual(*spec, os);
    break;
  case Output::Smt:
    return !emitSmt(*spec, os);
  case Output::Llvm:
    emitLlvm(*spec, os);
    break;
  }
  return false;
}

int main(int argc, char **argv) {
  // A spec includes files beside it, from wherever the tool is started.
  std::vector<std::string> arguments(argv, argv + argc);
  for (int i = 1; i < argc; ++i) {
    StringRef spec = argv[i];
    if (!spec.ends_with(".td"))
      continue;
    if (!sys::fs::exists(spec)) {
      errs() << "error: " << spec << ": cannot be read: no such file\n";
      return 1;
    }
    StringRef directory = sys::path::parent_path(spec);
    arguments.push_back("-I" + (directory.empty() ? "." : directory.str()));
  }
  std::vector<const char *> pointers;
  pointers.reserve(arguments.size());
  for (const std::string &argument : arguments)
    pointers.push_back(argument.c_str());
  cl::ParseCommandLineOptions(
      int(pointers.size()), pointers.data(),
      "opml-isa-gen: one instruction-set spec, many outputs\n");
  return TableGenMain(argv[0], run);
}
