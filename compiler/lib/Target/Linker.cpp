//===- Linker.cpp - Running lld -------------------------------------------===//

#include "opml/Target/Linker.h"
#include "lld/Common/Driver.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

LLD_HAS_DRIVER(elf)

using namespace llvm;

static Error writeFile(StringRef path, StringRef bytes) {
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

/// Runs lld and reads the file back that it writes.
static Expected<SmallVector<char, 0>>
linkFiles(std::vector<std::string> arguments, const std::string &output) {
  arguments.insert(arguments.begin(), "ld.lld");
  arguments.insert(arguments.end(), {"--threads=1", "-o", output});
  auto pointers = llvm::map_to_vector(
      arguments, [](const std::string &argument) { return argument.c_str(); });
  std::string messages;
  raw_string_ostream stream(messages);
  lld::Result result =
      lld::lldMain(pointers, stream, stream, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode != 0)
    return createStringError(StringRef(messages).trim());
  auto file = MemoryBuffer::getFile(output, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
  if (!file)
    return createFileError(output, file.getError());
  StringRef bytes = (*file)->getBuffer();
  return SmallVector<char, 0>(bytes.begin(), bytes.end());
}

Expected<SmallVector<char, 0>>
opml::compiler::runLinker(ArrayRef<std::string> arguments,
                          ArrayRef<LinkerInput> inputs, StringRef script) {
  SmallString<128> directory;
  if (std::error_code code =
          sys::fs::createUniqueDirectory("opml-link", directory))
    return createStringError(code, "no temporary directory for the linker");
  llvm::scope_exit cleanUp([&] {
    std::error_code ignored = sys::fs::remove_directories(directory);
    (void)ignored;
  });
  auto inDirectory = [&](StringRef name) {
    return (directory + "/" + name).str();
  };

  std::vector<std::string> all(arguments);
  if (!script.empty()) {
    std::string path = inDirectory("script.lds");
    if (Error error = writeFile(path, script))
      return error;
    all.insert(all.end(), {"-T", path});
  }
  for (const LinkerInput &input : inputs) {
    all.push_back(inDirectory(input.name));
    if (Error error = writeFile(all.back(), input.bytes))
      return error;
  }
  return linkFiles(std::move(all), inDirectory("linked"));
}
