//===- Answer.h - What opml-vm serve answers --------------------*- C++ -*-===//

#ifndef OPML_VM_TOOLS_SERVE_ANSWER_H
#define OPML_VM_TOOLS_SERVE_ANSWER_H

#include "Request.h"
#include "opml/runtime/Prover.h"

namespace opml::vm::serve {

/// The result of any request but a Cancel.
Expected<Json> answer(runtime::Prover &prover, const Request &request,
                      const runtime::ProverWatch &watch);

} // namespace opml::vm::serve

#endif // OPML_VM_TOOLS_SERVE_ANSWER_H
