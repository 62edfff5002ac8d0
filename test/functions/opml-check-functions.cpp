//===- opml-check-functions.cpp - Functions against exact results ---------===//

#include "CompiledFunction.h"
#include "Reference.h"
#include "Vectors.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <bit>
#include <chrono>
#include <cmath>
#include <iterator>

using namespace opml::functions;

static const char *const helpText =
    R"(usage: opml-check-functions [FUNCTION...] [--samples=N | --all | --vectors=DIR]

Computes the functions that opml-canonicalize-arith expands, as native code for
this host, and holds them against correctly rounded results: prints how many
operands there were, how many results are not the correctly rounded one, and how
many units in the last place the worst is off. Exits with 1 if that is more than
one, or a NaN is not the canonical one.

  --samples=N   N operands, spread evenly over all bit patterns (default 1000003)
  --all         all 2^32 operands of a function of one, 2^32 of one of two
  --vectors=DIR the operands of glibc's vectors in DIR/auto-libm-test-out-FUNCTION,
                whose results are the correctly rounded ones
  --help        this text
)";

static int usageError(const llvm::Twine &message) {
  llvm::errs() << "error: " << message << "; see --help\n";
  return 2;
}

/// Orders floats as integers; neighbours differ by 1, the zeros by none.
static int64_t key(float value) {
  auto bits = std::bit_cast<uint32_t>(value);
  int64_t magnitude = bits & 0x7fffffff;
  return bits >> 31 ? -magnitude : magnitude;
}

namespace {

struct Tally {
  uint64_t operands = 0, inexact = 0, worst = 0;
  float worstX = 0, worstY = 0;

  void add(float x, float y, float result, float expected) {
    ++operands;
    uint64_t distance = 0;
    if (std::isnan(expected))
      distance = std::bit_cast<uint32_t>(result) == 0x7fc00000 ? 0 : ~0ULL;
    else if (std::isnan(result) ||
             std::signbit(result) != std::signbit(expected))
      distance = ~0ULL;
    else
      distance = std::abs(key(result) - key(expected));
    inexact += distance != 0;
    if (distance <= worst)
      return;
    worst = distance;
    worstX = x, worstY = y;
  }
};

} // namespace

/// Every `step`-th of the 2^32 bit patterns is an operand.
static Tally checkUnary(const Function &function,
                        const CompiledFunction &compiled, uint64_t step) {
  Tally tally;
  Block x(blockSize), y(blockSize), result(blockSize);
  auto start = std::chrono::steady_clock::now();
  uint64_t blocks = ((uint64_t(1) << 32) / step + blockSize - 1) / blockSize;
  for (uint64_t block = 0; block < blocks; ++block) {
    for (uint64_t i = 0; i < blockSize; ++i)
      x[i] = std::bit_cast<float>(
          static_cast<uint32_t>((block * blockSize + i) * step));
    compiled.run(x, y, result);
    for (uint64_t i = 0; i < blockSize; ++i)
      tally.add(x[i], 0, result[i], function.rounded(x[i], 0));
    if (step == 1 && block % 65536 == 65535) {
      std::chrono::duration<double> spent =
          std::chrono::steady_clock::now() - start;
      llvm::errs() << llvm::formatv(
          "{0}: {1} % of all operands, {2:F0} s left\n", function.name,
          100 * (block + 1) / blocks,
          spent.count() * double(blocks - block - 1) / double(block + 1));
    }
  }
  return tally;
}

/// Operands of pow: all pairs of special ones, then random ones, half of them
/// such that the power is neither 0 nor infinite.
static void choosePair(uint64_t index, uint64_t &state, float &x, float &y) {
  static const float special[] = {0,
                                  1,
                                  2,
                                  3,
                                  0.5F,
                                  1.5F,
                                  7,
                                  31,
                                  128,
                                  2.5F,
                                  1e-3F,
                                  1e10F,
                                  16777215,
                                  16777216,
                                  16777219.0F * 2 + 2,
                                  2147483648,
                                  0x1p-149F,
                                  0x1p-126F,
                                  0x1.fffffep+127F,
                                  INFINITY,
                                  NAN,
                                  0x1.fffffep-1F,
                                  0x1.000002p+0F,
                                  0x1.6a09e6p-1F};
  constexpr uint64_t count = 2 * std::size(special);
  auto pick = [&](uint64_t i) {
    return i % 2 ? -special[i / 2] : special[i / 2];
  };
  if (index < count * count) {
    x = pick(index % count), y = pick(index / count);
    return;
  }
  auto next = [&] { // Marsaglia's xorshift64
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return static_cast<uint32_t>(state >> 32);
  };
  x = std::bit_cast<float>(next()), y = std::bit_cast<float>(next());
  if (index % 2)
    return;
  x = std::fabs(x);
  // Near to 1 for every fourth.
  if (index % 4 == 0)
    x = std::bit_cast<float>(0x3f800000 + (next() % (2U << (next() % 24))) -
                             (next() % (2U << (next() % 23))));
  double logarithm = std::log2(double(x));
  if (std::isfinite(logarithm) && logarithm != 0)
    y = static_cast<float>((next() * 0x1p-32 * 280 - 151) / logarithm);
}

