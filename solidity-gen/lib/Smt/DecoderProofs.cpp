//===- DecoderProofs.cpp - Decoders select what the patterns say ----------===//
//
// The emitted decoders, Yul and C++, are parsed again. Along every path through
// one, the conditions that lead to an instruction are collected; together they
// must be that instruction's fixed bits, for every word. The rest is reserved.
//
//===----------------------------------------------------------------------===//

#include "Columns.h"
#include "Emit/Emitted.h"
#include "Proofs.h"
#include "YulProgram.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

namespace {

std::string disjunction(ArrayRef<std::string> cases) {
  return cases.empty() ? "false" : "(or " + join(cases, " ") + ")";
}

/// Conditions over instruction.word under which a decoder comes somewhere.
class Paths {
public:
  explicit Paths(std::string &declarations) : declarations(declarations) {}

  /// A name for the condition, so that it is not written out twice.
  std::string named(const std::string &condition) {
    return define("path." + Twine(number++), {condition, 0}, declarations).text;
  }
  std::string both(StringRef a, StringRef b) {
    return named(apply("and", {a, b}));
  }
  void select(StringRef instruction, const std::string &path) {
    selected[instruction].push_back(path);
  }

  /// By the instruction's name; the reserved instruction's is empty.
  StringMap<std::vector<std::string>> selected;

private:
  std::string &declarations;
  unsigned number = 0;
};

//===- Yul ----------------------------------------------------------------===//

class YulDecoder {
public:
  YulDecoder(Paths &paths, std::string &declarations)
      : paths(paths), values("yul", declarations) {
    values.bind("word", zeroExtend({"instruction.word", 32}, wordBits));
  }

  /// What remains of `path` after the statements. A call does not return.
  Expected<std::string> run(ArrayRef<YulStatement> statements,
                            std::string path);

private:
  Expected<std::string> runIf(const YulStatement &statement,
                              const std::string &path);
  Expected<std::string> runSwitch(const YulStatement &statement,
                                  const std::string &path);

  Paths &paths;
  YulRun values;
};

Expected<std::string> YulDecoder::runIf(const YulStatement &statement,
                                        const std::string &path) {
  Expected<Term> value = values.read(statement.value);
  if (!value)
    return value.takeError();
  std::string holds = paths.named(
      apply("distinct", {value->text, constant("0", wordBits).text}));
  Expected<std::string> rest = run(statement.body, paths.both(path, holds));
  if (!rest)
    return rest;
  return disjunction({paths.both(path, "(not " + holds + ")"), *rest});
}

Expected<std::string> YulDecoder::runSwitch(const YulStatement &statement,
                                            const std::string &path) {
  Expected<Term> value = values.read(statement.value);
  if (!value)
    return value.takeError();
  std::vector<std::string> matches, rests;
  for (const auto &[literal, body] : statement.cases) {
    Expected<Term> label = values.read(literal);
    if (!label)
      return label.takeError();
    matches.push_back(paths.named(equation(*value, *label)));
    Expected<std::string> rest = run(body, paths.both(path, matches.back()));
    if (!rest)
      return rest;
    rests.push_back(*rest);
  }
  rests.push_back(paths.both(path, "(not " + disjunction(matches) + ")"));
  return disjunction(rests);
}

Expected<std::string> YulDecoder::run(ArrayRef<YulStatement> statements,
                                      std::string path) {
  for (const YulStatement &statement : statements) {
    if (statement.kind == YulStatement::Kind::Call) {
      ArrayRef<Call> arguments = statement.value.arguments;
      if (arguments.size() != 1 || arguments.front().name != "word")
        return error("'" + statement.value.name + "' is not called with word");
      paths.select(statement.value.name, path);
      return "false";
    }
    Expected<std::string> rest = statement.kind == YulStatement::Kind::If
                                     ? runIf(statement, path)
                                     : runSwitch(statement, path);
    if (!rest)
      return rest;
    path = paths.named(*rest);
  }
  return path;
}

//===- C++ ----------------------------------------------------------------===//

class CppDecoder {
public:
  CppDecoder(StringRef text, Paths &paths) : scanner(text), paths(paths) {
    names["word"] = {"instruction.word", 32};
  }

  /// Reads the function; all its paths end in a return.
  Error runFunction();

private:
  /// Statements up to `case` or a closing brace.
  Expected<std::string> run(std::string path);
  Expected<std::string> runSwitch(const std::string &path);
  Expected<std::string> runIf(const std::string &path);
  Error runReturn(const std::string &path);

