//===- Session.h - A model ready to run on many inputs ----------*- C++ -*-===//
//
// Native code with all its memory: laid out once and touched, so that a run
// allocates nothing, hashes nothing and finds every page in place. A Run keeps
// all values and can be asked for roots; this keeps what is still needed.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_SESSION_H
#define OPML_RUNTIME_SESSION_H

#include "opml/runtime/NativeEngine.h"

namespace opml::runtime {

class Session {
public:
  /// Checks the image's weights, which takes a while.
  static Expected<std::unique_ptr<Session>>
  create(Image image, std::shared_ptr<NativeEngine> engine);
  ~Session();

  const Manifest &manifest() const;
  /// The bytes of an input, zero at first. They stay from run to run.
  std::span<uint8_t> input(size_t index);
  /// The bytes of an output, until the next run.
  std::span<const uint8_t> output(size_t index) const;
  /// The bytes of a value. Those of an activation may be another's before its
  /// node has run, and after the last node that reads it.
  std::span<const uint8_t> value(uint32_t index) const;

  using NodeDone = std::function<void(size_t node)>;
  /// Runs all nodes, and calls `done` after each.
  void run(const NodeDone &done = {});

private:
  struct Data;
  explicit Session(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_SESSION_H
