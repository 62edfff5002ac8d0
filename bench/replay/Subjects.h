//===- Subjects.h - Machines whose runs are replayed ------------*- C++ -*-===//

#ifndef OPML_BENCH_REPLAY_SUBJECTS_H
#define OPML_BENCH_REPLAY_SUBJECTS_H

#include "opml/vm/Replay.h"
#include <cstdio>
#include <cstdlib>

namespace opml::bench {

/// Ends the benchmark where something fails.
template <typename T> T orExit(Expected<T> value) {
  if (!value) {
    std::fprintf(stderr, "error: %s\n", value.error().message.c_str());
    std::exit(1);
  }
  return std::move(*value);
}

/// A machine that can be started again and again.
struct Subject {
  std::string name;
  std::function<vm::Machine()> start;
  vm::ReplayOptions options;
};

/// A program of bench/guest.
Subject guestProgram(const std::string &name);

/// A node of an image, on random inputs, with the default options.
Subject nodeOfImage(const std::string &path, uint32_t node);

/// A node that reads 512 MiB of weights from a mapped file and writes 64 MiB of
/// results, over and over; also with less snapshot memory than it has weights.
std::vector<Subject> nodeWithLargeWeights(const std::string &folder);

} // namespace opml::bench

#endif // OPML_BENCH_REPLAY_SUBJECTS_H
