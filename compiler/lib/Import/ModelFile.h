//===- ModelFile.h - Reading and checking an ONNX file ----------*- C++ -*-===//

#ifndef OPML_LIB_IMPORT_MODELFILE_H
#define OPML_LIB_IMPORT_MODELFILE_H

#include "opml/Import/Onnx.h"
#include "llvm/Support/Error.h"
#include <memory>

namespace opml::compiler {

/// Parses the file. That it holds a graph and names an opset for ai.onnx is
/// checked, nothing inside the graph.
llvm::Expected<std::shared_ptr<const onnx::ModelProto>>
readModelFile(llvm::StringRef path);

/// The imported opset version of ai.onnx.
llvm::Expected<int64_t> opsetVersion(const onnx::ModelProto &model);

/// Every name is defined exactly once (an initialiser may also be an input) and
/// before it is read, so the graph has no cycle; every output exists.
llvm::Error checkNames(const onnx::GraphProto &graph);

/// How messages name a node: "Conv node 'c1'", or by its first output if
/// unnamed.
std::string describeNode(const onnx::NodeProto &node);

} // namespace opml::compiler

#endif // OPML_LIB_IMPORT_MODELFILE_H
