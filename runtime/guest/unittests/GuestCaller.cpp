//===- GuestCaller.cpp ----------------------------------------------------===//

#include "GuestCaller.h"
#include <llvm/Object/ELFObjectFile.h>

namespace opml::guest {

/// Where routines return to: no code, so that the machine stops there.
static constexpr uint32_t returnAddress = 0xfffffff0;
static constexpr uint32_t stackPointer = 1u << 19;
static constexpr unsigned memoryDepth = 15; // 1 MiB
static constexpr uint64_t maxSteps = 1'000'000;

Expected<GuestCaller> GuestCaller::load(const std::string &path) {
  auto object = llvm::object::ObjectFile::createObjectFile(path);
  if (!object)
    return makeError(path + ": " + llvm::toString(object.takeError()));
  std::map<std::string, Symbol, std::less<>> symbols;
  for (llvm::object::ELFSymbolRef symbol : object->getBinary()->symbols()) {
    auto name = symbol.getName();
    auto address = symbol.getAddress();
    if (!name || !address)
      return makeError(path + ": " + llvm::toString(name.takeError()) + " " +
                       llvm::toString(address.takeError()));
    symbols[name->str()] = {uint32_t(*address), uint32_t(symbol.getSize())};
  }
  llvm::StringRef bytes = object->getBinary()->getData();
  auto program = vm::Program::fromElf(
      {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()});
  if (!program)
    return tl::unexpected(program.error());
  auto memory = vm::Memory::create(memoryDepth);
  if (!memory)
    return tl::unexpected(memory.error());
  return GuestCaller(
      vm::Machine(std::make_shared<const vm::Program>(std::move(*program)),
                  std::move(*memory)),
      std::move(symbols));
}

GuestCaller::Result GuestCaller::call(std::string_view symbol,
                                      std::array<uint32_t, 4> arguments) {
  auto found = symbols.find(symbol);
  if (found == symbols.end())
    return {};
  vm::Registers registers;
  registers.pc = found->second.address;
  registers.nextPc = registers.pc + 4;
  std::copy(arguments.begin(), arguments.end(), registers.gpr + 4);
  registers.gpr[29] = stackPointer;
  registers.gpr[31] = returnAddress;
  machine.registers() = registers;
  uint64_t steps = machine.run(maxSteps);
  const vm::Registers &after = machine.registers();
  // The last step is the trap of fetching at the return address.
  return {after.gpr[2], steps - 1,
          after.status == vm::Status::Trapped && after.pc == returnAddress};
}

uint32_t GuestCaller::words(std::string_view symbol) const {
  auto found = symbols.find(symbol);
  return found == symbols.end() ? 0 : found->second.bytes / 4;
}

} // namespace opml::guest
