//===- GuestProgram.h - Small guest programs for tests ----------*- C++ -*-===//
//
// Instruction words by the encodings of the MIPS32 manual (MD00086), and the
// least ELF file around them.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_UNITTESTS_GUESTPROGRAM_H
#define OPML_VM_UNITTESTS_GUESTPROGRAM_H

#include <cstdint>
#include <cstring>
#include <elf.h>
#include <vector>

namespace opml::vm::test {

enum Gpr : uint32_t { zero = 0, v0 = 2, a0 = 4, t0 = 8, t1 = 9, sp = 29 };

constexpr uint32_t iType(uint32_t opcode, Gpr rs, Gpr rt, uint16_t immediate) {
  return opcode << 26 | rs << 21 | rt << 16 | immediate;
}
constexpr uint32_t addiu(Gpr rt, Gpr rs, uint16_t value) {
  return iType(0x09, rs, rt, value);
}
constexpr uint32_t lw(Gpr rt, uint16_t offset, Gpr base) {
  return iType(0x23, base, rt, offset);
}
constexpr uint32_t sw(Gpr rt, uint16_t offset, Gpr base) {
  return iType(0x2b, base, rt, offset);
}
constexpr uint32_t sb(Gpr rt, uint16_t offset, Gpr base) {
  return iType(0x28, base, rt, offset);
}
/// `offset` counts instructions from the delay slot.
constexpr uint32_t beq(Gpr rs, Gpr rt, int16_t offset) {
  return iType(0x04, rs, rt, uint16_t(offset));
}
constexpr uint32_t addu(Gpr rd, Gpr rs, Gpr rt) {
  return rs << 21 | rt << 16 | rd << 11 | 0x21;
}
constexpr uint32_t nop = 0;
constexpr uint32_t systemCall = 0x0c;
/// exit with $a0.
constexpr uint32_t loadExit = addiu(v0, zero, 4001);

using Words = std::vector<uint32_t>;

inline void append(Words &words, const Words &more) {
  words.insert(words.end(), more.begin(), more.end());
}

struct Segment {
  Elf32_Phdr header;
  std::vector<uint8_t> bytes;
};

inline Segment codeSegment(const Words &words, uint32_t address = 0) {
  Segment segment{};
  segment.bytes.resize(words.size() * 4);
  std::memcpy(segment.bytes.data(), words.data(), segment.bytes.size());
  segment.header.p_type = PT_LOAD;
  segment.header.p_vaddr = address;
  segment.header.p_flags = PF_R | PF_X;
  segment.header.p_filesz = segment.header.p_memsz =
      uint32_t(segment.bytes.size());
  return segment;
}

inline Segment dataSegment(std::vector<uint8_t> bytes, uint32_t address,
                           uint32_t memorySize) {
  Segment segment{};
  segment.header.p_type = PT_LOAD;
  segment.header.p_vaddr = address;
  segment.header.p_flags = PF_R | PF_W;
  segment.header.p_filesz = uint32_t(bytes.size());
  segment.header.p_memsz = memorySize;
  segment.bytes = std::move(bytes);
  return segment;
}

/// Header, program headers, and the segments' bytes one after another.
inline std::vector<uint8_t> elfFile(std::vector<Segment> segments,
                                    uint32_t entry = 0) {
  Elf32_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS32;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_EXEC;
  header.e_machine = EM_MIPS;
  header.e_version = EV_CURRENT;
  header.e_entry = entry;
  header.e_phoff = sizeof header;
  header.e_ehsize = sizeof header;
  header.e_phentsize = sizeof(Elf32_Phdr);
  header.e_phnum = uint16_t(segments.size());
  std::vector<uint8_t> file(sizeof header +
                            segments.size() * sizeof(Elf32_Phdr));
  std::memcpy(file.data(), &header, sizeof header);
  for (size_t i = 0; i < segments.size(); ++i) {
    segments[i].header.p_offset = uint32_t(file.size());
    std::memcpy(&file[sizeof header + i * sizeof(Elf32_Phdr)],
                &segments[i].header, sizeof(Elf32_Phdr));
    file.insert(file.end(), segments[i].bytes.begin(), segments[i].bytes.end());
  }
  return file;
}

} // namespace opml::vm::test

#endif // OPML_VM_UNITTESTS_GUESTPROGRAM_H
