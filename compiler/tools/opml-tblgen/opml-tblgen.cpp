//===- opml-tblgen.cpp - Generators for the opml dialect ------------------===//

#include "OnnxOperator.h"
#include "mlir/TableGen/GenInfo.h"
#include "mlir/Tools/mlir-tblgen/MlirTblgenMain.h"

static mlir::GenRegistration
    operatorTable("gen-operator-table",
                  "Generate the importer's table of operators",
                  opml::tblgen::emitOperatorTable);
static mlir::GenRegistration operatorDoc("gen-operator-doc",
                                         "Generate docs/operators.md",
                                         opml::tblgen::emitOperatorDoc);

int main(int argc, char **argv) { return mlir::MlirTblgenMain(argc, argv); }
