//===- ImportWeightsTest.cpp - Weights, constants and the signature -------===//

#include "ImportFixture.h"

using namespace opml::compiler;

namespace {

class ImportWeights : public ImportTest {
protected:
  /// The bytes of initialiser `w`, which is the model's output.
  std::vector<uint8_t> weight(const std::string &tensor) {
    auto imported = import(
        model("output { name: 'w' } initializer { name: 'w' " + tensor + " }"));
    if (!imported) {
      ADD_FAILURE() << llvm::toString(imported.takeError());
      return {};
    }
    auto bytes = imported->weights.find("w");
    if (!bytes)
      return {};
    return {bytes->begin(), bytes->end()};
  }
};

using Bytes = std::vector<uint8_t>;

TEST_F(ImportWeights, RawDataIsKept) {
  EXPECT_EQ(weight("dims: 1 data_type: 1 raw_data: '\\001\\002\\003\\004'"),
            (Bytes{1, 2, 3, 4}));
}

TEST_F(ImportWeights, TypedFieldsBecomeLittleEndianBytes) {
  EXPECT_EQ(weight("dims: 1 data_type: 1 float_data: 1"),
            (Bytes{0, 0, 0x80, 0x3f}));
  EXPECT_EQ(weight("dims: 1 data_type: 11 double_data: 1"),
            (Bytes{0, 0, 0, 0, 0, 0, 0xf0, 0x3f}));
  EXPECT_EQ(weight("dims: 2 data_type: 3 int32_data: -1 int32_data: 2"),
            (Bytes{0xff, 2}));
  EXPECT_EQ(weight("dims: 2 data_type: 2 int32_data: 255 int32_data: 2"),
            (Bytes{0xff, 2}));
  EXPECT_EQ(weight("dims: 1 data_type: 5 int32_data: -2"), (Bytes{0xfe, 0xff}));
  EXPECT_EQ(weight("dims: 1 data_type: 10 int32_data: 15360"),
            (Bytes{0, 0x3c}));
  EXPECT_EQ(weight("dims: 1 data_type: 12 uint64_data: 4294967295"),
            (Bytes{0xff, 0xff, 0xff, 0xff}));
  EXPECT_EQ(weight("dims: 1 data_type: 13 uint64_data: 1"),
            (Bytes{1, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(weight("dims: 1 data_type: 7 int64_data: -2"),
            (Bytes{0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}));
  EXPECT_EQ(weight("dims: 2 data_type: 9 int32_data: 1 int32_data: 0"),
            (Bytes{1, 0}));
}

TEST_F(ImportWeights, EmptyTensor) {
  EXPECT_EQ(weight("dims: 0 dims: 3 data_type: 1"), Bytes());
}

TEST_F(ImportWeights, ExternalDataFromItsOffset) {
  write("weights", "abcdefgh");
  EXPECT_EQ(weight("dims: 1 data_type: 1 data_location: EXTERNAL "
                   "external_data { key: 'location' value: 'weights' } "
                   "external_data { key: 'offset' value: '2' } "
                   "external_data { key: 'length' value: '4' }"),
            (Bytes{'c', 'd', 'e', 'f'}));
}

const std::string addW =
    "node { op_type: 'Add' name: 'a' input: 'x' input: 'w' output: 'y' } "
    "initializer { name: 'w' dims: 2 data_type: 1 raw_data: '12345678' } ";

TEST_F(ImportWeights, InputWithInitialiserIsAConstantInOldModels) {
  auto imported =
      import(model(value("input", "x", {2}) + value("input", "w", {2}) + addW +
                       value("output", "y", {2}),
                   "ir_version: 3"));
  ASSERT_TRUE(bool(imported));
  EXPECT_TRUE(imported->warnings.empty());
}

TEST_F(ImportWeights, DefaultValueOfAnInputIsCompiledInWithAWarning) {
  auto imported =
      import(model(value("input", "x", {2}) + value("input", "w", {2}) + addW +
                   value("output", "y", {2})));
  ASSERT_TRUE(bool(imported));
  EXPECT_EQ(imported->warnings,
            std::vector<std::string>{
                "input 'w' has a default value, which is compiled in: it is "
                "no input of the image"});
}

TEST_F(ImportWeights, WhatNoOutputNeedsIsDroppedButInputsStay) {
  std::string text = importText(
      model(value("input", "x", {2}) + value("input", "unused", {3}) + addW +
            "node { op_type: 'Unknown' input: 'y' output: 'dead' } "
            "initializer { name: 'v' dims: 2 data_type: 8 } " +
            value("output", "y", {2})));
  EXPECT_NE(text.find("%arg1: tensor<3xf32> {opml.name = \"unused\"}"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("\"v\""), std::string::npos) << text;
}

TEST_F(ImportWeights, NodeNamesAreUnique) {
  auto imported =
      import(model(value("input", "x", {2}) +
                   "node { op_type: 'Relu' name: 'n' input: 'x' output: 'a' } "
                   "node { op_type: 'Relu' name: 'n' input: 'a' output: 'b' } "
                   "node { op_type: 'Relu' input: 'b' output: 'n_2' } " +
                   value("output", "n_2", {2})));
  ASSERT_TRUE(bool(imported));
  std::vector<std::string> names;
  imported->module->walk([&](mlir::Operation *op) {
    if (op->getName().getStringRef() == "opml.Relu")
      names.push_back(mlir::cast<mlir::NameLoc>(op->getLoc()).getName().str());
  });
  EXPECT_EQ(names, (std::vector<std::string>{"n", "n_2", "n_2_2"}));
}

} // namespace
