//===- CompiledModel.h - A model on every engine ----------------*- C++ -*-===//

#ifndef OPML_TEST_EQUALITY_COMPILEDMODEL_H
#define OPML_TEST_EQUALITY_COMPILEDMODEL_H

#include "opml/runtime/Engines.h"
#include "opml/runtime/Run.h"
#include <filesystem>
#include <gtest/gtest.h>

namespace opml::test {

/// Third-party data, which may be absent.
std::filesystem::path testdata(const std::string &path);

/// A directory for one test.
class TemporaryDirectory {
public:
  TemporaryDirectory();
  ~TemporaryDirectory() { std::filesystem::remove_all(path); }
  TemporaryDirectory(const TemporaryDirectory &) = delete;
  std::filesystem::path path;
};

/// Native code of one CPU level on some threads.
struct NamedEngine {
  std::string name; // "x86-64-v3, 2 threads"
  std::shared_ptr<runtime::NativeEngine> engine;
};

/// A model that was compiled for the VM and for every CPU level.
class CompiledModel {
public:
  using Dimensions = std::vector<std::pair<std::string, int64_t>>;
  /// A failure is a fatal one of the test's.
  void compile(const std::filesystem::path &model,
               const Dimensions &dimensions = {});

  const runtime::Image &image() const { return *opened; }
  /// Every CPU level that this machine has, on 1, 2 and 3 threads.
  const std::vector<NamedEngine> &natives() const { return nativeEngines; }
  std::shared_ptr<vm::Engine> machines(runtime::EngineKind kind) const;

  /// The roots of all values, in one, after a run by either kind of engine.
  template <typename Engine>
  vm::Hash contextRoot(const std::vector<runtime::Tensor> &inputs,
                       const std::shared_ptr<Engine> &engine) const {
    runtime::Run run(image(), inputs, engine);
    auto stats = run.runAll();
    EXPECT_TRUE(stats) << stats.error().message;
    return run.contextRoot();
  }

private:
  TemporaryDirectory directory;
  std::optional<runtime::Image> opened;
  std::vector<NamedEngine> nativeEngines;
};

} // namespace opml::test

#endif // OPML_TEST_EQUALITY_COMPILEDMODEL_H
