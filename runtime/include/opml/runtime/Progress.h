//===- Progress.h - A progress bar on terminals -----------------*- C++ -*-===//

#ifndef OPML_RUNTIME_PROGRESS_H
#define OPML_RUNTIME_PROGRESS_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace opml::runtime {

/// Draws on stderr if that is a terminal, once two seconds have passed, and
/// takes the bar away when destroyed.
class Progress {
public:
  Progress();
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  void update(size_t nodesDone, size_t nodes, uint64_t steps);
  /// The same within one node.
  void updateSteps(uint64_t stepsDone, uint64_t atMost);
  /// The same for bytes of weights.
  void updateBytes(uint64_t bytesDone, uint64_t bytes);
  /// update() in the form that Run::runAll calls.
  auto callback() {
    return [this](size_t nodesDone, size_t nodes, uint64_t steps) {
      update(nodesDone, nodes, steps);
    };
  }

private:
  /// True if the bar is to be seen by now.
  bool due() const;
  void draw(double part, const std::string &text);

  std::chrono::steady_clock::time_point start;
  bool terminal;
  bool drawn = false;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_PROGRESS_H
