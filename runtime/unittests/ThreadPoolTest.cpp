//===- ThreadPoolTest.cpp -------------------------------------------------===//

#include "../lib/ThreadPool.h"
#include "../lib/FloatEnvironment.h"
#include <gtest/gtest.h>

#include <atomic>
#include <cfenv>
#include <numeric>
#include <sched.h>

using namespace opml::runtime;

namespace {

/// How often each iteration ran.
std::vector<unsigned> counts(ThreadPool &pool, uint64_t count) {
  std::vector<unsigned> result(count);
  pool.run(count, [&](uint64_t begin, uint64_t end) {
    for (uint64_t i = begin; i < end; ++i)
      ++result[i];
  });
  return result;
}

TEST(ThreadPool, RunsEveryIterationOnce) {
  for (unsigned threads : {1, 2, 3, 7}) {
    ThreadPool pool(threads);
    for (uint64_t count : {1, 2, 3, 5, 64, 1000})
      EXPECT_EQ(counts(pool, count), std::vector<unsigned>(count, 1));
  }
}

TEST(ThreadPool, RunsOneLoopAfterTheOther) {
  ThreadPool pool(3);
  std::vector<uint64_t> values(100);
  constexpr uint64_t loops = 2000;
  for (uint64_t loop = 0; loop < loops; ++loop)
    pool.run(values.size(), [&](uint64_t begin, uint64_t end) {
      for (uint64_t i = begin; i < end; ++i) {
        EXPECT_EQ(values[i], loop);
        ++values[i];
      }
    });
  EXPECT_EQ(std::accumulate(values.begin(), values.end(), uint64_t(0)),
            loops * values.size());
}

// A volatile read keeps the compiler from folding what the CPU is asked.
float leastNormalHalved() {
  volatile float least = 0x1p-126f;
  return least * 0.5f;
}

TEST(FloatEnvironment, IsTheDefaultOneWhileItLives) {
#if defined(__x86_64__)
  unsigned before = _mm_getcsr();
  // FTZ and DAZ, upward, an exception flag.
  _mm_setcsr(before | 0x8040 | 0x4000 | 0x0001);
  EXPECT_EQ(leastNormalHalved(), 0);
  unsigned odd = _mm_getcsr();
  {
    FloatEnvironment environment;
    EXPECT_EQ(std::fegetround(), FE_TONEAREST);
    EXPECT_EQ(leastNormalHalved(), 0x1p-127f);
  }
  EXPECT_EQ(_mm_getcsr(), odd);
  _mm_setcsr(before);
#else
  GTEST_SKIP() << "sets MXCSR, which only x86-64 has";
#endif
}

TEST(FloatEnvironment, IsTheDefaultOneInEveryThread) {
#if defined(__x86_64__)
  unsigned before = _mm_getcsr();
  _mm_setcsr(before | 0x8040);
  ThreadPool pool(3); // threads inherit the environment of their maker
  std::vector<float> halves(64);
  std::atomic<unsigned> begun = 0;
  {
    FloatEnvironment environment;
    pool.run(halves.size(), [&](uint64_t begin, uint64_t end) {
      // Until another thread has begun, or the caller might do it all.
      for (++begun; begun < 2;)
        sched_yield();
      for (uint64_t i = begin; i < end; ++i)
        halves[i] = leastNormalHalved();
    });
  }
  _mm_setcsr(before);
  EXPECT_EQ(halves, std::vector<float>(64, 0x1p-127f));
#else
  GTEST_SKIP() << "sets MXCSR, which only x86-64 has";
#endif
}

} // namespace
