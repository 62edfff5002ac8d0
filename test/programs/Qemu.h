//===- Qemu.h - A program under qemu-mipsel ---------------------*- C++ -*-===//

#ifndef OPML_TEST_PROGRAMS_QEMU_H
#define OPML_TEST_PROGRAMS_QEMU_H

#include "Process.h"
#include "opml/vm/Error.h"
#include "opml/vm/Interpreter.h"
#include <memory>
#include <span>

namespace opml::test {

/// qemu-mipsel, driven through its gdb stub (GDB manual, appendix E: Remote
/// Serial Protocol), so that registers and memory can be read where the
/// program, which is the same file as everywhere else, exits.
class Qemu {
public:
  /// Stopped before the first instruction. `socket` is the path of a socket to
  /// be made, at most 100 characters.
  static Expected<std::unique_ptr<Qemu>> start(const std::string &program,
                                               const std::string &socket,
                                               unsigned cpuSeconds);
  ~Qemu();

  enum class Stop { AtAddress, Signal, Gone };
  /// Runs until the instruction at `address` is the next one, or another one
  /// raises a signal, or the program is gone: its time was up.
  Expected<Stop> runTo(uint32_t address);

  /// gpr, hi, lo and pc.
  Expected<vm::Registers> registers();
  Expected<void> readMemory(uint32_t address, std::span<uint8_t> bytes);

  /// Runs to the end; as Process::wait().
  int exitStatus();

private:
  Qemu(const std::string &program, const std::string &socket,
       unsigned cpuSeconds);

  /// Sends a request and returns its reply; "" if qemu has gone.
  std::string ask(const std::string &request);
  void sendPacket(const std::string &content);
  std::string receivePacket();
  /// The next byte from qemu; 0, which is in no packet, if it has gone.
  char receive();

  Process process;
  int connection = -1;
  std::string received; // and not read yet, backwards
};

} // namespace opml::test

#endif // OPML_TEST_PROGRAMS_QEMU_H
