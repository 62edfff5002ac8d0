//===- Watch.h - Following and giving up long work --------------*- C++ -*-===//

#ifndef OPML_VM_WATCH_H
#define OPML_VM_WATCH_H

#include "opml/vm/Error.h"
#include <atomic>
#include <functional>

namespace opml::vm {

/// How a long question is followed, and given up.
struct Watch {
  /// Set, by any thread, to give up: looked at every few million steps.
  const std::atomic<bool> *cancel = nullptr;
  /// Called every few million steps: steps executed for this question, and the
  /// most that it can need.
  std::function<void(uint64_t done, uint64_t atMost)> progress;

  bool cancelled() const { return cancel && *cancel; }
};

/// The failure of what was given up.
inline tl::unexpected<Error> cancelledError() { return makeError("cancelled"); }

} // namespace opml::vm

#endif // OPML_VM_WATCH_H
