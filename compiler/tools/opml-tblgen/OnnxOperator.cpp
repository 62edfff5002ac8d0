//===- OnnxOperator.cpp - An operator as its .td describes it -------------===//

#include "OnnxOperator.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;

namespace opml::tblgen {

std::vector<OnnxOperator> OnnxOperator::all(const RecordKeeper &records) {
  std::vector<OnnxOperator> operators;
  for (const Record *record :
       records.getAllDerivedDefinitions("OnnxOperator")) {
    OnnxOperator &added = operators.emplace_back(record);
    int64_t last = 0;
    for (const Version &version : added.versions()) {
      if (version.since <= last || version.since > newestOpset(records))
        PrintFatalError(
            record, "versions are not ascending from 1 to the newest opset");
      last = version.since;
    }
    if (last == 0)
      PrintFatalError(record, "has no versions");
    if (!added.versions().front().hook.empty())
      PrintFatalError(record,
                      "the first version has none before it to rewrite");
  }
  return operators;
}

int64_t OnnxOperator::newestOpset(const RecordKeeper &records) {
  const Record *opset = records.getDef("Opset");
  if (!opset)
    PrintFatalError("def Opset is missing");
  return opset->getValueAsInt("newest");
}

std::vector<Version> OnnxOperator::versions() const {
  std::vector<Version> versions;
  for (const Record *since : record->getValueAsListOfDefs("versions"))
    versions.push_back({since->getValueAsInt("version"),
                        since->getValueAsString("hook"),
                        since->getValueAsBit("isShared")});
  return versions;
}

unsigned OnnxOperator::requiredOperands() const {
  unsigned required = 0;
  for (int i = 0; i < op.getNumOperands(); ++i)
    if (!op.getOperand(i).isVariableLength())
      required = i + 1;
  return required;
}

bool OnnxOperator::isVariadic() const {
  return op.getNumOperands() > 0 &&
         op.getOperand(op.getNumOperands() - 1).isVariadic();
}

bool isOnnxAttribute(const mlir::tblgen::NamedAttribute &attribute) {
  return !attribute.attr.getDef().isSubClassOf("Opml_OfUpgrade");
}

StringRef onnxAttributeType(const mlir::tblgen::NamedAttribute &attribute) {
  StringRef storage = attribute.attr.getStorageType().trim();
  return StringSwitch<StringRef>(storage)
      .Case("::mlir::IntegerAttr", "INT")
      .Case("::mlir::FloatAttr", "FLOAT")
      .Case("::mlir::StringAttr", "STRING")
      .Case("::mlir::DenseI64ArrayAttr", "INTS")
      .Case("::mlir::DenseF32ArrayAttr", "FLOATS")
      .Default("TENSOR");
}

} // namespace opml::tblgen
