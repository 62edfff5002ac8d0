//===- opml-compile.cpp - From an ONNX model to an image ------------------===//

#include "Options.h"
#include "opml/runtime/CacheDirectory.h"
#include "opml/runtime/CommandLine.h"
#include "opml/runtime/NativeCache.h"
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

static llvm::Error runTool(llvm::ArrayRef<const char *> arguments) {
  using namespace opml::compiler;
  auto options = Options::parse(arguments);
  if (!options)
    return options.takeError();
  if (options->native)
    options->nativeCache =
        opml::runtime::cacheDirectory(opml::runtime::nativeCacheName);
  if (options->help)
    llvm::outs() << helpText;
  else if (llvm::Error failed = compile(*options))
    return failed;
  llvm::outs().flush();
  std::error_code failed = llvm::outs().error();
  if (!failed)
    return llvm::Error::success();
  // Else the stream would abort when it is destroyed.
  llvm::outs().clear_error();
  return llvm::createStringError("standard output: " + failed.message());
}

int main(int argc, char **argv) {
  llvm::Error failed =
      runTool(llvm::ArrayRef<const char *>(argv + 1, argc - 1));
  if (!failed)
    return 0;
  llvm::errs() << "error: " << printableLines(llvm::toString(std::move(failed)))
               << "\n";
  return 1;
}
