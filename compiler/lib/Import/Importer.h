//===- Importer.h - The graph of a model as @main ---------------*- C++ -*-===//

#ifndef OPML_LIB_IMPORT_IMPORTER_H
#define OPML_LIB_IMPORT_IMPORTER_H

#include "OperatorTable.h"
#include "TensorData.h"
#include "Types.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "opml/Import/WeightTable.h"
#include "llvm/ADT/StringSet.h"

namespace opml::compiler {

/// Builds @main at the builder's insertion point. What the model needs and we
/// do not support is collected, so that all of it can be listed at once.
class Importer {
public:
  Importer(mlir::OpBuilder &builder, const onnx::ModelProto &model,
           llvm::StringRef path, int64_t opset, WeightTable &weights);

  /// An error if the model is malformed; see also `unsupported`.
  llvm::Error run(DimensionBindings &dimensions);

  llvm::ArrayRef<std::string> unsupported() const { return refusals; }
  llvm::ArrayRef<std::string> warnings() const { return notes; }

private:
  void findLiveNodes();
  void importInputs(mlir::func::FuncOp function, DimensionBindings &dimensions);
  llvm::Error importInitializers();
  llvm::Error importOutputs(mlir::func::FuncOp function);

  void importNode(const onnx::NodeProto &node);
  /// The error is the reason to refuse the node.
  llvm::Error tryImportNode(const onnx::NodeProto &node);
  llvm::Error checkOperator(const onnx::NodeProto &node,
                            const OperatorInfo *info) const;
  llvm::Error upgrade(ImportedNode &imported, const OperatorInfo &info) const;
  llvm::Error checkSignature(const onnx::NodeProto &node,
                             ImportedNode &imported,
                             const OperatorInfo &info) const;
  llvm::Expected<mlir::Operation *> create(ImportedNode &imported,
                                           const OperatorInfo &info);
  llvm::Expected<mlir::Value> importConstant(const onnx::NodeProto &node,
                                             mlir::Location loc);
  /// A weight, or a constant where it is small enough to be a shape.
  mlir::Value define(llvm::StringRef name, const TensorData &data,
                     mlir::Location loc);
  mlir::Location location(const onnx::NodeProto &node);

  mlir::OpBuilder &builder;
  const onnx::ModelProto &model;
  const onnx::GraphProto &graph;
  int64_t opset;
  WeightTable &weights;
  TensorReader tensors;

  llvm::SmallVector<const onnx::NodeProto *> liveNodes;
  llvm::StringSet<> used; // names that live nodes or outputs read
  // Null: the value depends on something refused.
  llvm::StringMap<mlir::Value> values;
  llvm::StringSet<> nodeNames;
  std::vector<std::string> refusals, notes;
};

} // namespace opml::compiler

#endif // OPML_LIB_IMPORT_IMPORTER_H
