//===- DescribeRegisters.h - Registers in failure messages ------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_DESCRIBEREGISTERS_H
#define OPML_VM_UNITTESTS_DESCRIBEREGISTERS_H

#include "opml/vm/Interpreter.h"
#include <ostream>

namespace opml::vm {

/// Found by GoogleTest.
inline void PrintTo(const Registers &registers, std::ostream *out) {
  *out << std::hex << "pc " << registers.pc << " nextPc " << registers.nextPc
       << " hi " << registers.hi << " lo " << registers.lo << " status "
       << int(registers.status) << " cause " << int(registers.cause) << " gpr";
  for (uint32_t value : registers.gpr)
    *out << " " << value;
  *out << std::dec;
}

} // namespace opml::vm

#endif // OPML_VM_UNITTESTS_DESCRIBEREGISTERS_H
