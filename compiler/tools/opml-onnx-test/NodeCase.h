//===- NodeCase.h - One ONNX backend test case ------------------*- C++ -*-===//

#ifndef OPML_ONNX_TEST_NODECASE_H
#define OPML_ONNX_TEST_NODECASE_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace opml::onnxtest {

enum class Verdict { Pass, Fail, Unsupported };

struct Outcome {
  Verdict verdict;
  std::string reason; // of Fail and Unsupported, one line
};

/// The directories at or below `directory` that hold a model.onnx, sorted.
std::vector<std::string> findCases(llvm::StringRef directory);

/// What runs the images.
enum class TestEngine { Interpreter, Translator, Native, All };

struct TestOptions {
  TestEngine engine = TestEngine::Interpreter;
  /// Runs on salted inputs (Salt.h) after each data set, for which all engines
  /// need only agree.
  unsigned saltedRuns = 0;
};

/// Compiles `directory`/model.onnx to an image in a temporary directory and
/// runs every test_data_set_* on the engine; translator and native code, this
/// at every CPU level of the machine, must come to the interpreter's context
/// root, too. Inputs that give a shape are made constants (ConstantShapes.h). A
/// model that the importer refuses is unsupported; anything else that goes
/// wrong is a failure.
Outcome runCase(const std::string &directory, const TestOptions &options);

} // namespace opml::onnxtest

#endif // OPML_ONNX_TEST_NODECASE_H
