//===- ImportFixture.cpp - Models as text, imported from a file -----------===//

#include "ImportFixture.h"
#include "opml/Import/Onnx.h"
#include <fstream>
#include <google/protobuf/text_format.h>

namespace opml::compiler {

void ImportTest::SetUp() {
  std::string name = testing::TempDir() + "opml-import-XXXXXX";
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  directory = name;
}

void ImportTest::TearDown() { std::filesystem::remove_all(directory); }

std::string ImportTest::model(const std::string &graph,
                              const std::string &more) {
  std::string text = "graph { name: 'g' " + graph + " }" + more;
  if (more.find("ir_version") == std::string::npos)
    text += " ir_version: 8";
  if (more.find("opset_import") == std::string::npos)
    text += " opset_import { version: 13 }";
  onnx::ModelProto model;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &model))
      << text;
  return model.SerializeAsString();
}

std::string ImportTest::value(const std::string &kind, const std::string &name,
                              const std::vector<int64_t> &shape) {
  std::string text = kind + " { name: '" + name +
                     "' type { tensor_type { elem_type: 1 shape {";
  for (int64_t size : shape)
    text += " dim { dim_value: " + std::to_string(size) + " }";
  return text + " } } } } ";
}

void ImportTest::write(const std::string &file, const std::string &bytes) {
  std::ofstream(directory / file, std::ios::binary) << bytes;
}

llvm::Expected<ImportedModel> ImportTest::import(const std::string &bytes,
                                                 const ImportOptions &options) {
  write("model.onnx", bytes);
  return importModel(context, (directory / "model.onnx").string(), options);
}

std::string ImportTest::importError(const std::string &bytes,
                                    const ImportOptions &options) {
  auto imported = import(bytes, options);
  if (imported)
    return "imported";
  std::string text = llvm::toString(imported.takeError());
  std::string prefix = (directory / "model.onnx").string() + ": ";
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

std::string ImportTest::importText(const std::string &bytes) {
  auto imported = import(bytes);
  if (!imported)
    return llvm::toString(imported.takeError());
  std::string text;
  llvm::raw_string_ostream(text) << **imported->module;
  return text;
}

} // namespace opml::compiler
