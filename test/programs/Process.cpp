//===- Process.cpp - Other programs, run for tests ------------------------===//

#include "Process.h"
#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace opml::test;

Process::Process(const std::vector<std::string> &command, unsigned cpuSeconds,
                 const std::string &directory) {
  std::vector<char *> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string &argument : command)
    arguments.push_back(const_cast<char *>(argument.c_str()));
  arguments.push_back(nullptr);
  child = fork();
  if (child != 0)
    return;
  rlimit limit{cpuSeconds, cpuSeconds};
  setrlimit(RLIMIT_CPU, &limit);
  if (chdir(directory.c_str()) == 0)
    execvp(arguments[0], arguments.data());
  _exit(127);
}

Process::~Process() {
  if (child <= 0)
    return;
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}

int Process::wait() {
  int status = -1;
  if (child <= 0 || waitpid(child, &status, 0) != child)
    return -1;
  child = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int opml::test::run(const std::vector<std::string> &command,
                    unsigned cpuSeconds, const std::string &directory) {
  return Process(command, cpuSeconds, directory).wait();
}
