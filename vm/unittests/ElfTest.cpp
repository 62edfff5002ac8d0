//===- ElfTest.cpp - The ELF reader on good and hostile files -------------===//

#include "GuestProgram.h"
#include "opml/vm/Machine.h"
#include "gtest/gtest.h"

using namespace opml;
using namespace opml::vm;
using namespace opml::vm::test;

namespace {

using File = std::vector<uint8_t>;

File sample() {
  return elfFile({codeSegment({loadExit, systemCall}, 0x40),
                  dataSegment({1, 2, 3}, 0x1000, 64)},
                 0x40);
}

/// The message of the error, or "" if the file is accepted.
std::string errorOf(const File &file) {
  Expected<Program> program = Program::fromElf(file);
  return program ? "" : program.error().message;
}

Elf32_Ehdr &header(File &file) {
  return *reinterpret_cast<Elf32_Ehdr *>(file.data());
}
Elf32_Phdr &segment(File &file, size_t index) {
  return *reinterpret_cast<Elf32_Phdr *>(file.data() + sizeof(Elf32_Ehdr) +
                                         index * sizeof(Elf32_Phdr));
}

TEST(Elf, CodeAndDataAreSeparated) {
  Expected<Program> program = Program::fromElf(sample());
  ASSERT_TRUE(program) << program.error().message;
  EXPECT_EQ(program->entry(), 0x40u);
  EXPECT_EQ(program->codeBytes().size(), 0x48u);
  EXPECT_EQ(program->codeDepth(), 2u);
  ASSERT_EQ(program->data().size(), 1u);
  EXPECT_EQ(program->data()[0].address, 0x1000u);
  EXPECT_EQ(program->data()[0].bytes, File({1, 2, 3}));
  EXPECT_EQ(program->data()[0].memorySize, 64u);
}

TEST(Elf, GapBeforeCodeIsReservedPadding) {
  Expected<Program> program = Program::fromElf(sample());
  ASSERT_TRUE(program);
  Hash padding;
  padding.fill(0xff);
  EXPECT_EQ(program->codeTree().leaf(program->codeBytes(), 0), padding);
  for (uint32_t i = 0; i < 0x40 / 4; ++i)
    EXPECT_EQ(program->code().instructions[i].opcode, 0);
  EXPECT_NE(program->code().instructions[0x40 / 4].opcode, 0);
}

TEST(Elf, EveryCodeLeafIsProven) {
  Expected<Program> program = Program::fromElf(sample());
  ASSERT_TRUE(program);
  const MerkleTree &tree = program->codeTree();
  std::span<const uint8_t> code = program->codeBytes();
  for (uint64_t leaf = 0; leaf < 4; ++leaf)
    EXPECT_EQ(foldProof(tree.leaf(code, leaf * 32), leaf,
                        tree.proof(code, leaf * 32)),
              program->codeRoot());
  EXPECT_EQ(program->codeRoot(),
            merkleRoot(program->codeBytes(), 2, Program::codePad));
}

TEST(Elf, EveryTruncationIsRefused) {
  File whole = sample();
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(errorOf(File(whole.begin(), whole.begin() + size)), "") << size;
}

// The reader must survive any header; the sanitizers watch.
TEST(Elf, DamagedHeadersNeverCrash) {
  File whole = sample();
  size_t headers = sizeof(Elf32_Ehdr) + 2 * sizeof(Elf32_Phdr), accepted = 0;
  for (size_t i = 0; i < headers; ++i)
    for (unsigned value : {0x00, 0x01, 0x04, 0x7f, 0x80, 0xff}) {
      File file = whole;
      file[i] = uint8_t(value);
      accepted += errorOf(file).empty();
    }
  EXPECT_LT(accepted, headers * 6);
}

TEST(Elf, RefusesOtherMachines) {
  File file = sample();
  header(file).e_ident[EI_DATA] = ELFDATA2MSB;
  EXPECT_NE(errorOf(file).find("not a 32-bit little-endian MIPS ELF file"),
            std::string::npos);
  file = sample();
  header(file).e_machine = EM_RISCV;
  EXPECT_NE(errorOf(file).find("not a 32-bit little-endian MIPS ELF file"),
            std::string::npos);
  file = sample();
  header(file).e_flags = 0x02000000;
  EXPECT_NE(errorOf(file).find("microMIPS"), std::string::npos);
}

TEST(Elf, RefusesOtherArchitectures) {
  for (uint32_t flags : {EF_MIPS_ARCH_1, EF_MIPS_ARCH_32, EF_MIPS_ARCH_32R2}) {
    File file = sample();
    header(file).e_flags = flags;
    EXPECT_EQ(errorOf(file), "") << flags;
  }
  constexpr uint32_t release6 = 0x90000000;
  for (uint32_t flags : {uint32_t(EF_MIPS_ARCH_64R2), release6}) {
    File file = sample();
    header(file).e_flags = flags;
    EXPECT_NE(errorOf(file).find("-march=mips32r2"), std::string::npos);
  }
  File file = sample();
  header(file).e_flags = 0x20;
  EXPECT_NE(errorOf(file).find("N32"), std::string::npos);
}

TEST(Elf, RefusesHardwareFloatingPoint) {
  Elf_MIPS_ABIFlags_v0 flags{};
  auto fileOf = [&](uint32_t size) {
    std::vector<uint8_t> bytes(size);
    std::memcpy(bytes.data(), &flags, std::min<size_t>(size, sizeof flags));
    Segment segment = dataSegment(bytes, 0, size);
    segment.header.p_type = PT_MIPS_ABIFLAGS;
    return elfFile({codeSegment({loadExit, systemCall}), segment});
  };
  EXPECT_EQ(errorOf(fileOf(sizeof flags)), "");
  flags.fp_abi = Val_GNU_MIPS_ABI_FP_SOFT;
  EXPECT_EQ(errorOf(fileOf(sizeof flags)), "");
  for (int abi : {Val_GNU_MIPS_ABI_FP_DOUBLE, Val_GNU_MIPS_ABI_FP_XX}) {
    flags.fp_abi = uint8_t(abi);
    EXPECT_NE(errorOf(fileOf(sizeof flags)).find("-msoft-float"),
              std::string::npos);
  }
  EXPECT_NE(errorOf(fileOf(sizeof flags - 1)).find("ABI flags"),
            std::string::npos);
}

TEST(Elf, RefusesDynamicPrograms) {
  File file = sample();
  header(file).e_type = ET_DYN;
  EXPECT_NE(errorOf(file).find("not a statically linked"), std::string::npos);
  file = sample();
  segment(file, 1).p_type = PT_INTERP;
  EXPECT_NE(errorOf(file).find("dynamically linked"), std::string::npos);
}

TEST(Elf, RefusesWritableCode) {
  File file = sample();
  segment(file, 0).p_flags |= PF_W;
  EXPECT_NE(errorOf(file).find("writable and executable"), std::string::npos);
}

TEST(Elf, RefusesPartialWords) {
  for (uint32_t address : {0x41u, 0x42u}) {
    File file = sample();
    segment(file, 0).p_vaddr = address;
    EXPECT_NE(errorOf(file).find("aligned"), std::string::npos);
  }
  File file = sample();
  segment(file, 0).p_memsz += 4;
  EXPECT_NE(errorOf(file).find("initialised words"), std::string::npos);
}

TEST(Elf, RefusesCodeThatWouldCostGigabytes) {
  File file = sample();
  segment(file, 0).p_vaddr = 0xfffffff0;
  EXPECT_NE(errorOf(file).find("code must lie below"), std::string::npos);
}

TEST(Elf, RefusesOverlap) {
  Words two = {loadExit, systemCall};
  EXPECT_NE(errorOf(elfFile({codeSegment(two, 0), codeSegment(two, 4)}))
                .find("overlap"),
            std::string::npos);
  EXPECT_EQ(errorOf(elfFile({codeSegment(two, 0), codeSegment(two, 8)})), "");
  // Code and data are different address spaces.
  EXPECT_EQ(errorOf(elfFile({codeSegment(two, 0), dataSegment({1}, 0, 4)})),
            "");
}

TEST(Elf, RefusesSegmentsThatShareTheFile) {
  File file = elfFile({codeSegment({loadExit, systemCall}), {}, {}});
  for (size_t i : {1, 2}) {
    segment(file, i).p_type = PT_LOAD;
    segment(file, i).p_vaddr = uint32_t(0x1000 * i);
    segment(file, i).p_offset = 0;
    segment(file, i).p_filesz = segment(file, i).p_memsz =
        uint32_t(file.size());
  }
  EXPECT_EQ(errorOf(file), "segments share bytes of the file");
}

TEST(Elf, RefusesDataBeyondTheAddressSpace) {
  File file = sample();
  segment(file, 1).p_vaddr = 0xfffffff0;
  EXPECT_NE(errorOf(file).find("32-bit address space"), std::string::npos);
}

TEST(Elf, RefusesAnEntryOutsideTheCode) {
  for (uint32_t entry : {0x42u, 0x48u, 0xfffffffcu}) {
    File file = sample();
    header(file).e_entry = entry;
    EXPECT_NE(errorOf(file).find("entry point"), std::string::npos) << entry;
  }
}

TEST(Elf, RefusesNoCode) {
  EXPECT_EQ(errorOf(elfFile({dataSegment({1}, 0, 4)})),
            "no executable segment");
}

} // namespace
