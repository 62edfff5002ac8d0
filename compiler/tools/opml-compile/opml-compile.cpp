//===- opml-compile.cpp - From an ONNX model to an image ------------------===//

#include "Options.h"
#include "opml/runtime/CommandLine.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

/// Names from a stranger's model may hold anything. Only the line breaks of a
/// list of reasons, which indent, are ours.
static std::string printableLines(llvm::StringRef message) {
  constexpr llvm::StringLiteral lineBreak = "\n  ";
  llvm::SmallVector<llvm::StringRef> lines;
  message.split(lines, lineBreak);
  return llvm::join(llvm::map_range(lines, opml::runtime::printable),
                    lineBreak);
}

int main(int argc, char **argv) {
  using namespace opml::compiler;
  auto options =
      Options::parse(llvm::ArrayRef<const char *>(argv + 1, argc - 1));
  if (options && options->help) {
    llvm::outs() << helpText;
    return 0;
  }
  llvm::Error failed = options ? compile(*options) : options.takeError();
  if (!failed)
    return 0;
  llvm::errs() << "error: " << printableLines(llvm::toString(std::move(failed)))
               << "\n";
  return 1;
}
