//===- opml-opt.cpp - mlir-opt with the opml dialect and passes -----------===//

#include "opml/Dialect/Opml.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<opml::compiler::OpmlDialect>();
  mlir::registerAllPasses();
  return failed(mlir::MlirOptMain(argc, argv, "opML optimizer driver\n", registry));
}
