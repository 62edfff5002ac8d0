//===- ImportErrorsTest.cpp - What the importer refuses, and how ----------===//

#include "ImportFixture.h"
#include <sys/stat.h>

using namespace opml::compiler;

namespace {

const std::string relu =
    "node { op_type: 'Relu' name: 'r' input: 'x' output: 'y' } ";

class ImportErrors : public ImportTest {
protected:
  static std::string x() { return value("input", "x", {2}); }
  static std::string y() { return value("output", "y", {2}); }
};

TEST_F(ImportErrors, MissingFile) {
  auto imported = importModel(context, (directory / "none.onnx").string(), {});
  EXPECT_EQ(llvm::toString(imported.takeError()),
            (directory / "none.onnx").string() + ": No such file or directory");
}

TEST_F(ImportErrors, EmptyFile) {
  EXPECT_EQ(importError(""), "the file is empty");
}

TEST_F(ImportErrors, EveryTruncationIsAnError) {
  std::string whole = model(x() + relu + y());
  ASSERT_EQ(importError(whole), "imported");
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(importError(whole.substr(0, size)), "imported") << size;
}

TEST_F(ImportErrors, CorruptedBytesNeverCrash) {
  std::string whole = model(
      x() + relu + y() +
      "initializer { name: 'w' dims: 2 data_type: 1 raw_data: '12345678' }");
  for (size_t position = 0; position < whole.size(); ++position)
    for (int flip : {0x01, 0x08, 0x80, 0xff}) {
      std::string damaged = whole;
      damaged[position] ^= flip;
      std::string text = importError(damaged);
      EXPECT_FALSE(text.empty()) << position;
    }
}

TEST_F(ImportErrors, NotProtobuf) {
  EXPECT_EQ(importError("#!/bin/sh\necho no model\n"),
            "not an ONNX model: its protobuf is damaged or cut short");
}

TEST_F(ImportErrors, NestedTooDeep) {
  // A graph in an attribute of a node in a graph …: 200 levels.
  std::string message;
  auto length = [](size_t size) {
    std::string varint;
    for (; size >= 128; size >>= 7)
      varint += char(size | 128);
    return varint + char(size);
  };
  for (int level = 0; level < 200; ++level) {
    std::string attribute = "\x32" + length(message.size()) + message; // g
    std::string node = "\x2a" + length(attribute.size()) + attribute;
    message = "\x0a" + length(node.size()) + node;
  }
  EXPECT_EQ(importError("\x08\x08\x3a" + length(message.size()) + message),
            "not an ONNX model: its protobuf is damaged or cut short");
}

TEST_F(ImportErrors, NoGraph) {
  EXPECT_EQ(importError("\x08\x08"), "the model has no graph");
}

TEST_F(ImportErrors, NoOutputs) {
  EXPECT_EQ(importError(model(x() + relu)), "the graph has no outputs");
}

TEST_F(ImportErrors, OpsetMissingUnknownOrTwice) {
  EXPECT_EQ(
      importError(model(x() + relu + y(),
                        "opset_import { domain: 'com.example' version: 1 }")),
      "opset_import names no version of ai.onnx");
  EXPECT_EQ(
      importError(model(x() + relu + y(), "opset_import { version: 99 }")),
      "opset version 99 of ai.onnx is not known; versions 1 to 25 are");
  EXPECT_EQ(
      importError(model(x() + relu + y(),
                        "opset_import { version: 13 } "
                        "opset_import { domain: 'ai.onnx' version: 12 }")),
      "opset_import names the domain 'ai.onnx' twice");
}

TEST_F(ImportErrors, CycleOrUnsorted) {
  EXPECT_EQ(importError(model(
                x() +
                "node { op_type: 'Relu' input: 'b' output: 'a' } "
                "node { op_type: 'Relu' name: 'n' input: 'a' output: 'b' }" +
                value("output", "b", {2}))),
            "Relu node of output 'a' reads 'b' before Relu node 'n' computes "
            "it: the graph is not sorted or has a cycle");
}

TEST_F(ImportErrors, NamesAreDefinedOnce) {
  EXPECT_EQ(importError(model(x() + relu + relu + y())),
            "Relu node 'r' defines 'y', which is already defined");
  EXPECT_EQ(importError(model(x() + x() + relu + y())),
            "two inputs are named 'x'");
  EXPECT_EQ(importError(model(x() + relu + y() + y())),
            "two outputs are named 'y'");
  std::string w = "initializer { name: 'w' dims: 0 data_type: 1 } ";
  EXPECT_EQ(importError(model(x() + w + w + relu + y())),
            "two initialisers are named 'w'");
}

TEST_F(ImportErrors, UndefinedNames) {
  EXPECT_EQ(importError(model(relu + y())),
            "Relu node 'r' reads 'x', which nothing defines");
  EXPECT_EQ(importError(model(x() + relu + value("output", "z", {2}))),
            "output 'z' is defined by nothing");
}

TEST_F(ImportErrors, InitialiserData) {
  auto error = [&](const std::string &tensor) {
    return importError(model(
        x() + "node { op_type: 'Add' input: 'x' input: 'w' output: 'y' } " +
        y() + "initializer { name: 'w' " + tensor + " }"));
  };
  EXPECT_EQ(error("dims: 2 data_type: 1 raw_data: '1234'"),
            "initialiser 'w' has 4 bytes of raw data, but its type has 8");
  EXPECT_EQ(error("dims: 2 data_type: 1"),
            "initialiser 'w' has 0 elements of data, but its shape has 2");
  EXPECT_EQ(error("dims: -2 data_type: 1"),
            "initialiser 'w' has the dimension -2");
  EXPECT_EQ(error("dims: 4294967296 dims: 4294967296 data_type: 1"),
            "initialiser 'w' is larger than the 4 GiB that the VM addresses");
  EXPECT_EQ(
      error("dims: 2 data_type: 8"),
      "initialiser 'w' has the element type STRING, which is not supported");
  EXPECT_EQ(error("dims: 2 data_type: 77"),
            "initialiser 'w' has the element type 77, which is "
            "not supported");
}

TEST_F(ImportErrors, ExternalDataStaysBesideTheModel) {
  write("weights", "12345678");
  auto error = [&](const std::string &location, const std::string &more = "") {
    return importError(model(
        x() + "node { op_type: 'Add' input: 'x' input: 'w' output: 'y' } " +
        y() +
        "initializer { name: 'w' dims: 2 data_type: 1 data_location: EXTERNAL "
        "external_data { key: 'location' value: '" +
        location + "' } " + more + " }"));
  };
  EXPECT_EQ(error("weights"), "imported");
  EXPECT_EQ(error("none"),
            "initialiser 'w' is stored in 'none': No such file or directory");
  std::string outside = "../" + directory.filename().string() + "-outside";
  std::filesystem::path file = directory / outside;
  write(outside, "12345678");
  EXPECT_EQ(error(outside), "initialiser 'w' is stored in '" + outside +
                                "', which is outside the model's directory");
  std::filesystem::create_symlink(file, directory / "link");
  EXPECT_EQ(error("link"), "initialiser 'w' is stored in 'link', which is "
                           "outside the model's directory");
  std::filesystem::remove(file);
  ASSERT_EQ(mkfifo((directory / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(error("pipe"),
            "initialiser 'w' is stored in 'pipe', which is not a file");
  EXPECT_EQ(error("weights", "external_data { key: 'offset' value: '4' }"),
            "initialiser 'w' needs 8 bytes from 4 of 'weights', which has 8");
  EXPECT_EQ(
      error("weights",
            "external_data { key: 'offset' value: '18446744073709551615' }"),
      "initialiser 'w' needs 8 bytes from 18446744073709551615 of 'weights', "
      "which has 8");
  EXPECT_EQ(error("weights", "external_data { key: 'offset' value: '-4' }"),
            "initialiser 'w' has the offset '-4' in external data");
  EXPECT_EQ(error("weights", "external_data { key: 'length' value: '4' }"),
            "initialiser 'w' has 4 bytes of external data, but its type has 8");
}

TEST_F(ImportErrors, EverythingUnsupportedIsListed) {
  EXPECT_EQ(importError(model(
                x() +
                "node { op_type: 'Foo' name: 'f' input: 'x' output: 'a' } "
                "node { op_type: 'Relu' input: 'a' output: 'b' } "
                "node { op_type: 'Bar' domain: 'com.example' input: 'b' "
                "output: 'c' } "
                "node { op_type: 'Gemm' input: 'x' input: 'x' output: 'd' } "
                "node { op_type: 'Baz' input: 'x' output: 'dead' } "
                "node { op_type: 'Add' input: 'c' input: 'd' output: 'y' } " +
                y())),
            "3 things are not supported:\n"
            "  Foo node 'f': the operator is not supported\n"
            "  Bar node of output 'c' of domain com.example: the operator is "
            "not supported\n"
            "  Gemm node of output 'd': 'tensor<2xf32>' and 'tensor<2xf32>' "
            "are not both matrices");
}

TEST_F(ImportErrors, ModelLocalFunction) {
  EXPECT_EQ(importError(model(x() +
                                  "node { op_type: 'F' domain: 'd' name: 'f' "
                                  "input: 'x' output: 'y' } " +
                                  y(),
                              "functions { name: 'F' domain: 'd' }")),
            "F node 'f' of domain d: model-local functions are not supported");
}

TEST_F(ImportErrors, Attributes) {
  auto error = [&](const std::string &attribute) {
    return importError(
        model(x() +
              "node { op_type: 'Flatten' name: 'f' input: 'x' output: 'y' "
              "attribute { " +
              attribute + " } } " + value("output", "y", {2, 1})));
  };
  EXPECT_EQ(error("name: 'axis' type: INT i: 1"), "imported");
  EXPECT_EQ(
      error("name: 'axis' type: FLOAT f: 1"),
      "Flatten node 'f': attribute 'axis' has the type FLOAT, expected INT");
  EXPECT_EQ(error("name: 'axes' type: INT i: 1"),
            "Flatten node 'f': attribute 'axes' is not supported");
  EXPECT_EQ(error("name: 'body' type: GRAPH g { }"),
            "Flatten node 'f': attribute 'body' has the type GRAPH, which is "
            "not supported");
  EXPECT_EQ(error("name: 'axis' type: INT i: 2"),
            "Flatten node 'f': axis 2 is not in [-1, 1]");
  EXPECT_EQ(error("name: 'axis' type: INT ref_attr_name: 'a'"),
            "Flatten node 'f': attribute 'axis' refers to a function's, "
            "outside of one");
}

TEST_F(ImportErrors, NumberOfInputsAndOutputs) {
  EXPECT_EQ(
      importError(model(
          x() + "node { op_type: 'Add' name: 'a' input: 'x' output: 'y' } " +
          y())),
      "Add node 'a': has 1 inputs, expected 2 to 2");
  EXPECT_EQ(importError(model(x() +
                              "node { op_type: 'Add' name: 'a' input: '' "
                              "input: 'x' output: 'y' } " +
                              y())),
            "Add node 'a': input 0 is missing");
  EXPECT_EQ(importError(model(x() +
                              "node { op_type: 'Relu' name: 'r' input: 'x' "
                              "output: 'y' output: 'z' } " +
                              y() + value("output", "z", {2}))),
            "Relu node 'r': its output 1, 'z', is not supported");
}

TEST_F(ImportErrors, ElementTypesWithoutArithmetic) {
  for (auto [number, name] :
       {std::pair(10, "f16"), {11, "f64"}, {16, "bf16"}}) {
    std::string type =
        " type { tensor_type { elem_type: " + std::to_string(number) +
        " shape { dim { dim_value: 2 } } } } } ";
    std::string graph = relu;
    graph.append("input { name: 'x'").append(type);
    graph.append("output { name: 'y'").append(type);
    std::string expected = "Relu node 'r': computes with ";
    expected.append(name).append(
        ", for which the guest has no soft-float arithmetic");
    EXPECT_EQ(importError(model(graph)), expected);
  }
}

TEST_F(ImportErrors, SymbolicDimensions) {
  std::string symbolic =
      "input { name: 'x' type { tensor_type { elem_type: 1 shape {"
      " dim { dim_param: 'N' } dim { dim_param: 'M' } } } } } " +
      relu + "output { name: 'y' type { tensor_type { elem_type: 1 } } }";
  auto error = [&](std::vector<std::pair<std::string, int64_t>> dimensions) {
    return importError(model(symbolic), {std::move(dimensions)});
  };
  EXPECT_EQ(error({{"N", 2}, {"M", 0}}), "imported");
  EXPECT_EQ(
      error({}),
      "input 'x' has dimensions without a size: give --dim N=N --dim M=N");
  EXPECT_EQ(error({{"N", 2}, {"M", 3}, {"K", 4}}),
            "--dim K: no input has a dimension of that name");
  EXPECT_EQ(error({{"N", 2}, {"N", 3}}), "--dim N is given twice");
  EXPECT_EQ(error({{"N", -1}}), "--dim N=-1: a dimension is not negative");
}

TEST_F(ImportErrors, InputTypes) {
  auto error = [&](const std::string &type) {
    return importError(
        model("input { name: 'x' type { " + type + " } } " + relu + y()));
  };
  EXPECT_EQ(error("sequence_type { }"),
            "input 'x' is not a tensor, which is not supported");
  EXPECT_EQ(error("tensor_type { elem_type: 1 }"), "input 'x' has no shape");
  EXPECT_EQ(error("tensor_type { elem_type: 14 shape { } }"),
            "input 'x' has the element type COMPLEX64, which is not supported");
  EXPECT_EQ(error("tensor_type { elem_type: 1 shape { dim { } } }"),
            "input 'x' has neither a size nor a name for dimension 0, so --dim "
            "cannot set it");
  EXPECT_EQ(
      error("tensor_type { elem_type: 1 shape { dim { dim_value: -1 } } }"),
      "input 'x' has the dimension -1");
}

TEST_F(ImportErrors, InputsThatNoImageHolds) {
  auto error = [&](const std::vector<int64_t> &shape) {
    return importError(
        model(value("input", "x", shape) + relu + "output { name: 'y' }"));
  };
  EXPECT_EQ(error({int64_t(1) << 40}),
            "input 'x' is larger than the 4 GiB that the VM addresses");
  EXPECT_EQ(error({0, int64_t(1) << 40, int64_t(1) << 40}),
            "input 'x' is larger than the 4 GiB that the VM addresses");
  EXPECT_EQ(error({0, int64_t(1) << 30}), "imported");
  EXPECT_EQ(error(std::vector<int64_t>(256, 1)),
            "input 'x' has 256 dimensions, more than 255");
  EXPECT_EQ(error(std::vector<int64_t>(255, 1)), "imported");
}

TEST_F(ImportErrors, DeclaredOutputType) {
  EXPECT_EQ(importError(model(x() + relu + value("output", "y", {3}))),
            "output 'y' is declared with another type than the graph computes: "
            "tensor<2xf32>");
}

} // namespace
