//===- StepsTest.cpp - Steps of the guest's routines in the VM ------------===//

#include "GuestCaller.h"
#include "OperandClasses.h"
#include "opml/runtime/GuestRuntime.h"
#include <gtest/gtest.h>

namespace opml::guest {
namespace {

class Steps : public testing::Test {
protected:
  Expected<GuestCaller> caller = GuestCaller::load(OPML_GUEST_RUNTIME_ELF);
  void SetUp() override { ASSERT_TRUE(caller) << caller.error().message; }

  void expectWithin(const char *routine, Operands operands, uint64_t bound) {
    GuestCaller::Result result = caller->call(routine, operands);
    ASSERT_TRUE(result.returned) << routine;
    ASSERT_LE(result.steps, bound) << routine << std::hex << " " << operands[0]
                                   << " " << operands[1] << " " << operands[2];
  }
};

TEST_F(Steps, EachClassOfOperandsKeepsItsBudget) {
  for (const OperandClass &kind : operandClasses) {
    uint32_t state = 5;
    for (int i = 0; i < 2000; ++i)
      expectWithin(kind.routine, kind.make(&state), kind.budget);
  }
}

TEST_F(Steps, LoopFreeRoutinesKeepTheirLongestPath) {
  for (const OperandClass &kind : operandClasses) {
    std::optional<StepBound> bound = stepBound(kind.routine);
    ASSERT_TRUE(bound) << kind.routine;
    ASSERT_LE(bound->fixed, caller->words(kind.routine));
    uint32_t state = 6;
    for (int i = 0; i < 20000; ++i) {
      expectWithin(
          kind.routine,
          {nextOperand(&state), nextOperand(&state), nextOperand(&state)},
          bound->fixed);
      uint64_t a = nextOperand64(&state), b = nextOperand64(&state);
      expectWithin(
          kind.routine,
          {uint32_t(a), uint32_t(a >> 32), uint32_t(b), uint32_t(b >> 32)},
          bound->fixed);
    }
  }
}

TEST_F(Steps, LoopingRoutinesKeepTheirPublishedBound) {
  for (const char *routine : {"memcpy", "memmove", "memset", "memcmp", "bcmp"})
    for (uint32_t to : {0x40000u, 0x40001u, 0x40005u})
      for (uint32_t size = 0; size < 200; ++size) {
        std::optional<StepBound> bound = stepBound(routine);
        ASSERT_TRUE(bound);
        for (uint32_t from : {0x40000u, 0x40002u, 0x3fffcu, 0x50000u})
          expectWithin(routine, {to, from, size},
                       bound->fixed + bound->perByte * size);
      }
}

} // namespace
} // namespace opml::guest
