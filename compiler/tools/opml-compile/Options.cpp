//===- Options.cpp - The command line of opml-compile ---------------------===//

#include "Options.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace opml::compiler {

const char *const helpText =
    R"(usage: opml-compile MODEL.onnx -o OUT.opml [options]

Compiles an ONNX model to an image: a deterministic MIPS32 program, its weights
and the checkpoint map that a dispute needs.

  -o PATH          where to write; text stages (see --emit) write to standard
                   output without it
  --dim NAME=N     the size of a symbolic dimension; once for each
  --phases=1|2     1: the whole model is one node; 2 (default): one node for each
                   contraction or pooling with its elementwise tail
  --emit=STAGE     stop after a stage: onnx, opml, nodes, linalg, llvm, asm, image
                   (default)
  --no-native      make no native code, without which the VM alone runs the
                   image; else it goes to ~/.cache/opml, or where
                   OPML_CACHE_DIR says (empty: nowhere), for this user alone
  --help           this text

An operator that is not supported is refused, with all such nodes listed, before
anything is written. docs/operators.md lists the supported ones.
)";

static Error setDimension(StringRef text, Options &options) {
  auto [name, number] = text.rsplit('=');
  int64_t value;
  if (name.empty() || number.getAsInteger(10, value))
    return createStringError(
        formatv("--dim '{0}': expected NAME=N", text).str());
  options.import.dimensions.emplace_back(name.str(), value);
  return Error::success();
}

static Error setStage(StringRef text, Options &options) {
  auto stage = StringSwitch<std::optional<Stage>>(text)
                   .Case("onnx", Stage::Onnx)
                   .Case("opml", Stage::Opml)
                   .Case("nodes", Stage::Nodes)
                   .Case("linalg", Stage::Linalg)
                   .Case("llvm", Stage::Llvm)
                   .Case("asm", Stage::Asm)
                   .Case("image", Stage::Image)
                   .Default(std::nullopt);
  if (!stage)
    return createStringError(formatv("--emit '{0}': expected onnx, opml, "
                                     "nodes, linalg, llvm, asm or image",
                                     text)
                                 .str());
  options.stage = *stage;
  return Error::success();
}

static Error setPhases(StringRef text, Options &options) {
  if (text.getAsInteger(10, options.phases) || options.phases < 1 ||
      options.phases > 2)
    return createStringError(
        formatv("--phases '{0}': expected 1 or 2", text).str());
  return Error::success();
}

static Error setModel(StringRef text, Options &options) {
  if (!options.model.empty())
    return createStringError(
        formatv("'{0}' is a second model after '{1}'", text, options.model)
            .str());
  options.model = text;
  return Error::success();
}

static Error setOutput(StringRef text, Options &options) {
  options.output = text;
  return Error::success();
}

namespace {
struct ValueOption {
  StringRef name;
  Error (*set)(StringRef value, Options &options);
};
} // namespace

static const ValueOption valueOptions[] = {{"-o", setOutput},
                                           {"--dim", setDimension},
                                           {"--phases", setPhases},
                                           {"--emit", setStage}};

Expected<Options> Options::parse(ArrayRef<const char *> arguments) {
  Options options;
  while (!arguments.empty()) {
    StringRef argument = arguments.consume_front();
    if (argument == "--help" || argument == "-h") {
      options.help = true;
      return options;
    }
    if (argument == "--no-native") {
      options.native = false;
      continue;
    }
    if (!argument.starts_with("-") || argument == "-") {
      if (Error failed = setModel(argument, options))
        return failed;
      continue;
    }
    auto [name, value] = argument.split('=');
    const auto *option = find_if(
        valueOptions, [&](const ValueOption &o) { return o.name == name; });
    if (option == std::end(valueOptions))
      return createStringError(
          formatv("unknown option '{0}'; see --help", argument).str());
    if (!argument.contains('=')) {
      if (arguments.empty())
        return createStringError(
            formatv("{0} needs a value; see --help", argument).str());
      value = arguments.consume_front();
    }
    if (Error failed = option->set(value, options))
      return failed;
  }
  if (options.model.empty())
    return createStringError("no model given; see --help");
  if (options.stage == Stage::Image && options.output.empty())
    return createStringError("no output given: add -o OUT.opml");
  return options;
}

} // namespace opml::compiler
