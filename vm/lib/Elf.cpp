//===- Elf.cpp - Reading guest programs -----------------------------------===//
//
// A strict reader of static little-endian MIPS32 executables. The file is
// untrusted: it may come with someone else's image.
//
//===----------------------------------------------------------------------===//

#include "opml/vm/Machine.h"
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <elf.h>

using namespace opml;
using namespace opml::vm;

namespace {

using File = std::span<const uint8_t>;

// MIPS ABI supplement, e_flags; not in glibc's <elf.h>.
constexpr uint32_t efMicroMips = 0x02000000;
constexpr uint32_t efMips16 = 0x04000000;
constexpr uint32_t efAbi2 = 0x00000020; // N32

std::string hex(uint64_t value) {
  char text[19];
  std::snprintf(text, sizeof text, "0x%llx", (unsigned long long)value);
  return text;
}

bool inside(uint64_t offset, uint64_t size, uint64_t limit) {
  return offset <= limit && size <= limit - offset;
}

Expected<Elf32_Ehdr> readHeader(File file) {
  Elf32_Ehdr header;
  if (file.size() < sizeof header)
    return makeError("not an ELF file: only " + std::to_string(file.size()) +
                     " bytes");
  std::memcpy(&header, file.data(), sizeof header);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
    return makeError("not an ELF file: wrong magic number");
  if (header.e_ident[EI_CLASS] != ELFCLASS32 ||
      header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_machine != EM_MIPS)
    return makeError("not a 32-bit little-endian MIPS ELF file; compile with "
                     "--target=mipsel-linux-gnu");
  if (header.e_ident[EI_VERSION] != EV_CURRENT ||
      header.e_version != EV_CURRENT)
    return makeError("unknown ELF version " + std::to_string(header.e_version));
  if (header.e_type != ET_EXEC)
    return makeError("not a statically linked executable (ELF type " +
                     std::to_string(header.e_type) +
                     "); link with -static -no-pie");
  if (header.e_flags & (efMicroMips | efMips16))
    return makeError(
        "uses microMIPS or MIPS16 encodings, which the machine does "
        "not have");
  uint32_t architecture = header.e_flags & EF_MIPS_ARCH;
  if (architecture != EF_MIPS_ARCH_1 && architecture != EF_MIPS_ARCH_2 &&
      architecture != EF_MIPS_ARCH_32 && architecture != EF_MIPS_ARCH_32R2)
    return makeError("made for a 64-bit MIPS or for release 6; compile with "
                     "-march=mips32r2");
  if (header.e_flags & efAbi2)
    return makeError("uses the N32 ABI; compile with -mabi=32");
  if (header.e_ehsize != sizeof header)
    return makeError("ELF header of " + std::to_string(header.e_ehsize) +
                     " bytes, expected 52");
  return header;
}

Expected<void> checkFileBytes(File file, const Elf32_Phdr &segment) {
  if (inside(segment.p_offset, segment.p_filesz, file.size()))
    return {};
  return makeError("segment at " + hex(segment.p_vaddr) + ": file bytes " +
                   hex(segment.p_offset) + " + " + hex(segment.p_filesz) +
                   " lie outside the file of " + std::to_string(file.size()) +
                   " bytes");
}

/// The ABI flags say whether the code expects a floating-point unit; a file of
/// assembly alone may have none.
Expected<void> checkFloatAbi(File file, const Elf32_Phdr &segment) {
  Elf_MIPS_ABIFlags_v0 flags;
  if (Expected<void> ok = checkFileBytes(file, segment); !ok)
    return ok;
  if (segment.p_filesz < sizeof flags)
    return makeError("MIPS ABI flags of " + std::to_string(segment.p_filesz) +
                     " bytes, expected " + std::to_string(sizeof flags));
  std::memcpy(&flags, file.data() + segment.p_offset, sizeof flags);
  if (flags.fp_abi != Val_GNU_MIPS_ABI_FP_ANY &&
      flags.fp_abi != Val_GNU_MIPS_ABI_FP_SOFT)
    return makeError("made for a floating-point unit, which the machine does "
                     "not have; compile and assemble with -msoft-float");
  return {};
}

Expected<std::vector<Elf32_Phdr>> readSegments(File file,
                                               const Elf32_Ehdr &header) {
  if (header.e_phnum == 0)
    return makeError("no program headers");
  if (header.e_phentsize != sizeof(Elf32_Phdr))
    return makeError("program headers of " +
                     std::to_string(header.e_phentsize) +
                     " bytes, expected 32");
  uint64_t size = uint64_t(header.e_phnum) * sizeof(Elf32_Phdr);
  if (!inside(header.e_phoff, size, file.size()))
    return makeError("program headers at offset " + hex(header.e_phoff) +
                     " lie outside the file of " + std::to_string(file.size()) +
                     " bytes");
  std::vector<Elf32_Phdr> all(header.e_phnum), load;
  std::memcpy(all.data(), file.data() + header.e_phoff, size);
  for (const Elf32_Phdr &segment : all) {
    if (segment.p_type == PT_INTERP || segment.p_type == PT_DYNAMIC)
      return makeError("dynamically linked; link with -static");
    if (segment.p_type == PT_MIPS_ABIFLAGS)
      if (Expected<void> ok = checkFloatAbi(file, segment); !ok)
        return tl::unexpected(ok.error());
    if (segment.p_type == PT_LOAD && segment.p_memsz != 0)
      load.push_back(segment);
  }
  return load;
}

/// What must hold for every loaded segment by itself.
Expected<void> checkSegment(File file, const Elf32_Phdr &segment) {
  std::string where = "segment at " + hex(segment.p_vaddr);
  if (Expected<void> ok = checkFileBytes(file, segment); !ok)
    return ok;
  if (segment.p_filesz > segment.p_memsz)
    return makeError(where + ": file size exceeds memory size");
  if (!inside(segment.p_vaddr, segment.p_memsz, uint64_t(1) << 32))
    return makeError(where + ": " + hex(segment.p_memsz) +
                     " bytes exceed the 32-bit address space");
  if (!(segment.p_flags & PF_X))
    return {};
  if (segment.p_flags & PF_W)
    return makeError(where + ": both writable and executable, but code is "
                             "immutable");
  if (segment.p_filesz != segment.p_memsz || segment.p_vaddr % 4 != 0 ||
      segment.p_filesz % 4 != 0)
    return makeError(where +
                     ": code must be whole, aligned, initialised words");
  if (!inside(segment.p_vaddr, segment.p_memsz, Program::maxCodeEnd))
    return makeError(where + ": code must lie below " +
                     hex(Program::maxCodeEnd));
  return {};
}

/// Code and data are different spaces, so overlap is judged within each. A
/// file whose segments share bytes could expand without bound.
Expected<void> checkDisjoint(File file, std::vector<Elf32_Phdr> segments) {
  uint64_t fileBytes = 0;
  for (const Elf32_Phdr &segment : segments)
    fileBytes += segment.p_filesz;
  if (fileBytes > file.size())
    return makeError("segments share bytes of the file");
  std::sort(segments.begin(), segments.end(),
            [](const Elf32_Phdr &a, const Elf32_Phdr &b) {
              return std::pair(a.p_flags & PF_X, a.p_vaddr) <
                     std::pair(b.p_flags & PF_X, b.p_vaddr);
            });
  for (size_t i = 1; i < segments.size(); ++i) {
    const Elf32_Phdr &a = segments[i - 1], &b = segments[i];
    if ((a.p_flags & PF_X) == (b.p_flags & PF_X) &&
        b.p_vaddr - a.p_vaddr < a.p_memsz)
      return makeError("segments at " + hex(a.p_vaddr) + " and " +
                       hex(b.p_vaddr) + " overlap");
  }
  return {};
}

Expected<std::vector<Elf32_Phdr>> loadSegments(File file,
                                               const Elf32_Ehdr &header) {
  Expected<std::vector<Elf32_Phdr>> segments = readSegments(file, header);
  if (!segments)
    return segments;
  for (const Elf32_Phdr &segment : *segments)
    if (Expected<void> ok = checkSegment(file, segment); !ok)
      return tl::unexpected(ok.error());
  if (Expected<void> ok = checkDisjoint(file, *segments); !ok)
    return tl::unexpected(ok.error());
  return segments;
}

} // namespace

