//===- ObjectCacheTest.cpp - Translations kept between runs ---------------===//

#include "Translator/ObjectCache.h"
#include "GuestProgram.h"
#include "TestMemory.h"
#include "opml/vm/Translator.h"
#include "gtest/gtest.h"
#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <thread>

using namespace opml::vm;
using namespace opml::vm::test;
namespace fs = std::filesystem;

namespace {

class Cache : public testing::Test {
protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "opml-cache-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    directory = pattern;
  }
  void TearDown() override { fs::remove_all(directory); }

  std::vector<fs::path> files() const {
    std::vector<fs::path> result;
    for (const auto &entry : fs::directory_iterator(directory))
      result.push_back(entry.path());
    return result;
  }

  fs::path directory;
};

Hash keyOf(uint8_t number) { return keccak256(std::span(&number, 1)); }

Translation translationOf(size_t bytes) {
  return {{4, 8}, {{4, 10}, {44, 3}, {8, 1}}, std::string(bytes, 'x')};
}

void expectSame(const std::optional<Translation> &actual,
                const Translation &expected) {
  ASSERT_TRUE(actual);
  EXPECT_EQ(actual->entries, expected.entries);
  EXPECT_EQ(actual->object, expected.object);
  ASSERT_EQ(actual->blocks.size(), expected.blocks.size());
  for (size_t i = 0; i < expected.blocks.size(); ++i) {
    EXPECT_EQ(actual->blocks[i].address, expected.blocks[i].address);
    EXPECT_EQ(actual->blocks[i].instructions, expected.blocks[i].instructions);
  }
}

TEST_F(Cache, GivesBackWhatWasStored) {
  ObjectCache cache(directory);
  EXPECT_FALSE(cache.load(keyOf(1)));
  cache.store(keyOf(1), translationOf(1000));
  cache.store(keyOf(2), {{}, {}, ""});
  expectSame(cache.load(keyOf(1)), translationOf(1000));
  expectSame(ObjectCache(directory).load(keyOf(2)), {{}, {}, ""});
  EXPECT_FALSE(cache.load(keyOf(3)));
  EXPECT_EQ(files().size(), 2u);
}

TEST_F(Cache, IgnoresEveryDamagedFile) {
  ObjectCache cache(directory);
  cache.store(keyOf(1), translationOf(20));
  const fs::path path = files().at(0);
  std::ifstream file(path, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(file), {}};
  auto write = [&](const std::string &text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
  };
  for (size_t i = 0; i < whole.size(); ++i) {
    write(whole.substr(0, i));
    EXPECT_FALSE(cache.load(keyOf(1))) << i;
    std::string flipped = whole;
    flipped[i] ^= 1;
    write(flipped);
    EXPECT_FALSE(cache.load(keyOf(1))) << i;
  }
  write(whole + "x");
  EXPECT_FALSE(cache.load(keyOf(1)));
  write(whole);
  EXPECT_TRUE(cache.load(keyOf(1)));
}

TEST_F(Cache, DropsWhatWasNotUsedForLongest) {
  ObjectCache cache(directory, /*limit=*/4 * 4096);
  for (uint8_t number = 0; number < 4; ++number)
    cache.store(keyOf(number), translationOf(1000));
  auto now = fs::file_time_type::clock::now();
  for (const fs::path &path : files())
    fs::last_write_time(path, now - std::chrono::hours(1));
  EXPECT_TRUE(cache.load(keyOf(0))); // used now
  cache.store(keyOf(4), translationOf(1000));
  EXPECT_TRUE(cache.load(keyOf(0)));
  EXPECT_TRUE(cache.load(keyOf(4)));
  EXPECT_LE(files().size(), 3u);
}

TEST_F(Cache, DropsWhatKilledProcessesLeft) {
  ObjectCache cache(directory, /*limit=*/4 * 4096);
  auto storeWithoutSpace = [&] {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_FSIZE, &none);
    cache.store(keyOf(1), translationOf(1000));
  };
  EXPECT_EXIT(storeWithoutSpace(), testing::KilledBySignal(SIGXFSZ), "");
  ASSERT_EQ(files().size(), 1u);
  const fs::path left = files()[0];
  fs::last_write_time(left,
                      fs::file_time_type::clock::now() - std::chrono::hours(1));
  for (uint8_t number = 0; number < 5; ++number)
    cache.store(keyOf(number), translationOf(1000));
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(cache.load(keyOf(4)));
}

