//===- Link.cpp - Objects and the guest runtime to a program --------------===//

#include "lld/Common/Driver.h"
#include "opml/Target/Mips.h"
#include "opml/runtime/GuestRuntime.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

LLD_HAS_DRIVER(elf)

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

Error writeFile(StringRef path, StringRef bytes) {
  std::error_code code;
  raw_fd_ostream stream(path, code);
  if (!code) {
    stream << bytes;
    stream.close();
    code = stream.error();
    stream.clear_error();
  }
  return code ? createFileError(path, code) : Error::success();
}

/// Runs lld on files in `directory` and reads the program back.
Expected<mips::Bytes> runLinker(StringRef directory,
                                ArrayRef<std::string> inputs,
                                ArrayRef<std::string> roots) {
  std::string output = (directory + "/program.elf").str();
  // Without a root the program is opml_exit alone: a graph of views has no
  // node.
  std::string entry = roots.empty() ? exitSymbol.str() : roots.front();
  std::vector<std::string> arguments = {"ld.lld",         "-m",
                                        "elf32ltsmip",    "-static",
                                        "--gc-sections",  "--build-id=none",
                                        "--threads=1",    "-z",
                                        "nognustack",     "-z",
                                        "max-page-size=4"};
  arguments.insert(arguments.end(), {"-T", (directory + "/program.lds").str()});
  arguments.insert(arguments.end(), {"-e", entry, "-u", entry, "-o", output});
  for (const std::string &root : roots)
    arguments.insert(arguments.end(), {"-u", root});
  arguments.insert(arguments.end(), inputs.begin(), inputs.end());
  auto pointers = llvm::map_to_vector(
      arguments, [](const std::string &argument) { return argument.c_str(); });
  std::string messages;
  raw_string_ostream stream(messages);
  lld::Result result =
      lld::lldMain(pointers, stream, stream, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode != 0)
    return createStringError("the guest program does not link: " +
                             StringRef(messages).trim());
  auto file = MemoryBuffer::getFile(output, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
  if (!file)
    return createFileError(output, file.getError());
  StringRef bytes = (*file)->getBuffer();
  return mips::Bytes(bytes.begin(), bytes.end());
}

} // namespace

Expected<mips::Bytes> mips::link(ArrayRef<Bytes> objects,
                                 ArrayRef<std::string> roots) {
  SmallString<128> directory;
  if (std::error_code code =
          sys::fs::createUniqueDirectory("opml-link", directory))
    return createStringError(code, "no temporary directory for the linker");
  llvm::scope_exit cleanUp([&] {
    std::error_code ignored = sys::fs::remove_directories(directory);
    (void)ignored;
  });

  std::vector<std::string> inputs;
  auto add = [&](const Twine &name, StringRef bytes) {
    inputs.push_back((directory + "/" + name).str());
    return writeFile(inputs.back(), bytes);
  };
  if (Error error = writeFile((directory + "/program.lds").str(), linkerScript))
    return error;
  for (auto [index, object] : enumerate(objects)) {
    if (Error error = refuseData(object))
      return error;
    if (Error error =
            add(Twine(index) + ".o", StringRef(object.data(), object.size())))
      return error;
  }
  std::span<const uint8_t> archive = guest::runtimeArchive();
  if (Error error = add(
          "runtime.a", StringRef(reinterpret_cast<const char *>(archive.data()),
                                 archive.size())))
    return error;
  return runLinker(directory, inputs, roots);
}