Expected<Program> Program::fromElf(std::span<const uint8_t> file) {
  Expected<Elf32_Ehdr> header = readHeader(file);
  if (!header)
    return tl::unexpected(header.error());
  Expected<std::vector<Elf32_Phdr>> segments = loadSegments(file, *header);
  if (!segments)
    return tl::unexpected(segments.error());

  Program program;
  for (const Elf32_Phdr &segment : *segments) {
    File content = file.subspan(segment.p_offset, segment.p_filesz);
    if (!(segment.p_flags & PF_X)) {
      program.segments.push_back(
          {segment.p_vaddr, {content.begin(), content.end()}, segment.p_memsz});
      continue;
    }
    size_t end = size_t(segment.p_vaddr) + content.size();
    if (program.bytes.size() < end)
      program.bytes.resize(end, codePad);
    std::copy(content.begin(), content.end(),
              program.bytes.begin() + segment.p_vaddr);
  }
  program.entryPc = header->e_entry;
  if (program.bytes.empty())
    return makeError("no executable segment");
  if (program.entryPc % 4 != 0 || program.entryPc >= program.bytes.size())
    return makeError("entry point " + hex(program.entryPc) +
                     " is not the address of an instruction");
  program.decodeAndHash();
  return program;
}

void Program::decodeAndHash() {
  depth = depthForBytes(bytes.size());
  tree = MerkleTree(bytes, depth, codePad);
  std::vector<uint32_t> words(bytes.size() / sizeof(uint32_t));
  std::memcpy(words.data(), bytes.data(), bytes.size());
  decoded = decodeProgram(words);
}