TEST_F(Cache, UsesNoDirectoryThatOthersCanWrite) {
  ObjectCache(directory).store(keyOf(1), translationOf(10));
  fs::permissions(directory, fs::perms::all);
  ObjectCache cache(directory);
  EXPECT_FALSE(cache.load(keyOf(1)));
  cache.store(keyOf(2), translationOf(10));
  EXPECT_EQ(files().size(), 1u);
}

TEST_F(Cache, MakesItsDirectoryForItsUserOnly) {
  const fs::path inner = directory / "a" / "b";
  ObjectCache(inner).store(keyOf(1), translationOf(10));
  EXPECT_EQ(fs::status(inner).permissions(), fs::perms::owner_all);
  EXPECT_TRUE(ObjectCache(inner).load(keyOf(1)));
}

TEST_F(Cache, DoesWithoutADirectory) {
  std::ofstream(directory / "file") << "no directory";
  ObjectCache cache(directory / "file" / "inside");
  cache.store(keyOf(1), translationOf(10));
  EXPECT_FALSE(cache.load(keyOf(1)));
}

//===- The translator with a cache ----------------------------------------===//

/// Doubles $t0 ten times in a function that is called for it, then halts.
const Words doubling = {addiu(t0, zero, 1),
                        addiu(t1, zero, 10),
                        /* 0x08 */ 3u << 26 | 0x24 >> 2, // jal 0x24
                        addiu(t1, t1, uint16_t(-1)),
                        iType(0x05, t1, zero, uint16_t(-3)), // bne: to 0x08
                        nop,
                        loadExit,
                        systemCall,
                        nop,
                        /* 0x24 */ 31u << 21 | 0x08, // jr $ra
                        addu(t0, t0, t0)};

struct Result {
  Registers registers;
  TranslatorStats stats;
};

Result runWith(const fs::path &cache, const Words &words = doubling) {
  const std::vector<Instruction> instructions = decodeProgram(words);
  const Code code{instructions, 4};
  auto translator = Translator::create(code, {.cache = cache, .onFailure = {}});
  EXPECT_TRUE(translator);
  Memory memory = memoryOf(Bytes(256));
  Result result;
  (*translator)->run(result.registers, memory, UINT64_MAX);
  result.stats = (*translator)->stats();
  EXPECT_EQ(result.registers.status, Status::Halted);
  return result;
}

TEST_F(Cache, ASecondRunCompilesNothing) {
  Result first = runWith(directory), second = runWith(directory);
  EXPECT_EQ(first.registers.gpr[t0], 1024u);
  EXPECT_EQ(second.registers, first.registers);
  EXPECT_GE(first.stats.pieces, 2u);
  EXPECT_EQ(first.stats.cachedPieces, 0u);
  EXPECT_EQ(second.stats.pieces, first.stats.pieces);
  EXPECT_EQ(second.stats.cachedPieces, first.stats.pieces);
  EXPECT_EQ(second.stats.translatedInstructions,
            first.stats.translatedInstructions);
  EXPECT_EQ(second.stats.interpretedSteps, first.stats.interpretedSteps);
}

TEST_F(Cache, AnotherProgramHasOtherPieces) {
  runWith(directory);
  Words tripling = doubling;
  tripling.back() = addu(t0, t0, t1);
  Result result = runWith(directory, tripling);
  EXPECT_EQ(result.stats.cachedPieces, 0u);
  EXPECT_EQ(result.registers, runWith("", tripling).registers);
}

TEST_F(Cache, DamagedPiecesAreCompiledAgain) {
  Result first = runWith(directory);
  for (const fs::path &path : files())
    std::ofstream(path, std::ios::binary | std::ios::trunc) << "damage";
  Result second = runWith(directory);
  EXPECT_EQ(second.registers, first.registers);
  EXPECT_EQ(second.stats.cachedPieces, 0u);
  EXPECT_EQ(runWith(directory).stats.cachedPieces, first.stats.pieces);
}

TEST_F(Cache, ManyAtOnce) {
  std::vector<Result> results(4);
  std::vector<std::thread> threads;
  threads.reserve(results.size());
  for (Result &result : results)
    threads.emplace_back([&] { result = runWith(directory); });
  for (std::thread &thread : threads)
    thread.join();
  for (const Result &result : results)
    EXPECT_EQ(result.registers, results[0].registers);
  EXPECT_EQ(runWith(directory).stats.cachedPieces, results[0].stats.pieces);
}

} // namespace
