//===- TensorTest.cpp - Tensor files, good and damaged --------------------===//

#include "opml/runtime/Tensor.h"
#include "TempDir.h"

using namespace opml;
using namespace opml::runtime;
using namespace opml::runtime::test;

namespace {

using Bytes = std::vector<uint8_t>;

/// A .npy file of version `major` with the header's text as given.
Bytes npy(const std::string &header, const Bytes &data, uint8_t major = 1) {
  Bytes file = {0x93, 'N', 'U', 'M', 'P', 'Y', major, 0};
  size_t length = header.size();
  for (int i = 0; i < (major == 1 ? 2 : 4); ++i)
    file.push_back(uint8_t(length >> (8 * i)));
  file.insert(file.end(), header.begin(), header.end());
  file.insert(file.end(), data.begin(), data.end());
  return file;
}

/// Protobuf wire format of TensorProto (onnx.proto: dims = 1, data_type = 2,
/// float_data = 4, int32_data = 5, raw_data = 9).
Bytes proto(std::initializer_list<uint8_t> dims, uint8_t dataType,
            uint8_t dataField, const Bytes &data) {
  Bytes file;
  for (uint8_t dim : dims)
    file.insert(file.end(), {1 << 3, dim});
  file.insert(file.end(), {2 << 3, dataType, uint8_t(dataField << 3 | 2),
                           uint8_t(data.size())});
  file.insert(file.end(), data.begin(), data.end());
  return file;
}

class TensorFile : public testing::Test {
protected:
  Expected<Tensor> read(const std::string &name, const Bytes &bytes) {
    writeBytes(dir.file(name), bytes);
    return readTensor(dir.file(name));
  }
  std::string errorOf(const std::string &name, const Bytes &bytes) {
    Expected<Tensor> tensor = read(name, bytes);
    return tensor ? "" : tensor.error().message;
  }
  TempDir dir;
};

constexpr const char *int16Header =
    "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 2), }\n";

TEST_F(TensorFile, ReadsEveryVersionOfNpy) {
  for (uint8_t major : {1, 2, 3}) {
    Expected<Tensor> tensor =
        read("x.npy", npy(int16Header, {1, 0, 0xff, 0xff}, major));
    ASSERT_TRUE(tensor) << tensor.error().message;
    EXPECT_EQ(tensor->type.str(), "int16[1,2]");
    EXPECT_EQ(tensor->bytes, Bytes({1, 0, 0xff, 0xff}));
  }
  EXPECT_NE(
      errorOf("x.npy", npy(int16Header, {1, 0, 2, 0}, 4)).find("version 4"),
      std::string::npos);
}

TEST_F(TensorFile, ReadsScalarsAndEmptyTensors) {
  Expected<Tensor> scalar =
      read("x.npy",
           npy("{'shape': (), 'fortran_order': False, 'descr': '|u1'}", {7}));
  ASSERT_TRUE(scalar) << scalar.error().message;
  EXPECT_EQ(scalar->type.str(), "uint8[]");
  Expected<Tensor> empty = read(
      "x.npy",
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", {}));
  ASSERT_TRUE(empty) << empty.error().message;
  EXPECT_EQ(empty->type.str(), "float32[0]");
}

TEST_F(TensorFile, FortranOrderIsTakenOnlyWhereItIsCOrder) {
  const char *vector =
      "{'descr': '<i2', 'fortran_order': True, 'shape': (1, 2), }";
  EXPECT_EQ(errorOf("x.npy", npy(vector, {1, 0, 2, 0})), "");
  const char *matrix =
      "{'descr': '|i1', 'fortran_order': True, 'shape': (2, 2), }";
  EXPECT_NE(errorOf("x.npy", npy(matrix, {1, 2, 3, 4})).find("Fortran order"),
            std::string::npos);
}

TEST_F(TensorFile, RefusesBigEndianAndObjects) {
  auto header = [](const std::string &descr) {
    return "{'descr': '" + descr +
           "', 'fortran_order': False, 'shape': (1,), }";
  };
  EXPECT_NE(errorOf("x.npy", npy(header(">f4"), Bytes(4))).find("big-endian"),
            std::string::npos);
  EXPECT_NE(errorOf("x.npy", npy(header("|O"), Bytes(8))).find("'|O'"),
            std::string::npos);
  EXPECT_NE(errorOf("x.npy", npy(header("<c8"), Bytes(8))).find("'<c8'"),
            std::string::npos);
}

TEST_F(TensorFile, RefusesMalformedHeaders) {
  for (const char *header :
       {"", "{", "{}", "{'descr': '<i2'}", "nonsense",
        "{'descr': '<i2', 'fortran_order': Maybe, 'shape': (1, 2), }",
        "{'descr': '<i2', 'fortran_order': False, 'shape': (1 2), }",
        "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 2, }",
        "{'descr': '<i2', 'fortran_order': False, 'shape': (1, x), }",
        "{'descr': '<i2', 'fortran_order': False, 'shape': [1, 2], }",
        "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 2), 'a': 1}",
        "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 2), } x",
        "{'descr': '<i2', 'shape': (99999999999999999999,), }"})
    EXPECT_NE(errorOf("x.npy", npy(header, {1, 0, 2, 0})).find("malformed"),
              std::string::npos)
        << header;
}

TEST_F(TensorFile, RefusesImpossibleShapes) {
  for (const char *shape : {"(-1,)", "(4611686018427387904, 8)",
                            "(4611686018427387904, 4611686018427387904, 0)"})
    EXPECT_NE(errorOf("x.npy", npy("{'descr': '<i2', 'fortran_order': False, "
                                   "'shape': " +
                                       std::string(shape) + ", }",
                                   {}))
                  .find("impossible shape"),
              std::string::npos)
        << shape;
}

TEST_F(TensorFile, EveryTruncationOfNpyIsRefused) {
  Bytes whole = npy(int16Header, {1, 0, 2, 0});
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(errorOf("x.npy", {whole.begin(), whole.begin() + size}), "")
        << size;
  whole.push_back(0);
  EXPECT_NE(errorOf("x.npy", whole).find("5 bytes of data where int16[1,2]"),
            std::string::npos);
}

TEST_F(TensorFile, EveryTruncationOfProtoIsRefused) {
  Bytes whole = proto({1, 2}, 1, 9, Bytes(8, 0x41));
  EXPECT_EQ(errorOf("x.pb", whole), "");
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(errorOf("x.pb", {whole.begin(), whole.begin() + size}), "")
        << size;
}

TEST_F(TensorFile, ReadsTypedFieldsOfProto) {
  Expected<Tensor> floats =
      read("x.pb", proto({2}, 1, 4, {0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0}));
  ASSERT_TRUE(floats) << floats.error().message;
  EXPECT_EQ(floats->type.str(), "float32[2]");
  EXPECT_EQ(floats->bytes, Bytes({0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0}));

  Expected<Tensor> halves = read("x.pb", proto({1}, 10, 5, {0x80, 0x78}));
  ASSERT_TRUE(halves) << halves.error().message;
  EXPECT_EQ(halves->type.str(), "float16[1]");
  EXPECT_EQ(halves->bytes, Bytes({0x00, 0x3c}));
}

TEST_F(TensorFile, RefusesProtoValuesThatDoNotFit) {
  // 300 as uint8, 2 as bool.
  EXPECT_NE(
      errorOf("x.pb", proto({1}, 2, 5, {0xac, 0x02})).find("does not fit"),
      std::string::npos);
  EXPECT_NE(errorOf("x.pb", proto({1}, 9, 5, {0x02})).find("does not fit"),
            std::string::npos);
  // Strings, and data that stands elsewhere (data_location = 14).
  EXPECT_NE(errorOf("x.pb", proto({1}, 8, 9, {1})).find("ONNX element type 8"),
            std::string::npos);
  Bytes external = proto({1}, 2, 9, {1});
  external.insert(external.end(), {14 << 3, 1});
  EXPECT_NE(errorOf("x.pb", external).find("not in this file"),
            std::string::npos);
}

TEST_F(TensorFile, RefusesABoolThatIsNeither) {
  EXPECT_NE(errorOf("x.pb", proto({2}, 9, 9, {1, 2})).find("not 0 or 1"),
            std::string::npos);
  EXPECT_NE(
      errorOf("x.npy",
              npy("{'descr': '|b1', 'fortran_order': False, 'shape': (1,), }",
                  {0xff}))
          .find("not 0 or 1"),
      std::string::npos);
}

TEST_F(TensorFile, RoundTripsEveryElementType) {
  for (int type = 0; type <= int(ElementType::Float64); ++type)
    for (const std::vector<int64_t> &shape :
         {std::vector<int64_t>{}, {3}, {2, 0}, {2, 1, 2}})
      for (const char *name : {"x.npy", "x.pb"}) {
        Tensor tensor{{ElementType(type), shape}, {}};
        for (uint64_t i = 0; i < tensor.type.bytes(); ++i)
          tensor.bytes.push_back(type == int(ElementType::Bool) ? i % 2 : i);
        ASSERT_TRUE(writeTensor(dir.file(name), tensor));
        Expected<Tensor> read = readTensor(dir.file(name));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(read->type, tensor.type);
        EXPECT_EQ(read->bytes, tensor.bytes);
      }
  EXPECT_EQ(dir.list().size(), 2u);
}

TEST_F(TensorFile, RefusesOtherExtensionsAndMissingFiles) {
  EXPECT_NE(errorOf("x.bin", {1}).find(".npy or .pb"), std::string::npos);
  Expected<Tensor> missing = readTensor(dir.file("none.npy"));
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("No such file"), std::string::npos);
  std::filesystem::create_directory(dir.file("folder.npy"));
  EXPECT_NE(readTensor(dir.file("folder.npy"))
                .error()
                .message.find("not a regular file"),
            std::string::npos);
}

TEST_F(TensorFile, AnUnwritableFileIsAnErrorAndLeavesNothing) {
  Tensor tensor{{ElementType::Int8, {1}}, {1}};
  EXPECT_FALSE(writeTensor(dir.file("none/x.npy"), tensor));
  EXPECT_FALSE(writeTensor(dir.file("x.bin"), tensor));
  std::filesystem::create_directory(dir.file("folder.npy"));
  EXPECT_FALSE(writeTensor(dir.file("folder.npy"), tensor));
  EXPECT_EQ(dir.list(), std::vector<std::string>{"folder.npy"});
}

// Any bytes behind a valid magic must be refused or read, never crash.
TEST_F(TensorFile, SurvivesDamage) {
  for (const char *name : {"x.npy", "x.pb"}) {
    Bytes whole = name[2] == 'n' ? npy(int16Header, {1, 0, 2, 0})
                                 : proto({1, 2}, 1, 9, Bytes(8, 0x41));
    size_t accepted = 0, tried = 0;
    for (size_t i = 0; i < whole.size(); ++i)
      for (unsigned value : {0x00, 0x20, 0x27, 0x28, 0x7f, 0x80, 0xff}) {
        Bytes damaged = whole;
        damaged[i] = uint8_t(value);
        Expected<Tensor> tensor = read(name, damaged);
        ++tried;
        if (tensor) {
          ++accepted;
          EXPECT_EQ(tensor->bytes.size(), tensor->type.bytes());
        }
      }
    EXPECT_LT(accepted, tried);
  }
}

} // namespace
