//===- MipsWords.h - Instruction words by the manual ------------*- C++ -*-===//
//
// Encodings of the MIPS32 manual (MD00086), for tests that must not take them
// from the spec.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_TOOLS_MIPSWORDS_H
#define OPML_VM_TOOLS_MIPSWORDS_H

#include "../unittests/GuestProgram.h"

namespace opml::vm::mips {

using namespace opml::vm::test;

constexpr Gpr t2 = Gpr(10), t3 = Gpr(11), ra = Gpr(31);

constexpr uint32_t rType(uint32_t function, Gpr rd, Gpr rs, Gpr rt,
                         uint32_t sa = 0) {
  return rs << 21 | rt << 16 | rd << 11 | sa << 6 | function;
}
constexpr uint32_t sll(Gpr rd, Gpr rt, uint32_t sa) {
  return rType(0x00, rd, zero, rt, sa);
}
constexpr uint32_t srl(Gpr rd, Gpr rt, uint32_t sa) {
  return rType(0x02, rd, zero, rt, sa);
}
constexpr uint32_t sra(Gpr rd, Gpr rt, uint32_t sa) {
  return rType(0x03, rd, zero, rt, sa);
}
constexpr uint32_t sllv(Gpr rd, Gpr rt, Gpr rs) {
  return rType(0x04, rd, rs, rt);
}
constexpr uint32_t srlv(Gpr rd, Gpr rt, Gpr rs) {
  return rType(0x06, rd, rs, rt);
}
constexpr uint32_t srav(Gpr rd, Gpr rt, Gpr rs) {
  return rType(0x07, rd, rs, rt);
}
constexpr uint32_t slt(Gpr rd, Gpr rs, Gpr rt) {
  return rType(0x2a, rd, rs, rt);
}
constexpr uint32_t sltu(Gpr rd, Gpr rs, Gpr rt) {
  return rType(0x2b, rd, rs, rt);
}
constexpr uint32_t subu(Gpr rd, Gpr rs, Gpr rt) {
  return rType(0x23, rd, rs, rt);
}
constexpr uint32_t nor(Gpr rd, Gpr rs, Gpr rt) {
  return rType(0x27, rd, rs, rt);
}
constexpr uint32_t mult(Gpr rs, Gpr rt) { return rType(0x18, zero, rs, rt); }
constexpr uint32_t divu(Gpr rs, Gpr rt) { return rType(0x1b, zero, rs, rt); }
constexpr uint32_t jr(Gpr rs) { return rType(0x08, zero, rs, zero); }
constexpr uint32_t jalr(Gpr rd, Gpr rs) { return rType(0x09, rd, rs, zero); }
constexpr uint32_t j(uint32_t index) { return 0x02u << 26 | index; }
constexpr uint32_t jal(uint32_t index) { return 0x03u << 26 | index; }
constexpr uint32_t bne(Gpr rs, Gpr rt, int16_t offset) {
  return iType(0x05, rs, rt, uint16_t(offset));
}
constexpr uint32_t bltz(Gpr rs, int16_t offset) {
  return iType(0x01, rs, Gpr(0x00), uint16_t(offset));
}
constexpr uint32_t bgezal(Gpr rs, int16_t offset) {
  return iType(0x01, rs, Gpr(0x11), uint16_t(offset));
}
constexpr uint32_t beql(Gpr rs, Gpr rt, int16_t offset) {
  return iType(0x14, rs, rt, uint16_t(offset));
}
constexpr uint32_t lwl(Gpr rt, uint16_t offset, Gpr base) {
  return iType(0x22, base, rt, offset);
}
constexpr uint32_t lwr(Gpr rt, uint16_t offset, Gpr base) {
  return iType(0x26, base, rt, offset);
}
constexpr uint32_t swl(Gpr rt, uint16_t offset, Gpr base) {
  return iType(0x2a, base, rt, offset);
}
constexpr uint32_t swr(Gpr rt, uint16_t offset, Gpr base) {
  return iType(0x2e, base, rt, offset);
}

} // namespace opml::vm::mips

#endif // OPML_VM_TOOLS_MIPSWORDS_H
