//===- ImportFixture.h - Models as text, imported from a file ---*- C++ -*-===//

#ifndef OPML_UNITTESTS_IMPORTFIXTURE_H
#define OPML_UNITTESTS_IMPORTFIXTURE_H

#include "mlir/IR/MLIRContext.h"
#include "opml/Import/Import.h"
#include "gtest/gtest.h"
#include <filesystem>

namespace opml::compiler {

class ImportTest : public testing::Test {
protected:
  void SetUp() override;
  void TearDown() override;

  /// A ModelProto of IR version 8 and opset 13 with this graph, both in
  /// protobuf text format, serialised. `more` has further fields of the model.
  static std::string model(const std::string &graph,
                           const std::string &more = "");
  /// A float32 input or output.
  static std::string value(const std::string &kind, const std::string &name,
                           const std::vector<int64_t> &shape);

  void write(const std::string &file, const std::string &bytes);
  llvm::Expected<ImportedModel> import(const std::string &bytes,
                                       const ImportOptions &options = {});
  /// The error message without the path; "imported" if there is none.
  std::string importError(const std::string &bytes,
                          const ImportOptions &options = {});
  /// The imported module as text.
  std::string importText(const std::string &bytes);

  std::filesystem::path directory;
  mlir::MLIRContext context;
};

} // namespace opml::compiler

#endif // OPML_UNITTESTS_IMPORTFIXTURE_H
