//===- EdgeNumbers.cpp - Random numbers where things go wrong -------------===//

#include "EdgeNumbers.h"

using namespace opml::vm;

// Signs and widths of 8, 16 and 32 bits, amounts of shifts around 32, the exit
// system call.
static constexpr uint32_t edges[] = {
    0,          1,          2,          31,         32,         33,
    63,         64,         0x7f,       0x80,       0xff,       4001,
    0x7fff,     0x8000,     0xffff,     0x10000,    0x7fffffff, 0x80000000,
    0x80000001, 0xffff7fff, 0xffff8000, 0xffffff80, 0xfffffffe, 0xffffffff};

uint32_t EdgeNumbers::value() {
  switch (below(8)) {
  case 0:
  case 1:
  case 2:
    return pick(edges);
  case 3:
  case 4: // a power of two, or one more or less
    return (uint32_t(1) << below(32)) + below(3) - 1;
  default:
    return bits();
  }
}

uint16_t EdgeNumbers::halfword() {
  return uint16_t(oneIn(2) ? value() : bits());
}
