//===- opml-compile.cpp - From an ONNX model to an image ------------------===//

#include "Options.h"
#include "llvm/Support/raw_ostream.h"

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
  llvm::errs() << "error: " << llvm::toString(std::move(failed)) << "\n";
  return 1;
}
