//===- opml-opt.cpp - mlir-opt with the opml dialect and passes -----------===//

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<opml::compiler::OpmlDialect>();
  mlir::registerAllPasses();
  opml::registerOpmlPasses();
  opml::registerPipelines();
  return failed(
      mlir::MlirOptMain(argc, argv, "opML optimizer driver\n", registry));
}
