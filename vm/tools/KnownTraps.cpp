//===- KnownTraps.cpp - Where other machines went wrong -------------------===//

#include "KnownTraps.h"
#include "MipsWords.h"
#include "StepSequence.h"
#include <utility>

using namespace opml::vm;
using namespace opml::vm::mips;

namespace {

constexpr uint8_t branchInDelaySlot = 4; // the trap's cause

using Vectors = std::vector<StepVector>;

/// The words before and behind a boundary of leaves, or of pages.
StepSequence acrossBoundary(Vectors &all, const std::string &name,
                            uint32_t boundary) {
  StepSequence sequence(all, name + "-at-" + std::to_string(boundary));
  sequence.givenMemory(boundary - 4, 0x44332211)
      .givenMemory(boundary, 0x88776655)
      .given(t1, 0xaabbccdd);
  return sequence;
}

void addUnalignedPairs(Vectors &all, uint32_t boundary) {
  auto at = [&](const char *name, uint32_t bytesBefore) {
    StepSequence sequence = acrossBoundary(all, name, boundary);
    sequence.given(t0, boundary - bytesBefore);
    return sequence;
  };
  at("lwr-lwl-3-bytes-before", 3)
      .step(lwr(t1, 0, t0))
      .sets(t1, 0xaa443322)
      .step(lwl(t1, 3, t0))
      .sets(t1, 0x55443322);
  at("lwr-lwl-2-bytes-before", 2)
      .step(lwr(t1, 0, t0))
      .sets(t1, 0xaabb4433)
      .step(lwl(t1, 3, t0))
      .sets(t1, 0x66554433);
  at("lwr-lwl-1-byte-before", 1)
      .step(lwr(t1, 0, t0))
      .sets(t1, 0xaabbcc44)
      .step(lwl(t1, 3, t0))
      .sets(t1, 0x77665544);
  at("lwl-lwr-3-bytes-before", 3)
      .step(lwl(t1, 3, t0))
      .sets(t1, 0x55bbccdd)
      .step(lwr(t1, 0, t0))
      .sets(t1, 0x55443322);
  at("lwr-into-its-base", 1)
      .step(lwr(t0, 0, t0))
      .sets(t0, ((boundary - 1) & ~0xffu) | 0x44);
  at("swr-swl-3-bytes-before", 3)
      .step(swr(t1, 0, t0))
      .stores(boundary - 4, 0xbbccdd11)
      .step(swl(t1, 3, t0))
      .stores(boundary, 0x887766aa);
  at("swr-swl-2-bytes-before", 2)
      .step(swr(t1, 0, t0))
      .stores(boundary - 4, 0xccdd2211)
      .step(swl(t1, 3, t0))
      .stores(boundary, 0x8877aabb);
  at("swr-swl-1-byte-before", 1)
      .step(swr(t1, 0, t0))
      .stores(boundary - 4, 0xdd332211)
      .step(swl(t1, 3, t0))
      .stores(boundary, 0x88aabbcc);
}

void addJumpsAtRegionEnds(Vectors &all) {
  // The delay slot's region counts, not the jump's.
  StepSequence(all, "j-with-its-slot-in-the-next-region", 0x0ffffffc)
      .step(j(0x12))
      .branchesTo(0x10000048);
  StepSequence(all, "j-with-its-slot-last-in-the-region", 0x0ffffff8)
      .step(j(0x3ffffff))
      .branchesTo(0x0ffffffc);
  StepSequence(all, "jal-with-its-slot-in-the-next-region", 0x7ffffffc)
      .step(jal(0x3ffffff))
      .sets(ra, 0x80000004)
      .branchesTo(0x8ffffffc);
  StepSequence(all, "jal-at-the-last-word", 0xfffffffc)
      .step(jal(0x12))
      .sets(ra, 4)
      .branchesTo(0x48);
  StepSequence(all, "j-last-but-one", 0xfffffff8)
      .step(j(0x12))
      .branchesTo(0xf0000048);
  // Branches know no regions.
  StepSequence(all, "beq-across-a-region", 0x0ffffffc)
      .step(beq(zero, zero, 0x7fff))
      .branchesTo(0x1001fffc);
  StepSequence(all, "beq-back-across-a-region", 0x10000000)
      .step(beq(zero, zero, -3))
      .branchesTo(0x0ffffff8);
  StepSequence(all, "bgezal-at-the-last-word", 0xfffffffc)
      .step(bgezal(zero, -1))
      .sets(ra, 4)
      .branchesTo(0xfffffffc);
  StepSequence(all, "jalr-at-the-end-of-a-region", 0x0ffffffc)
      .given(t0, 0x20000000)
      .step(jalr(t1, t0))
      .sets(t1, 0x10000004)
      .branchesTo(0x20000000);
}

void addBranchesInDelaySlots(Vectors &all) {
  const std::pair<const char *, uint32_t> branches[] = {
      {"beq-taken", beq(zero, zero, 3)},
      {"bne-not-taken", bne(zero, zero, 3)},
      {"j", j(0x12)},
      {"jal", jal(0x12)},
      {"jr", jr(t0)},
      {"jalr", jalr(t1, t0)},
      {"bgezal", bgezal(zero, 3)},
      {"beql-not-taken", beql(zero, t0, 3)}};
  for (auto [name, word] : branches)
    StepSequence(all, std::string("in-a-delay-slot-") + name)
        .given(t0, 0x40)
        .givenNextPc(0x20)
        .step(word)
        .traps(branchInDelaySlot);
  // Where the branch before leads to the next word, nothing tells its delay
  // slot from any other place.
  StepSequence(all, "behind-a-branch-to-the-next-word")
      .given(t0, 0x40)
      .step(beq(zero, zero, 1))
      .branchesTo(0x88)
      .step(jr(t0))
      .branchesTo(0x40);
}

void addShiftAmounts(Vectors &all) {
  StepSequence(all, "amounts-above-31")
      .given(t0, 0x80000010)
      .given(t1, 32)
      .step(srav(t2, t0, t1))
      .sets(t2, 0x80000010)
      .given(t1, 33)
      .step(srav(t2, t0, t1))
      .sets(t2, 0xc0000008)
      .given(t1, 63)
      .step(srav(t2, t0, t1))
      .sets(t2, 0xffffffff)
      .given(t1, 0x80000004)
      .step(srav(t2, t0, t1))
      .sets(t2, 0xf8000001)
      .given(t1, 0xffffffff)
      .step(srav(t2, t0, t1))
      .sets(t2, 0xffffffff)
      .given(t1, 0x100)
      .step(srav(t2, t0, t1))
      .sets(t2, 0x80000010)
      .given(t1, 36)
      .step(sllv(t2, t0, t1))
      .sets(t2, 0x100)
      .given(t1, 0xffffffe0)
      .step(sllv(t2, t0, t1))
      .sets(t2, 0x80000010)
      .given(t1, 36)
      .step(srlv(t2, t0, t1))
      .sets(t2, 0x08000001)
      .given(t1, 64)
      .step(srlv(t2, t0, t1))
      .sets(t2, 0x80000010)
      .step(sra(t2, t0, 31))
      .sets(t2, 0xffffffff)
      .step(sra(t2, t0, 0))
      .sets(t2, 0x80000010);
}

/// What is shifted or carried out of bit 31 must not come back, and the new bit
/// 31 is the sign.
void addSignsAfterShifts(Vectors &all) {
  StepSequence(all, "sll-makes-a-sign")
      .given(t0, 0x40000001)
      .given(t1, 2)
      .step(sll(t2, t0, 1))
      .sets(t2, 0x80000002)
      .step(slt(t3, t2, zero))
      .sets(t3, 1)
      .step(sltu(t3, t2, t0))
      .sets(t3, 0)
      .step(sra(t3, t2, 30))
      .sets(t3, 0xfffffffe)
      .step(srl(t3, t2, 30))
      .sets(t3, 2)
      .step(mult(t2, t1))
      .setsHiLo(0xffffffff, 0x00000004)
      .step(divu(t2, t1))
      .setsHiLo(0, 0x40000001)
      .step(bltz(t2, 3))
      .branchesTo(0xac);
  StepSequence(all, "sll-drops-what-it-shifts-out")
      .given(t0, 0xf0000004)
      .givenMemory(0x40, 0x11223344)
      .step(sll(t2, t0, 4))
      .sets(t2, 0x40)
      .step(lw(t1, 0, t2))
      .sets(t1, 0x11223344)
      .step(sw(t0, 4, t2))
      .stores(0x44, 0xf0000004)
      .step(slt(t3, t2, zero))
      .sets(t3, 0)
      .step(beq(t2, t0, 3))
      .step(nop)
      .step(jr(t2))
      .branchesTo(0x40);
  StepSequence(all, "sra-then-srl")
      .given(t0, 0x80000000)
      .step(sra(t2, t0, 4))
      .sets(t2, 0xf8000000)
      .step(srl(t3, t2, 28))
      .sets(t3, 0xf)
      .step(sltu(t3, t0, t2))
      .sets(t3, 1);
  StepSequence(all, "carries-out-of-bit-31-are-gone")
      .given(t0, 0x7fffffff)
      .given(t1, 0xffffffff)
      .step(addiu(t2, t0, 1))
      .sets(t2, 0x80000000)
      .step(slt(t3, t2, zero))
      .sets(t3, 1)
      .step(addu(t2, t1, t1))
      .sets(t2, 0xfffffffe)
      .step(srl(t3, t2, 1))
      .sets(t3, 0x7fffffff)
      .step(subu(t2, zero, t1))
      .sets(t2, 1)
      .step(sltu(t3, zero, t2))
      .sets(t3, 1)
      .step(nor(t2, zero, zero))
      .sets(t2, 0xffffffff)
      .step(srl(t3, t2, 31))
      .sets(t3, 1);
}

} // namespace

std::vector<StepVector> opml::vm::knownTraps() {
  Vectors all;
  for (uint32_t boundary : {32, 64, 4096})
    addUnalignedPairs(all, boundary);
  addJumpsAtRegionEnds(all);
  addBranchesInDelaySlots(all);
  addShiftAmounts(all);
  addSignsAfterShifts(all);
  return all;
}
