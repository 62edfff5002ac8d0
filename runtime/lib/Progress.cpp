//===- Progress.cpp - A progress bar on terminals -------------------------===//

#include "opml/runtime/Progress.h"
#include <cstdio>
#include <string>
#include <unistd.h>

using namespace opml::runtime;

Progress::Progress()
    : start(std::chrono::steady_clock::now()), terminal(isatty(STDERR_FILENO)) {
}

Progress::~Progress() {
  if (drawn)
    std::fputs("\r\033[K", stderr);
}

void Progress::update(size_t nodesDone, size_t nodes, uint64_t steps) {
  constexpr size_t width = 40;
  auto elapsed = std::chrono::steady_clock::now() - start;
  if (!terminal || elapsed < std::chrono::seconds(2))
    return;
  std::string bar(nodes == 0 ? width : nodesDone * width / nodes, '#');
  bar.resize(width, '.');
  std::fprintf(stderr, "\r[%s] %zu/%zu nodes, %llu M steps, %.0f s\033[K",
               bar.c_str(), nodesDone, nodes,
               (unsigned long long)(steps / 1000000),
               std::chrono::duration<double>(elapsed).count());
  std::fflush(stderr);
  drawn = true;
}
