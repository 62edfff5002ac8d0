//===- Process.h - Other programs, run for tests ----------------*- C++ -*-===//

#ifndef OPML_TEST_PROGRAMS_PROCESS_H
#define OPML_TEST_PROGRAMS_PROCESS_H

#include <string>
#include <sys/types.h>
#include <vector>

namespace opml::test {

/// A child process; killed, if it still runs, by the destructor.
class Process {
public:
  /// Starts `command[0]`, found on PATH, in `directory` with at most
  /// `cpuSeconds` of processor time, after which it is killed: a bound that a
  /// busy machine does not move.
  Process(const std::vector<std::string> &command, unsigned cpuSeconds,
          const std::string &directory = ".");
  Process(const Process &) = delete;
  Process &operator=(const Process &) = delete;
  ~Process();

  /// Waits for the end. The exit status, or -1 if a signal ended it.
  int wait();

private:
  pid_t child;
};

/// Runs a command to its end; as Process::wait().
int run(const std::vector<std::string> &command, unsigned cpuSeconds = 600,
        const std::string &directory = ".");

} // namespace opml::test

#endif // OPML_TEST_PROGRAMS_PROCESS_H
