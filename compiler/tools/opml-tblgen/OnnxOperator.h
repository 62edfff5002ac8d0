//===- OnnxOperator.h - An operator as its .td describes it -----*- C++ -*-===//

#ifndef OPML_TBLGEN_ONNXOPERATOR_H
#define OPML_TBLGEN_ONNXOPERATOR_H

#include "mlir/TableGen/Operator.h"
#include "llvm/TableGen/Record.h"

namespace opml::tblgen {

struct Version {
  int64_t since;
  llvm::StringRef
      hook;      // empty where a node of the version before needs no rewriting
  bool isShared; // a function, not a member of the op's class
};

/// A def of class OnnxOperator in OpmlBase.td.
class OnnxOperator {
public:
  explicit OnnxOperator(const llvm::Record *record)
      : record(record), op(record) {}

  /// All operators of the file, by name. Reports versions out of order.
  static std::vector<OnnxOperator> all(const llvm::RecordKeeper &records);
  static int64_t newestOpset(const llvm::RecordKeeper &records);

  /// The ONNX name, "Conv".
  llvm::StringRef name() const { return record->getValueAsString("opName"); }
  llvm::StringRef domain() const { return record->getValueAsString("domain"); }
  std::vector<Version> versions() const;
  std::vector<llvm::StringRef> limits() const {
    return record->getValueAsListOfStrings("limits");
  }
  const mlir::tblgen::Operator &ods() const { return op; }
  unsigned requiredOperands() const;
  /// True if the last operand is any number of them.
  bool isVariadic() const;

private:
  const llvm::Record *record;
  mlir::tblgen::Operator op;
};

/// Whether a file may give the attribute.
bool isOnnxAttribute(const mlir::tblgen::NamedAttribute &attribute);
/// The ONNX AttributeProto type that an ODS attribute is imported from.
llvm::StringRef
onnxAttributeType(const mlir::tblgen::NamedAttribute &attribute);

bool emitOperatorTable(const llvm::RecordKeeper &records,
                       llvm::raw_ostream &os);
bool emitOperatorDoc(const llvm::RecordKeeper &records, llvm::raw_ostream &os);

} // namespace opml::tblgen

#endif // OPML_TBLGEN_ONNXOPERATOR_H
