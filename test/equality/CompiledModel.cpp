//===- CompiledModel.cpp - A model on every engine ------------------------===//

#include "CompiledModel.h"
#include "opml/Driver/Compile.h"
#include "opml/runtime/NativeCache.h"
#include <cstdlib>

using namespace opml;
using namespace opml::test;
namespace fs = std::filesystem;

fs::path opml::test::testdata(const std::string &path) {
  const char *dir = std::getenv("OPML_TESTDATA");
  return fs::path(dir ? dir : OPML_DEFAULT_TESTDATA) / path;
}

TemporaryDirectory::TemporaryDirectory() {
  std::string name = fs::temp_directory_path() / "opml-equality-XXXXXX";
  EXPECT_TRUE(mkdtemp(name.data()));
  path = name;
}

void CompiledModel::compile(const fs::path &model,
                            const Dimensions &dimensions) {
  compiler::CompileOptions options;
  options.model = model;
  options.import.dimensions = dimensions;
  options.output = directory.path / "model.opml";
  options.nativeCache = directory.path / "native";
  if (llvm::Error error = compiler::compile(options))
    FAIL() << llvm::toString(std::move(error));
  auto image = runtime::Image::open(options.output);
  ASSERT_TRUE(image) << image.error().message;
  opened = std::move(*image);
  for (std::string_view level : runtime::supportedLevels())
    for (unsigned threads : {1, 2, 3}) {
      auto engine = runtime::NativeEngine::create(
          opened->manifest(), {options.nativeCache, std::string(level), threads,
                               /*leastParallelWork=*/0});
      ASSERT_TRUE(engine) << engine.error().message;
      nativeEngines.push_back(
          {std::string(level) + ", " + std::to_string(threads) + " threads",
           std::move(*engine)});
    }
}

std::shared_ptr<vm::Engine>
CompiledModel::machines(runtime::EngineKind kind) const {
  auto engine = runtime::createEngine(kind, image().program()->code());
  EXPECT_TRUE(engine) << engine.error().message;
  return std::move(*engine);
}
