//===- GuestCaller.h - Calls guest routines in the VM -----------*- C++ -*-===//

#ifndef OPML_GUEST_GUESTCALLER_H
#define OPML_GUEST_GUESTCALLER_H

#include "opml/vm/Machine.h"
#include <map>
#include <string>
#include <string_view>

namespace opml::guest {

class GuestCaller {
public:
  /// Loads guest-runtime.elf, which holds every routine of the archive.
  static Expected<GuestCaller> load(const std::string &path);

  struct Result {
    uint32_t value = 0; // $v0
    uint64_t steps = 0; // from the first instruction to the return's delay slot
    bool returned = false;
  };
  /// Calls a routine with up to four argument registers.
  Result call(std::string_view symbol, std::array<uint32_t, 4> arguments);

  /// Size of a routine in words; 0 if there is none of that name.
  uint32_t words(std::string_view symbol) const;

private:
  struct Symbol {
    uint32_t address, bytes;
  };
  GuestCaller(vm::Machine machine,
              std::map<std::string, Symbol, std::less<>> symbols)
      : machine(std::move(machine)), symbols(std::move(symbols)) {}

  vm::Machine machine;
  std::map<std::string, Symbol, std::less<>> symbols;
};

} // namespace opml::guest

#endif // OPML_GUEST_GUESTCALLER_H
