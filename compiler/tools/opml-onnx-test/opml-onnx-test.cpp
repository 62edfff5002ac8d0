//===- opml-onnx-test.cpp - Runs ONNX backend test cases ------------------===//

#include "NodeCase.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace opml::onnxtest;

static const char *const helpText =
    R"(usage: opml-onnx-test DIR... [--engine=ENGINE] [--salted=N] [--json FILE]

Compiles and runs ONNX backend test cases: every directory at or below DIR with
a model.onnx and test_data_set_*/{input,output}_*.pb. Prints what failed or is
unsupported, with the reason, and a summary. Exits with 1 if a case failed.

  --engine=interp  the VM's interpreter runs the images (default)
  --engine=jit     the VM's translator does, and must come to the same roots
  --engine=native  native code does, at every level of this CPU, with three threads;
                   it must come to the same roots
  --engine=all     all of them do
  --salted=N       N more runs of every data set with NaNs, infinities, subnormals
                   and the like in its inputs, on which the engines must agree
  --json FILE      the outcome of every case, as an array of objects
  --help           this text
)";

static int usageError(const llvm::Twine &message) {
  llvm::errs() << "error: " << message << "; see --help\n";
  return 2;
}

static llvm::StringRef text(Verdict verdict) {
  switch (verdict) {
  case Verdict::Pass:
    return "pass";
  case Verdict::Fail:
    return "fail";
  case Verdict::Unsupported:
    return "unsupported";
  }
}

int main(int argc, char **argv) {
  std::vector<std::string> cases;
  std::string jsonFile;
  TestOptions options;
  for (int i = 1; i < argc; ++i) {
    llvm::StringRef argument = argv[i];
    if (argument == "--help") {
      llvm::outs() << helpText;
      return 0;
    }
    if (argument.consume_front("--json=")) {
      jsonFile = argument;
    } else if (argument == "--json") {
      if (++i == argc)
        return usageError("--json needs a file");
      jsonFile = argv[i];
    } else if (argument.consume_front("--salted=")) {
      if (argument.getAsInteger(10, options.saltedRuns))
        return usageError("'--salted=" + argument + "' is not a number");
    } else if (argument.consume_front("--engine=")) {
      auto engine = llvm::StringSwitch<std::optional<TestEngine>>(argument)
                        .Case("interp", TestEngine::Interpreter)
                        .Case("jit", TestEngine::Translator)
                        .Case("native", TestEngine::Native)
                        .Case("all", TestEngine::All)
                        .Default(std::nullopt);
      if (!engine)
        return usageError("'--engine=" + argument + "' is not known");
      options.engine = *engine;
    } else if (argument.starts_with("-")) {
      return usageError("'" + argument + "' is not known");
    } else {
      std::vector<std::string> found = findCases(argument);
      if (found.empty())
        return usageError("'" + argument + "' has no model.onnx");
      cases.insert(cases.end(), found.begin(), found.end());
    }
  }
  if (cases.empty())
    return usageError("no directory given");

  unsigned counts[3] = {};
  llvm::json::Array outcomes;
  for (const std::string &directory : cases) {
    Outcome outcome = runCase(directory, options);
    ++counts[size_t(outcome.verdict)];
    if (outcome.verdict != Verdict::Pass)
      llvm::outs() << text(outcome.verdict) << " " << directory << ": "
                   << outcome.reason << "\n";
    outcomes.push_back(llvm::json::Object{{"case", directory},
                                          {"result", text(outcome.verdict)},
                                          {"reason", outcome.reason}});
  }
  llvm::outs() << counts[0] << " pass, " << counts[1] << " fail, " << counts[2]
               << " unsupported\n";
  if (!jsonFile.empty())
    if (llvm::Error error =
            llvm::writeToOutput(jsonFile, [&](llvm::raw_ostream &os) {
              os << llvm::formatv("{0:2}\n",
                                  llvm::json::Value(std::move(outcomes)));
              return llvm::Error::success();
            }))
      return usageError(jsonFile + ": " + llvm::toString(std::move(error)));
  return counts[1] ? 1 : 0;
}
