//===- Serve.cpp - opml-vm serve ------------------------------------------===//

#include "Commands.h"
#include "serve/Server.h"
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace opml;
using namespace opml::runtime;
using namespace opml::vm;

namespace {

/// A pipe that a signal, or an output that nobody reads, makes readable.
class StopPipe {
public:
  static Expected<void> create() {
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
      return makeError(std::string("cannot create a pipe: ") +
                       std::strerror(errno));
    struct sigaction action{};
    action.sa_handler = [](int) { stop(); };
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return {};
  }
  /// Safe in a signal handler.
  static void stop() {
    int code = errno;
    [[maybe_unused]] ssize_t written = write(ends[1], "", 1);
    errno = code;
  }
  static int readable() { return ends[0]; }

private:
  static inline int ends[2] = {-1, -1};
};

/// Waits until a descriptor is ready, or returns false when told to stop.
bool waitFor(int descriptor, short events) {
  while (true) {
    pollfd polled[2] = {{descriptor, events, 0},
                        {StopPipe::readable(), POLLIN, 0}};
    int count = poll(polled, 2, -1);
    if (count < 0 && errno == EINTR)
      continue;
    return count > 0 && polled[1].revents == 0;
  }
}

/// Why standard output takes no more, but for that nobody reads it.
std::atomic<int> outputFailure = 0;

/// Writes a line to standard output, which may be a pipe that is full: no more
/// at a time than a writable pipe takes.
void writeLine(std::string_view line) {
  while (!line.empty() && waitFor(STDOUT_FILENO, POLLOUT)) {
    ssize_t count = write(STDOUT_FILENO, line.data(),
                          std::min<size_t>(line.size(), PIPE_BUF));
    if (count < 0 && errno != EINTR && errno != EAGAIN) {
      if (errno != EPIPE)
        outputFailure = errno;
      return StopPipe::stop();
    }
    line.remove_prefix(size_t(std::max<ssize_t>(count, 0)));
  }
}

/// Hands on standard input until it ends.
Expected<void> readInput(serve::Server &server) {
  char buffer[4096];
  while (waitFor(STDIN_FILENO, POLLIN)) {
    ssize_t count = read(STDIN_FILENO, buffer, sizeof buffer);
    if (count == 0)
      return {};
    if (count > 0)
      server.receive({buffer, size_t(count)});
    else if (errno != EINTR && errno != EAGAIN)
      return makeError(std::string("cannot read standard input: ") +
                       std::strerror(errno));
  }
  return {};
}

Expected<int> serveImage(const Arguments &arguments) {
  Expected<Prover> prover = openProver(arguments);
  if (!prover)
    return tl::unexpected(prover.error());
  if (Expected<void> ok = StopPipe::create(); !ok)
    return tl::unexpected(ok.error());
  serve::Server server(*prover, writeLine);
  Expected<void> ended = readInput(server);
  server.finish();
  if (!ended)
    return tl::unexpected(ended.error());
  if (outputFailure != 0)
    return makeError(std::string("cannot write standard output: ") +
                     std::strerror(outputFailure));
  return 0;
}

constexpr Option options[] = {inputOption, replayEngineOption,
                              snapshotMemoryOption};

} // namespace

const Subcommand vm::serveCommand = {
    {"opml-vm serve", "IMAGE",
     "Answers for roots, sections and witnesses of one run.\n\n"
     "Requests come as lines of JSON on standard input, answers go to "
     "standard\n"
     "output: docs/serve.md. Ends with its input, or with SIGINT or SIGTERM,\n"
     "and gives up what is in flight then.",
     options},
    serveImage};