  Scanner scanner;
  Paths &paths;
  StringMap<Term> names;
};

Error CppDecoder::runReturn(const std::string &path) {
  StringRef opcode = scanner.word();
  if (opcode != "0" && !opcode.consume_front("OP_"))
    return error("'" + opcode + "' is no opcode");
  paths.select(opcode == "0" ? "" : opcode, path);
  return scanner.expect(";");
}

Expected<std::string> CppDecoder::runIf(const std::string &path) {
  Expected<StringRef> text = scanner.parenthesised();
  if (!text)
    return text.takeError();
  Expected<Term> condition = readCppCondition(*text, names);
  if (!condition)
    return condition.takeError();
  std::string holds = paths.named(condition->text);
  if (Error failure = scanner.expect("return "))
    return failure;
  if (Error failure = runReturn(paths.both(path, holds)))
    return failure;
  return paths.both(path, "(not " + holds + ")");
}

/// A case runs into the next one if it does not return.
Expected<std::string> CppDecoder::runSwitch(const std::string &path) {
  Expected<StringRef> text = scanner.parenthesised();
  if (!text)
    return text.takeError();
  Expected<Term> value = readCppWord(*text, names);
  if (!value)
    return value.takeError();
  if (Error failure = scanner.expect("{"))
    return failure;
  std::vector<std::string> matches;
  std::string rest = "false";
  while (scanner.eat("case ")) {
    StringRef label = scanner.word();
    uint64_t number;
    if (!label.consume_back(":") || label.getAsInteger(0, number))
      return error("'" + label + "' is no label");
    matches.push_back(
        paths.named(equation(*value, constant(Twine(number), 32))));
    Expected<std::string> after =
        run(paths.named(disjunction({paths.both(path, matches.back()), rest})));
    if (!after)
      return after;
    rest = *after;
  }
  if (Error failure = scanner.expect("}"))
    return failure;
  return disjunction(
      {paths.both(path, "(not " + disjunction(matches) + ")"), rest});
}

Expected<std::string> CppDecoder::run(std::string path) {
  while (!scanner.startsWith("}") && !scanner.startsWith("case ")) {
    if (scanner.eat("return ")) {
      if (Error failure = runReturn(path))
        return failure;
      path = "false";
      continue;
    }
    bool isSwitch = scanner.eat("switch ");
    if (!isSwitch)
      if (Error failure = scanner.expect("if "))
        return failure;
    Expected<std::string> rest = isSwitch ? runSwitch(path) : runIf(path);
    if (!rest)
      return rest;
    path = paths.named(*rest);
  }
  return path;
}

Error CppDecoder::runFunction() {
  if (Error failure =
          scanner.expect("static uint16_t decodeOpcode(uint32_t word) {"))
    return failure;
  Expected<std::string> rest = run("true");
  if (!rest)
    return rest.takeError();
  // Not to return would be undefined; as a second way to be selected it is
  // refuted for any word that comes here.
  for (auto &instruction : paths.selected)
    instruction.second.push_back(*rest);
  return scanner.expect("}");
}

//===- Obligations --------------------------------------------------------===//

class DecoderProver {
public:
  DecoderProver(const Spec &spec, ObligationWriter &writer)
      : spec(spec), writer(writer) {
    Term word{"instruction.word", 32};
    for (const auto &instruction : spec.instructions) {
      Term fixed{apply("bvand", {word.text,
                                 constant(Twine(instruction->mask), 32).text}),
                 32};
      define(pattern(*instruction),
             {equation(fixed, constant(Twine(instruction->match), 32)), 0},
             patterns);
    }
  }

  void proveDisjoint();
  Error proveYul();
  Error proveCpp();

private:
  static std::string pattern(const Instruction &instruction) {
    return ("pattern." + instruction.name).str();
  }
  /// That an instruction is selected just where its fixed bits match.
  void proveSelected(StringRef name, StringRef declarations, Paths &paths);

  const Spec &spec;
  ObligationWriter &writer;
  std::string patterns;
};

void DecoderProver::proveDisjoint() {
  std::vector<std::string> claims, earlier;
  for (const auto &instruction : spec.instructions) {
    std::string name = pattern(*instruction);
    claims.push_back("(not " + apply("and", {name, disjunction(earlier)}) +
                     ")");
    earlier.push_back(name);
  }
  writer.prove("decoder: no word is two instructions", patterns,
               conjunction(claims));
}

void DecoderProver::proveSelected(StringRef name, StringRef declarations,
                                  Paths &paths) {
  std::vector<std::string> claims, all;
  for (const auto &instruction : spec.instructions) {
    all.push_back(pattern(*instruction));
    claims.push_back(apply(
        "=", {all.back(), disjunction(paths.selected[instruction->name])}));
  }
  claims.push_back(apply("=", {"(not " + disjunction(all) + ")",
                               disjunction(paths.selected[""])}));
  writer.prove("decoder: " + name, patterns + declarations.str(),
               conjunction(claims));
}

Error DecoderProver::proveYul() {
  std::string text, declarations;
  raw_string_ostream os(text);
  printYulDispatch(spec, os);
  Scanner scanner(text);
  Expected<std::vector<YulStatement>> statements = parseYul(scanner);
  if (!statements)
    return statements.takeError();
  Paths paths(declarations);
  Expected<std::string> rest =
      YulDecoder(paths, declarations).run(*statements, "true");
  if (!rest)
    return rest.takeError();
  // After the dispatch the contract traps with ReservedInstruction.
  paths.select("", *rest);
  proveSelected("Solidity", declarations, paths);
  return Error::success();
}

Error DecoderProver::proveCpp() {
  std::string text, declarations;
  raw_string_ostream os(text);
  printCppDecoder(spec, os);
  Paths paths(declarations);
  if (Error failure = CppDecoder(text, paths).runFunction())
    return failure;
  proveSelected("C++", declarations, paths);
  return Error::success();
}

} // namespace

Error smt::proveDecoders(const Spec &spec, ObligationWriter &writer) {
  DecoderProver prover(spec, writer);
  prover.proveDisjoint();
  if (Error failure = prover.proveYul())
    return failure;
  return prover.proveCpp();
}
