//===- StepProof.h - A vector's step as the contract gets it ----*- C++ -*-===//

#ifndef OPML_VM_TOOLS_STEPPROOF_H
#define OPML_VM_TOOLS_STEPPROOF_H

#include "RandomVectors.h"
#include "opml/vm/Machine.h"

namespace opml::vm {

/// The witness of the step, built without a Machine, and the states before and
/// after it as the interpreter has them.
Expected<Witness> proveStep(const StepVector &vector);

} // namespace opml::vm

#endif // OPML_VM_TOOLS_STEPPROOF_H
