//===- Progress.cpp - A progress bar on terminals -------------------------===//

#include "opml/runtime/Progress.h"
#include <cstdio>
#include <unistd.h>

using namespace opml::runtime;

Progress::Progress()
    : start(std::chrono::steady_clock::now()), terminal(isatty(STDERR_FILENO)) {
}

Progress::~Progress() {
  if (drawn)
    std::fputs("\r\033[K", stderr);
}

bool Progress::due() const {
  return terminal &&
         std::chrono::steady_clock::now() - start >= std::chrono::seconds(2);
}

void Progress::draw(double part, const std::string &text) {
  constexpr size_t width = 40;
  std::string bar(size_t(part * width), '#');
  bar.resize(width, '.');
  std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start;
  std::fprintf(stderr, "\r[%s] %s, %.0f s\033[K", bar.c_str(), text.c_str(),
               elapsed.count());
  std::fflush(stderr);
  drawn = true;
}

void Progress::update(size_t nodesDone, size_t nodes, uint64_t steps) {
  if (due())
    draw(nodes == 0 ? 1 : double(nodesDone) / double(nodes),
         std::to_string(nodesDone) + "/" + std::to_string(nodes) + " nodes, " +
             std::to_string(steps / 1000000) + " M steps");
}

void Progress::updateSteps(uint64_t stepsDone, uint64_t atMost) {
  if (due())
    draw(atMost == 0 ? 1 : double(stepsDone) / double(atMost),
         std::to_string(stepsDone / 1000000) + "/" +
             std::to_string(atMost / 1000000) + " M steps");
}

void Progress::updateBytes(uint64_t bytesDone, uint64_t bytes) {
  if (due())
    draw(bytes == 0 ? 1 : double(bytesDone) / double(bytes),
         std::to_string(bytesDone >> 20) + "/" + std::to_string(bytes >> 20) +
             " MiB of weights");
}
