//===- Qemu.cpp - A program under qemu-mipsel -----------------------------===//

#include "Qemu.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace opml;
using namespace opml::test;

static std::string hex(uint64_t value) {
  char text[17];
  std::snprintf(text, sizeof text, "%llx", (unsigned long long)value);
  return text;
}

static bool parseHex(const std::string &text, std::span<uint8_t> bytes) {
  if (text.size() < 2 * bytes.size())
    return false;
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = uint8_t(std::stoul(text.substr(2 * i, 2), nullptr, 16));
  return true;
}

Qemu::Qemu(const std::string &program, const std::string &socket,
           unsigned cpuSeconds)
    : process({"qemu-mipsel", "-g", socket, program}, cpuSeconds) {}

Qemu::~Qemu() {
  if (connection >= 0)
    close(connection);
}

Expected<std::unique_ptr<Qemu>> Qemu::start(const std::string &program,
                                            const std::string &socket,
                                            unsigned cpuSeconds) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.size() >= sizeof address.sun_path)
    return makeError("socket path too long: " + socket);
  std::copy(socket.begin(), socket.end(), address.sun_path);
  unlink(socket.c_str());
  std::unique_ptr<Qemu> qemu(new Qemu(program, socket, cpuSeconds));
  // qemu makes the socket when it has loaded the program.
  for (int attempt = 0; attempt < 30000; ++attempt) {
    qemu->connection = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(qemu->connection, reinterpret_cast<sockaddr *>(&address),
                sizeof address) == 0)
      return qemu;
    close(std::exchange(qemu->connection, -1));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return makeError("qemu-mipsel -g " + socket + " does not answer");
}

char Qemu::receive() {
  if (received.empty()) {
    char buffer[8192];
    ssize_t size = read(connection, buffer, sizeof buffer);
    if (size <= 0)
      return 0;
    received.assign(buffer, size_t(size));
    std::reverse(received.begin(), received.end());
  }
  char next = received.back();
  received.pop_back();
  return next;
}

void Qemu::sendPacket(const std::string &content) {
  uint8_t sum = 0;
  for (char c : content)
    sum += uint8_t(c);
  char trailer[4];
  std::snprintf(trailer, sizeof trailer, "#%02x", sum);
  std::string packet = "$" + content + trailer;
  // A peer that has gone shows when the reply is read.
  send(connection, packet.data(), packet.size(), MSG_NOSIGNAL);
}

std::string Qemu::receivePacket() {
  char c;
  do // acknowledgements come first
    c = receive();
  while (c != '$' && c != 0);
  std::string content;
  while ((c = receive()) != '#' && c != 0)
    content += c;
  receive(); // a local socket does not corrupt: the sum is not checked
  receive();
  send(connection, "+", 1, MSG_NOSIGNAL);
  return c == 0 ? "" : content;
}

std::string Qemu::ask(const std::string &request) {
  sendPacket(request);
  return receivePacket();
}

Expected<Qemu::Stop> Qemu::runTo(uint32_t address) {
  std::string breakpoint = "0," + hex(address) + ",4";
  if (std::string reply = ask("Z" + breakpoint); reply != "OK")
    return makeError("qemu refuses a breakpoint: '" + reply + "'");
  std::string reply = ask("c");
  std::string signal = reply.substr(0, 3);
  // The time limit reaches the program as SIGXCPU, gdb's signal 24.
  if (reply.empty() || reply[0] == 'W' || reply[0] == 'X' || signal == "T18")
    return Stop::Gone;
  if (reply[0] != 'T')
    return makeError("qemu answers '" + reply + "'");
  if (std::string reply = ask("z" + breakpoint); reply != "OK")
    return makeError("qemu keeps a breakpoint: '" + reply + "'");
  // Gdb's signal 5 is a breakpoint's, and that of a trap instruction.
  if (signal != "T05")
    return Stop::Signal;
  Expected<vm::Registers> registers = this->registers();
  if (!registers)
    return tl::unexpected(registers.error());
  return registers->pc == address ? Stop::AtAddress : Stop::Signal;
}

Expected<vm::Registers> Qemu::registers() {
  // qemu's order: gpr, status, lo, hi, badvaddr, cause, pc.
  uint32_t words[38];
  std::string reply = ask("g");
  if (!parseHex(reply, {reinterpret_cast<uint8_t *>(words), sizeof words}))
    return makeError("qemu sends no registers: '" + reply + "'");
  vm::Registers result;
  std::copy(words, words + 32, result.gpr);
  result.lo = words[33];
  result.hi = words[34];
  result.pc = words[37];
  return result;
}

Expected<void> Qemu::readMemory(uint32_t address, std::span<uint8_t> bytes) {
  constexpr size_t most = 2048; // qemu's packets hold 4,096 characters
  while (!bytes.empty()) {
    size_t size = std::min(most, bytes.size());
    std::string reply = ask("m" + hex(address) + "," + hex(size));
    if (!parseHex(reply, bytes.first(size)))
      return makeError("qemu does not read " + std::to_string(size) +
                       " bytes at " + hex(address) + ": '" + reply + "'");
    address += uint32_t(size);
    bytes = bytes.subspan(size);
  }
  return {};
}

int Qemu::exitStatus() {
  ask("c"); // qemu waits for us to acknowledge the end
  return process.wait();
}
