//===- Link.cpp - Objects and the guest runtime to a program --------------===//

#include "opml/Target/Linker.h"
#include "opml/Target/Mips.h"
#include "opml/runtime/GuestRuntime.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;
using namespace opml::compiler;
namespace guest = opml::guest;

static constexpr StringLiteral exitSymbol = "opml_exit";

/// Code from address 0 and nothing else: the guest has no data of its own.
static constexpr StringLiteral linkerScript = R"(
PHDRS { text PT_LOAD FLAGS(5); }
SECTIONS {
  . = 0;
  .text : SUBALIGN(4) { *(.text .text.*) } :text
  /DISCARD/ : {
    *(.MIPS.abiflags) *(.reginfo) *(.comment) *(.pdr) *(.mdebug.*) *(.note.*) *(.gnu.attributes)
    *(.llvm_addrsig)
  }
}
)";

namespace {

Error refuseData(const mips::Bytes &object) {
  auto file = object::ObjectFile::createELFObjectFile(
      MemoryBufferRef(StringRef(object.data(), object.size()), "node code"));
  if (!file)
    return file.takeError();
  for (const object::SectionRef &section : (*file)->sections()) {
    object::ELFSectionRef elf(section);
    if ((elf.getFlags() & ELF::SHF_ALLOC) && !section.isText() &&
        section.getSize() && elf.getType() != ELF::SHT_MIPS_ABIFLAGS &&
        elf.getType() != ELF::SHT_MIPS_REGINFO) {
      Expected<StringRef> name = section.getName();
      if (!name)
        return name.takeError();
      return createStringError("generated code has static data in section '" +
                               *name + "'; a guest program has code only");
    }
  }
  return Error::success();
}

} // namespace

Expected<mips::Bytes> mips::link(ArrayRef<Bytes> objects,
                                 ArrayRef<std::string> roots) {
  // Without a root the program is opml_exit alone: a graph of views has no
  // node.
  std::string entry = roots.empty() ? exitSymbol.str() : roots.front();
  std::vector<std::string> arguments = {
      "-m",  "elf32ltsmip", "-static", "--gc-sections",   "--build-id=none",
      "-z",  "nognustack",  "-z",      "max-page-size=4", "-e",
      entry, "-u",          entry};
  for (const std::string &root : roots)
    arguments.insert(arguments.end(), {"-u", root});

  std::vector<std::string> names;
  names.reserve(objects.size());
  for (size_t i = 0; i < objects.size(); ++i)
    names.push_back(std::to_string(i) + ".o");
  std::vector<LinkerInput> inputs;
  for (auto [name, object] : zip_equal(names, objects)) {
    if (Error error = refuseData(object))
      return error;
    inputs.push_back({name, StringRef(object.data(), object.size())});
  }
  std::span<const uint8_t> archive = guest::runtimeArchive();
  inputs.push_back(
      {"runtime.a", StringRef(reinterpret_cast<const char *>(archive.data()),
                              archive.size())});
  auto linked = runLinker(arguments, inputs, linkerScript);
  if (!linked)
    return createStringError("the guest program does not link: " +
                             toString(linked.takeError()));
  return linked;
}