static Tally checkBinary(const Function &function,
                         const CompiledFunction &compiled, uint64_t samples) {
  Tally tally;
  Block x(blockSize), y(blockSize), result(blockSize);
  uint64_t state = 1;
  for (uint64_t done = 0; done < samples; done += blockSize) {
    for (uint64_t i = 0; i < blockSize; ++i)
      choosePair(done + i, state, x[i], y[i]);
    compiled.run(x, y, result);
    for (uint64_t i = 0; i < blockSize; ++i)
      tally.add(x[i], y[i], result[i], function.rounded(x[i], y[i]));
  }
  return tally;
}

static llvm::Expected<Tally> checkVectors(const Function &function,
                                          const CompiledFunction &compiled,
                                          const std::string &directory) {
  auto vectors =
      readVectors(directory + "/auto-libm-test-out-" + function.name.str());
  if (!vectors)
    return vectors.takeError();
  Tally tally;
  Block x(blockSize), y(blockSize), result(blockSize);
  for (const Vector &vector : *vectors) {
    x[0] = vector.x;
    compiled.run(x, y, result);
    tally.add(x[0], 0, result[0], vector.result);
  }
  return tally;
}

/// Prints what came out; true if it is as promised.
static bool report(const Function &function, const Tally &tally) {
  llvm::outs() << llvm::formatv(
      "{0,-9} {1,10} operands, {2,9} not correctly rounded ({3:F4} %), at most "
      "{4} ulp",
      function.name, tally.operands, tally.inexact,
      100.0 * double(tally.inexact) / double(tally.operands), tally.worst);
  if (tally.worst)
    llvm::outs() << llvm::formatv(", as at {0:x8}",
                                  std::bit_cast<uint32_t>(tally.worstX));
  if (tally.worst && function.isBinary)
    llvm::outs() << llvm::formatv(" {0:x8}",
                                  std::bit_cast<uint32_t>(tally.worstY));
  llvm::outs() << "\n";
  llvm::outs().flush();
  return tally.worst <= 1;
}

int main(int argc, char **argv) {
  uint64_t samples = 1000003;
  std::string vectors;
  std::vector<const Function *> chosen;
  for (int i = 1; i < argc; ++i) {
    llvm::StringRef argument = argv[i];
    if (argument == "--help") {
      llvm::outs() << helpText;
      return 0;
    }
    if (argument == "--all") {
      samples = uint64_t(1) << 32;
    } else if (argument.consume_front("--vectors=")) {
      vectors = argument;
    } else if (argument.consume_front("--samples=")) {
      if (argument.getAsInteger(10, samples) || samples == 0 ||
          samples > uint64_t(1) << 32)
        return usageError("'" + argument + "' is no number of operands");
    } else {
      const auto *found =
          llvm::find_if(functions(), [&](const Function &function) {
            return function.name == argument;
          });
      if (found == functions().end())
        return usageError("'" + argument + "' is not a function");
      chosen.push_back(found);
    }
  }
  if (chosen.empty())
    for (const Function &function : functions())
      chosen.push_back(&function);
  bool good = true;
  for (const Function *function : chosen) {
    auto compiled = CompiledFunction::compile(function->body.str());
    if (!compiled) {
      llvm::errs() << "error: " << llvm::toString(compiled.takeError()) << "\n";
      return 1;
    }
    llvm::Expected<Tally> tally =
        !vectors.empty() ? checkVectors(*function, *compiled, vectors)
        : function->isBinary
            ? checkBinary(*function, *compiled, samples)
            : checkUnary(*function, *compiled, (uint64_t(1) << 32) / samples);
    if (!tally) {
      llvm::errs() << "error: " << llvm::toString(tally.takeError()) << "\n";
      return 1;
    }
    good &= report(*function, *tally);
  }
  return good ? 0 : 1;
}
